"""Diagnostics as Understudy carries them, whoever found them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.core.text import Edit, Span


class Severity(StrEnum):
    """The four severities of the Language Server Protocol."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Edits that a diagnostic itself proposes, in the coordinates of the text it was found in."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False
    """Whether the tool promises that the meaning stays the same."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `span` counts code points; `source` is the tool's name in lower case."""

    source: str
    code: str
    message: str
    span: Span
    severity: Severity = Severity.WARNING
    suggestions: tuple[Suggestion, ...] = field(default=(), compare=False)

    @property
    def label(self) -> str:
        """`ruff F401`, for people."""
        return f"{self.source} {self.code}".strip()


_SYNTAX_CODES = frozenset({"syntax-error", "invalid-syntax", "syntax", "E999", "E0001"})
_CODELESS = frozenset({"basedpyright", "pyright", "pylance"})


def is_syntax_error(diagnostic: Diagnostic) -> bool:
    """Whether the diagnostic says that a text does not parse, in the words of the Python tools.

    Pyright and its relatives give every rule a code and their syntax errors none.
    """
    if diagnostic.code or diagnostic.severity is not Severity.ERROR:
        return diagnostic.code in _SYNTAX_CODES
    return diagnostic.source.lower() in _CODELESS
