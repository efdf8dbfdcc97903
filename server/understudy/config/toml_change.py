"""Set one value in a configuration text; everything else stays as it is written, comments too."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

from understudy.config.toml_text import read_toml
from understudy.core.failures import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.config.toml_text import KeyPath, TomlText

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")

Scalar = bool | int | float | str


def with_setting(text: str, path: Sequence[str], value: Scalar) -> str:
    r"""The text in which a key has a value.

    It takes the place of the value that stands there, however the key is spelled (`maxTokens`,
    `max_tokens`). Else a line is put at the end of its table's own lines, and where there is no such
    table, a table at the end of the text.

    Args:
        text: TOML with line ends that are `\n`.
        path: keys, at least one table and the key in it.
        value: the new one.

    Raises:
        RefusedError: when the text is no TOML, or is written so that the value can't be set; the
            message is the end of a sentence about the file.
    """
    read = read_toml(text)
    if read.error is not None:
        raise RefusedError(f"is no TOML that can be read: {read.error}")
    spelled = _spelled(read, tuple(path))
    new = _changed(text, read, spelled, _literal(value))
    wanted = _set(tomllib.loads(text.removeprefix("\ufeff")), spelled, value)
    try:
        found: object = tomllib.loads(new.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError:
        found = None
    if found != wanted:
        line = f"{'.'.join(map(_key, path))} = {_literal(value)}"
        raise RefusedError(
            f"is written in a way that can't be added to, so write `{line}` yourself"
        )
    return new


def _changed(text: str, read: TomlText, path: tuple[str, ...], literal: str) -> str:
    there = read.places.get(path)
    if there is not None:
        return text[: there.value.start] + literal + text[there.value.end :]
    line = f"{_key(path[-1])} = {literal}\n"
    end = _end_of_table(text, read, path[:-1])
    if end is not None:
        gap = "" if not end or text[end - 1] == "\n" else "\n"
        return text[:end] + gap + line + text[end:]
    gap = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
    header = ".".join(map(_key, path[:-1]))
    return f"{text}{gap}[{header}]\n{line}"


def _end_of_table(text: str, read: TomlText, table: tuple[str, ...]) -> int | None:
    """Where the lines of a `[table]` end that hold its keys; None where no such header stands."""
    place = read.places.get(table)
    if place is None or not _is_header(text[place.value.start : place.value.end], table):
        return None
    header = place.value.end
    # A header is said to stand where its keys' values do, around the keys.
    headers = (one.value.start for one in read.places.values() if one.key.start > one.value.start)
    below = min((one for one in headers if one >= header), default=len(text))
    own = (
        one.value.end
        for path, one in read.places.items()
        if path[: len(table)] == table and header <= one.key.start < below
    )
    newline = text.find("\n", max(own, default=header))
    return len(text) if newline < 0 else newline + 1


def _is_header(written: str, table: tuple[str, ...]) -> bool:
    if not written.startswith("[") or written.startswith("[["):
        return False
    try:
        found: Any = tomllib.loads(written)
        for key in table:
            found = found[key]
    except (tomllib.TOMLDecodeError, LookupError, TypeError):
        return False
    return bool(found == {})


def _spelled(read: TomlText, path: tuple[str, ...]) -> tuple[str, ...]:
    """The path with each key as the text spells it, where it does."""
    found: tuple[str, ...] = ()
    for key in path:
        exact: KeyPath = (*found, key)
        others = (
            one[-1]
            for one in read.places
            if one[:-1] == found and isinstance(one[-1], str) and _snake(one[-1]) == key
        )
        found = (*found, key if exact in read.places else str(next(others, key)))
    return found


def _snake(key: str) -> str:
    return _CAPITAL.sub(r"_\1", key).lower()


def _set(values: dict[str, Any], path: tuple[str, ...], value: Scalar) -> dict[str, Any]:
    within = values
    for key in path[:-1]:
        within = within.setdefault(key, {})
        if not isinstance(within, dict):
            return {}
    within[path[-1]] = value
    return values


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _literal(name)


def _literal(value: Scalar) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool) else repr(value)
