"""The headers of what encloses a line and is no definition, such as an `impl` or an `import (`.

Told by indentation and by the bracket or the colon that a header ends with, as people see it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.languages import all_languages

if TYPE_CHECKING:
    from understudy.core.lines import LineIndex

_OPENERS = ("{", "(", "[")
_NO_HEADERS = ("#", "//", "/*", "*", "@")
_MOST_LINES = 8
"""A header of more lines is none."""


class Enclosing:
    """The headers in one text."""

    def __init__(self, lines: LineIndex, language: str) -> None:
        self._lines = lines
        known = all_languages().get(language)
        self._is_python = known is not None and known.line_comment == "#"
        self._known: dict[int, int] = {}

    def of(self, line: int) -> tuple[range, ...]:
        """The headers around a line, from the outside in; none for a line that is not indented."""
        if not 0 <= line < len(self._lines) or not self._lines.lines[line][:1].isspace():
            return ()
        found: list[range] = []
        while line >= 0:
            line = self._above(line)
            header = self._header(line) if line >= 0 else None
            if header is not None:
                found.append(header)
                line = header.start
        return tuple(reversed(found))

    def _above(self, line: int) -> int:
        """The nearest line above that is indented less; -1 where there is none."""
        if line not in self._known:
            depth, at = _depth(self._lines.lines[line]), line - 1
            while at >= 0:
                raw = self._lines.lines[at]
                if self._counts(raw) and _depth(raw) < depth:
                    break
                # All between a line and the one that was found for it is indented as far at least.
                is_passed = at in self._known and _depth(raw) >= depth
                at = self._known[at] if is_passed else at - 1
            self._known[line] = at
        return self._known[line]

    def _counts(self, raw: str) -> bool:
        bare = raw.strip()
        return bool(bare) and (self._is_python or not bare.startswith(_NO_HEADERS))

    def _header(self, line: int) -> range | None:
        """The lines of the header that ends with a line; None where it is no header."""
        last = self._lines.content(line)
        code = self._code(last)
        if not code.endswith(":" if self._is_python else _OPENERS):
            return None
        start = line
        while self._goes_on(start) and line - start < _MOST_LINES:
            start -= 1
        return range(start, line + 1)

    def _goes_on(self, line: int) -> bool:
        """Whether what a line says began above it: in `where` clauses and behind brackets."""
        bare = self._lines.content(line).strip()
        if line == 0 or not self._lines.content(line - 1).strip():
            return False
        return bare == "{" or bare.startswith(("where", ")", "]")) or bare.endswith(",")

    def _code(self, content: str) -> str:
        """A line without the comment at its end."""
        mark = " #" if self._is_python else " //"
        return content.partition(mark)[0].rstrip()


def _depth(content: str) -> int:
    """How far a line is indented; a tab goes to the next multiple of 8."""
    blank = content[: len(content) - len(content.lstrip(" \t"))]
    return len(blank.expandtabs(8)) if "\t" in blank else len(blank)
