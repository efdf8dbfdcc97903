"""Findings in a tool's lines of text, by a regular expression of the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.text import Span
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.tool_text import word_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from understudy.core.lines import LineIndex

MAX_FINDINGS = 2_000
_WORDS = {
    "e": Severity.ERROR,
    "err": Severity.ERROR,
    "error": Severity.ERROR,
    "fatal": Severity.ERROR,
    "w": Severity.WARNING,
    "warn": Severity.WARNING,
    "warning": Severity.WARNING,
    "i": Severity.INFORMATION,
    "info": Severity.INFORMATION,
    "information": Severity.INFORMATION,
    "note": Severity.INFORMATION,
    "hint": Severity.HINT,
    "style": Severity.HINT,
}


@dataclass(frozen=True, slots=True)
class LineReader:
    """Reads lines about one text. Lines and columns count from 1, columns in characters.

    Attributes:
        source: the name of the checker.
        index: the text.
        is_own: whether a path, as the tool wrote it, means that text.
        severity: that of lines that don't say it, or in words that nobody knows.
    """

    source: str
    index: LineIndex
    is_own: Callable[[str], bool]
    severity: Severity

    def read(self, said: Iterable[Mapping[str, str]]) -> tuple[tuple[Diagnostic, ...], bool]:
        """What lines say about the text, and whether any of them says something of any text.

        Args:
            said: the groups of each line that matched (`line_matching.matched_lines`).
        """
        found: list[Diagnostic] = []
        matched = False
        for groups in said:
            if "line" not in groups:
                continue
            matched = True
            if "file" not in groups or self.is_own(groups["file"]):
                found.append(self._diagnostic(groups))
        return tuple(dict.fromkeys(found[:MAX_FINDINGS])), matched

    def _diagnostic(self, groups: Mapping[str, str]) -> Diagnostic:
        return Diagnostic(
            source=self.source,
            code=groups.get("code", ""),
            message=groups.get("message", "").strip(),
            span=self._span(groups),
            severity=_WORDS.get(groups.get("severity", "").lower(), self.severity),
        )

    def _span(self, groups: Mapping[str, str]) -> Span:
        """Without a column, the line; without an end, the word."""
        line, column = _number(groups.get("line")), _number(groups.get("column"))
        if column is None:
            start = self.index.offset((line or 1) - 1, 0)
            return Span(start, start + len(self.index.content((line or 1) - 1)))
        start = self.index.offset((line or 1) - 1, column - 1)
        end_line, end_column = _number(groups.get("end_line")), _number(groups.get("end_column"))
        if end_column is None:
            return word_at(self.index.text, start)
        end = self.index.offset((end_line or line or 1) - 1, end_column - 1)
        return Span(start, end) if end > start else word_at(self.index.text, start)


def _number(text: str | None) -> int | None:
    """A number of digits, if it is one and not absurdly long."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
