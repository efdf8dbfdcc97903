"""The functions of a text, told by their first lines and by indentation: of any language, without a parse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.failures.comments import comment_in
from understudy.reading.entries import definition_stop, name_of
from understudy.reading.headings import heading_at
from understudy.reading.strings import inside_strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HOLDS_OTHERS = (
    "class|struct|enum|interface|trait|module|namespace|impl|object|protocol|extension|record|union"
    "|mod|type"
)
_CLOSING = (")", "]", "}")
_OPENS = frozenset({"{", "(", "["})


class Functions:
    """The functions of some lines."""

    def __init__(self, lines: Sequence[str], language: str) -> None:
        """Looks at the depths of all lines, and at no more.

        Args:
            lines: of a whole document, without their ends.
            language: an LSP language id.
        """
        inside = inside_strings(lines, language) or frozenset()
        self._language = language
        self._lines = [
            "" if at in inside or comment_in(line, language) else line
            for at, line in enumerate(lines)
        ]
        self._outer = _outer(self._lines)

    def around(self, at: int) -> Iterator[int]:
        """The first lines of the functions around a line, the innermost first, within their class."""
        head = self._outer[at]
        while head >= 0:
            name = self.name(head)
            if name and _is_of_others(self._lines[head], name):
                return
            if name:
                yield head
            head = self._outer[head]

    def name(self, at: int) -> str:
        """The name of what begins in a line; empty where nothing does."""
        return name_of(self._lines[at], self._language) or heading_at(self._lines, at)

    def stop(self, head: int) -> int:
        """The line behind a function that begins in a line."""
        return definition_stop(self._lines, head)


def _outer(lines: Sequence[str]) -> list[int]:
    """For each line the nearest one above it that is less far in, and closes nothing; -1 for none."""
    found: list[int] = []
    begun: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        bare = line.strip()
        depth = len(indent_of(line))
        closes = bare in _OPENS or bare.startswith(_CLOSING)
        while bare and begun and begun[-1][0] >= depth + closes:
            begun.pop()
        found.append(begun[-1][1] if begun else -1)
        if bare and not closes:
            begun.append((depth, at))
    return found


def _is_of_others(line: str, name: str) -> bool:
    """Whether a line begins what only holds definitions: a class, a module or the like."""
    return re.search(rf"\b(?:{_HOLDS_OTHERS})\s+{re.escape(name)}\b", line[:400]) is not None
