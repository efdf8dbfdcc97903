"""TOML with positions: the values of a text, and where each of them stands.

The standard library's reader gives values without positions. So it reads the text first, and what
it accepted is walked a second time by a scanner that can rely on the text being valid.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.text import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

KeyPath = tuple[str | int, ...]
"""Keys as they are spelled in the text; list items by their number."""

MAX_CHARACTERS = 262_144

_POSITION = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:[^"\\]|\\.)*"'
    r"|'[^']*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\r\n]*")


@dataclass(frozen=True, slots=True)
class KeySpans:
    """Where a key stands and where its value does; for a `[table]`, `value` is its header."""

    key: Span
    value: Span


@dataclass(frozen=True, slots=True)
class TomlText:
    """A text that was read.

    Attributes:
        values: empty when the text is broken.
        error: what is wrong with it, as the end of a sentence; None when nothing is.
        error_span: the line that is wrong, when that is known.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    places: Mapping[KeyPath, KeySpans] = field(default_factory=dict)
    error: str | None = None
    error_span: Span | None = None


def read_toml(text: str) -> TomlText:
    """Read a text; never raises."""
    if len(text) > MAX_CHARACTERS:
        return TomlText(error=f"it is longer than {MAX_CHARACTERS} characters")
    # A blank in place of a byte order mark keeps every offset where it was.
    text = " " + text[1:] if text.startswith("\ufeff") else text
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        return _broken(text, str(broken))
    except (ValueError, RecursionError):
        return TomlText(error="a value in it is too large or nested too deeply")
    try:
        places = _Scanner(text).places()
    except RecursionError:
        places = {}
    return TomlText(values, places)


def _broken(text: str, message: str) -> TomlText:
    position = _POSITION.search(message)
    reason = message[: position.start()] if position else message
    reason = reason[:1].lower() + reason[1:]
    lines = text.split("\n")
    if position is None or position[1] is None:
        last = max((number for number, line in enumerate(lines) if line.strip()), default=0)
        return TomlText(error=f"{reason} at its end", error_span=_line_span(lines, last))
    line, column = int(position[1]), int(position[2])
    where = f"{reason} in line {line}, column {column}"
    return TomlText(error=where, error_span=_line_span(lines, min(line, len(lines)) - 1))


def _line_span(lines: list[str], number: int) -> Span:
    """The line without the white space around it."""
    start = sum(len(line) + 1 for line in lines[:number])
    content = lines[number].rstrip()
    indent = len(content) - len(content.lstrip())
    return Span(start + indent, start + len(content))


class _Scanner:
    """Walks a valid text once, from its start to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._places: dict[KeyPath, KeySpans] = {}
        self._table: KeyPath = ()
        self._array_lengths: dict[KeyPath, int] = {}

    def places(self) -> dict[KeyPath, KeySpans]:
        self._skip()
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                self._header()
            else:
                self._pair(self._table)
            self._skip()
        return self._places

    def _skip(self) -> None:
        gap = _GAP.match(self._text, self._at)
        self._at = gap.end() if gap else self._at

    def _accept(self, token: str) -> bool:
        self._skip()
        found = self._text.startswith(token, self._at)
        self._at += len(token) if found else 0
        return found

    def _header(self) -> None:
        start = self._at
        is_array = self._text.startswith("[[", start)
        self._at += 2 if is_array else 1
        keys = self._dotted_key()
        self._skip()
        self._at += 2 if is_array else 1
        path: KeyPath = ()
        for number, (name, span) in enumerate(keys):
            path = (*path, name)
            self._places.setdefault(path, KeySpans(span, Span(start, self._at)))
            if is_array and number == len(keys) - 1:
                self._array_lengths[path] = self._array_lengths.get(path, 0) + 1
            if path in self._array_lengths:
                path = (*path, self._array_lengths[path] - 1)
        self._table = path

    def _pair(self, table: KeyPath) -> None:
        keys = self._dotted_key()
        self._accept("=")
        self._skip()
        path = (*table, *(name for name, _ in keys))
        value = self._value(path)
        for number in range(len(keys)):
            prefix = (*table, *(name for name, _ in keys[: number + 1]))
            self._places.setdefault(prefix, KeySpans(keys[number][1], value))

    def _dotted_key(self) -> list[tuple[str, Span]]:
        keys: list[tuple[str, Span]] = []
        while True:
            self._skip()
            token = _BARE.match(self._text, self._at) or _STRING.match(self._text, self._at)
            if token is None:
                return keys
            name = token[0]
            if name[0] in "\"'":
                name = tomllib.loads(f"key = {name}")["key"]
            keys.append((name, Span(*token.span())))
            self._at = token.end()
            if not self._accept("."):
                return keys

    def _value(self, path: KeyPath) -> Span:
        start = self._at
        string = _STRING.match(self._text, start)
        if string is not None:
            self._at = string.end()
        elif self._accept("["):
            self._items(path)
        elif self._accept("{"):
            while not self._accept("}"):
                self._pair(path)
                self._accept(",")
        else:
            scalar = _SCALAR.match(self._text, start)
            self._at = start + len(scalar[0].rstrip()) if scalar else start
        return Span(start, self._at)

    def _items(self, path: KeyPath) -> None:
        number = 0
        while not self._accept("]"):
            self._skip()
            item = (*path, number)
            span = self._value(item)
            self._places[item] = KeySpans(span, span)
            self._accept(",")
            number += 1
