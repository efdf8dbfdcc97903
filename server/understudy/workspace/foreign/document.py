"""Places in the document that a foreign diagnostic talks about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from understudy.core.lines import units_to_column
from understudy.core.text import Span

if TYPE_CHECKING:
    from understudy.core.lines import Encoding, LineIndex

MAX_ITEMS = 50
"""How many entries of any list in a diagnostic are looked at."""

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_DRIVE = re.compile(r"(?<=^file:///)[A-Za-z](?=:)")


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a diagnostic, how its client counts columns, and its address if known."""

    index: LineIndex
    encoding: Encoding
    uri: str | None = None

    @property
    def text(self) -> str:
        """The whole text."""
        return self.index.text

    def with_line_ends(self, code: str) -> str:
        """Code from a tool that writes every line end as LF, with the line ends of this text."""
        return code.replace("\n", "\r\n") if "\r\n" in self.text else code

    def is_at(self, uri: object) -> bool:
        """Whether `uri` is this document's address; editors and servers escape it differently."""
        if self.uri is None or not isinstance(uri, str):
            return False
        return uri == self.uri or _canonical(uri) == _canonical(self.uri)


def text_of(value: object) -> str:
    """A string, or the value of a `MarkupContent`; empty for anything else."""
    if isinstance(value, dict):
        value = value.get("value")
    return value if isinstance(value, str) else ""


def items_of(value: object) -> list[object]:
    """The first entries of a list; none for anything else."""
    return value[:MAX_ITEMS] if isinstance(value, list) else []


def number_of(value: object) -> int | None:
    """An integer; JSON's true and false are none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def clamped_span(value: object, document: Document) -> Span | None:
    """An LSP range, moved into the text where it points outside; None when it is no range."""
    places = range_of(value)
    if places is None:
        return None
    (line, character), (end_line, end_character) = places
    start = _offset(line, character, document)
    return Span(start, max(start, _offset(end_line, end_character, document)))


def exact_span(value: object, document: Document) -> Span | None:
    """An LSP range whose lines the document has, and which does not run backwards.

    As the protocol has it, a column past a line's end is the line's end.
    """
    places = range_of(value)
    if places is None or places[1] < places[0] or min(*places[0], *places[1]) < 0:
        return None
    if places[1][0] > len(document.index):
        return None
    return clamped_span(value, document)


def utf16_span(value: object, text: str) -> Span | None:
    """`[start, end)` in UTF-16 units from the start of the text without its byte order mark."""
    if not isinstance(value, list) or len(value) != 2:
        return None
    start, end = number_of(value[0]), number_of(value[1])
    if start is None or end is None or not 0 <= start <= end:
        return None
    mark = int(text.startswith("\ufeff"))
    span = Span(_code_points(text, start + mark), _code_points(text, end + mark))
    return span if span.end <= len(text) else None


def _code_points(text: str, units: int) -> int:
    if text.isascii():
        return units
    wide = 0
    for match in _ASTRAL.finditer(text):
        # The match stands `wide` units further in UTF-16; half of a pair counts as its start.
        if match.start() + wide >= units:
            break
        wide += 1
    return units - wide


def range_of(value: object) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The lines and columns of an LSP range as they are written; None when it is no range."""
    if not isinstance(value, dict):
        return None
    start, end = _place(value.get("start")), _place(value.get("end"))
    if start is None:
        return None
    return start, end or start


def _place(value: object) -> tuple[int, int] | None:
    if not isinstance(value, dict):
        return None
    line, character = number_of(value.get("line")), number_of(value.get("character"))
    if line is None or character is None:
        return None
    return line, character


def _offset(line: int, character: int, document: Document) -> int:
    index = document.index
    if not 0 <= line < len(index):
        return index.offset(line, 0)
    return index.offset(line, units_to_column(index.lines[line], character, document.encoding))


def _canonical(uri: str) -> str:
    return _DRIVE.sub(lambda drive: drive.group().lower(), unquote(uri))
