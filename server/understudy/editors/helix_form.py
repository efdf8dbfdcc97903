"""Helix' `languages.toml`: a server of its own, and its name in the list of each language.

What the user has is changed where it stands: a library that writes TOML anew would put the tables
of one kind together, wherever they stood.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.config.toml_text import KeyPath, TomlText, read_toml
from understudy.core.failures import RefusedError
from understudy.core.text import Edit, Span, apply
from understudy.editors.blocks import cut_out, marked, put_block, without_block

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.editors import Server

_NAME = "understudy"
_SERVERS = "language-server"
_SERVER: KeyPath = (_SERVERS, _NAME)
_LIST = "language-servers"
_MARK = "# added by `understudy setup`"


@dataclass(frozen=True, slots=True)
class HelixLanguages:
    """The form of that file.

    Attributes:
        names: LSP language id → Helix' name.
        usual: Helix' name → the servers that Helix uses when nobody says anything; a list of the
            user's takes their place as a whole, so they are named in it.
    """

    names: Mapping[str, str]
    usual: Mapping[str, tuple[str, ...]]

    def snippet(self, server: Server) -> str:
        """The content of the block in an empty file."""
        return self._content(_read(""), server)

    def put(self, text: str, server: Server) -> str:
        """The text with our block at its end, and our name in the lists that the user has."""
        parts = cut_out(text, "#")
        own = parts.before + parts.after
        content = self._content(_read(own), server)
        # The place of the block is kept while the text around it changes.
        anchor = marked("", "#") if parts.block else ""
        around = parts.before + anchor + parts.after
        changed = apply(around, self._edits(_read(around), server))
        block = marked(content, "#") if content else ""
        written = put_block(cut_out(changed, "#"), block) if block or parts.block else changed
        _check(text, written, self)
        return written

    def remove(self, text: str) -> str:
        """The text without our block, and without our name in the lists of the user.

        A server that the user wrote stays: it does nothing while no list names it.
        """
        lines = without_block(cut_out(text, "#")).split("\n")
        own = "\n".join(line for line in lines if not line.endswith(_MARK))
        read = _read(own)
        return apply(own, [cut for number in _entries(read) for cut in _out_of_list(read, number)])

    def command(self, text: str) -> tuple[str, ...]:
        """The command of the server called `understudy`."""
        found = _server(_read(text).values)
        program, arguments = found.get("command"), found.get("args", [])
        return (program, *map(str, arguments)) if isinstance(program, str) else ()

    def _content(self, read: TomlText, server: Server) -> str:
        """The server, and the languages of which the user says nothing."""
        tables = []
        if not _server(read.values):
            program, *arguments = server.command
            tables.append(
                f"[language-server.{_NAME}]\n"
                f"command = {json.dumps(program)}\nargs = {json.dumps(arguments)}\n"
            )
        told = {name for _, name in _named(read)}
        tables += [
            f'[[language]]\nname = "{name}"\n{_LIST} = {self._list(name)}\n'
            for name in self._wanted(server)
            if name not in told
        ]
        return "\n".join(tables)

    def _edits(self, read: TomlText, server: Server) -> Iterator[Edit]:
        """What changes in the tables that the user has."""
        if _server(read.values):
            program, *arguments = server.command
            yield _set(read, "command", json.dumps(program))
            yield _set(read, "args", json.dumps(arguments))
        wanted = set(self._wanted(server))
        for number, name in _named(read):
            if name in wanted:
                yield from self._into_list(read, number, name)

    def _into_list(self, read: TomlText, number: int, name: str) -> Iterator[Edit]:
        path: KeyPath = ("language", number, _LIST)
        there = read.places.get(path)
        if there is None:
            yield _line_before(
                read, ("language", number, "name"), f"{_LIST} = {self._list(name)} {_MARK}"
            )
            return
        listed = _servers(read, number)
        if _NAME in map(_called, listed):
            return
        if listed:
            last = read.places[*path, len(listed) - 1].value.end
            yield Edit(Span(last, last), f', "{_NAME}"')
        else:
            yield Edit(there.value, f'["{_NAME}"]')

    def _wanted(self, server: Server) -> list[str]:
        return [self.names[one] for one in server.languages if one in self.names]

    def _list(self, name: str) -> str:
        return json.dumps([*self.usual.get(name, ()), _NAME])


def _read(text: str) -> TomlText:
    read = read_toml(text)
    if read.error is not None:
        raise RefusedError(f"is no TOML that can be read: {read.error}")
    return read


def _check(old: str, new: str, form: HelixLanguages) -> None:
    """Believe nothing: without what is ours, both texts must mean the same."""
    try:
        kept = _others(form.remove(old)) == _others(form.remove(new))
        found = form.command(new)
    except (RefusedError, tomllib.TOMLDecodeError):
        kept, found = False, ()
    if not kept or not found:
        raise RefusedError(
            "is written in a way that can't be added to (such as `language = [...]` in one "
            "line), so add by hand what `understudy setup helix` prints"
        )


def _others(text: str) -> dict[str, Any]:
    """The values of a text, but for the server called `understudy`."""
    values = tomllib.loads(text)
    servers = values.get(_SERVERS, {})
    if isinstance(servers, dict):
        values[_SERVERS] = {name: one for name, one in servers.items() if name != _NAME}
    return values


def _server(values: Mapping[str, Any]) -> dict[str, Any]:
    servers = values.get(_SERVERS, {})
    found = servers.get(_NAME, {}) if isinstance(servers, dict) else {}
    return found if isinstance(found, dict) else {}


def _entries(read: TomlText) -> range:
    languages = read.values.get("language", [])
    return range(len(languages) if isinstance(languages, list) else 0)


def _named(read: TomlText) -> Iterator[tuple[int, str]]:
    """The languages of which the user says something."""
    for number in _entries(read):
        name = _entry(read, number).get("name")
        if isinstance(name, str) and ("language", number, "name") in read.places:
            yield number, name


def _entry(read: TomlText, number: int) -> dict[str, Any]:
    languages: Any = read.values["language"]
    found = languages[number]
    return found if isinstance(found, dict) else {}


def _servers(read: TomlText, number: int) -> list[Any]:
    found = _entry(read, number).get(_LIST, [])
    return found if isinstance(found, list) else []


def _called(entry: object) -> object:
    """A server may be named with the features that are wanted of it."""
    return entry.get("name") if isinstance(entry, dict) else entry


def _set(read: TomlText, key: str, value: str) -> Edit:
    """Another value for a key of the server; one that is missing gets a line of its own."""
    there = read.places.get((*_SERVER, key))
    if there is not None:
        return Edit(there.value, value)
    return _line_before(read, (*_SERVER, next(iter(_server(read.values)))), f"{key} = {value}")


def _line_before(read: TomlText, path: KeyPath, line: str) -> Edit:
    """A line above that of a key, so that a comment behind its value stays where it is."""
    start = read.places[path].key.start
    return Edit(Span(start, start), f"{line}\n")


def _out_of_list(read: TomlText, number: int) -> Iterator[Edit]:
    """Take our name and the comma that parts it from its neighbour out of a list."""
    path: KeyPath = ("language", number, _LIST)
    names = [_called(one) for one in _servers(read, number)]
    if _NAME not in names or path not in read.places:
        return
    at = names.index(_NAME)
    span = read.places[*path, at].value
    if at:
        yield Edit(Span(read.places[*path, at - 1].value.end, span.end), "")
    elif len(names) > 1:
        yield Edit(Span(span.start, read.places[*path, 1].value.start), "")
    else:
        yield Edit(span, "")
