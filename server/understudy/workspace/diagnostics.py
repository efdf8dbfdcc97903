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
class Related:
    """Another place that a finding points at, mostly in another file: LSP's `relatedInformation`.

    Attributes:
        uri: of the file.
        start / end: line and column as the tool counts them, from 0; the text is not at hand, in
            which columns could be turned into code points.
        message: why it points there; may be empty.
    """

    uri: str
    start: tuple[int, int]
    end: tuple[int, int]
    message: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `span` counts code points; `source` is the tool's name in lower case."""

    source: str
    code: str
    message: str
    span: Span
    severity: Severity = Severity.WARNING
    suggestions: tuple[Suggestion, ...] = field(default=(), compare=False)
    related: tuple[Related, ...] = field(default=(), compare=False)

    @property
    def label(self) -> str:
        """`ruff F401`, for people."""
        return f"{self.source} {self.code}".strip()


_SYNTAX_CODES = frozenset(
    {
        *("syntax-error", "missing-token", "invalid-syntax", "syntax"),
        *("E999", "E0001", "SC1072", "SC1073"),
    }
)
_CODELESS = frozenset({"basedpyright", "pyright", "pylance", "syntax"})
"""Sources that give every rule a code and their syntax errors none; `syntax` is what gopls says."""
_TYPESCRIPT = frozenset(
    {"typescript", "ts", "tsserver", "tsc", "vtsls", "deno-ts", "javascript", "js"}
)
_TYPESCRIPT_CODES = frozenset(
    {
        *("1002", "1003", "1005", "1007", "1010", "1011", "1068", "1109", "1110"),
        *("1124", "1125", "1126", "1127", "1128", "1129", "1130", "1131", "1132", "1134"),
        *("1135", "1136", "1137", "1138", "1139", "1140", "1141", "1142", "1144", "1145", "1146"),
        *("1160", "1161", "1199", "1351", "1381", "1382", "1434", "1435", "1437", "1442"),
        *("17002", "17008", "17014"),
    }
)
"""What TypeScript's scanner and parser say; its `diagnosticMessages.json` names them all."""


def is_syntax_error(diagnostic: Diagnostic) -> bool:
    """Whether the diagnostic says that a text does not parse, in the words of the usual tools."""
    source, code = diagnostic.source.lower(), diagnostic.code
    if source in _TYPESCRIPT:
        return code.lower().removeprefix("ts") in _TYPESCRIPT_CODES
    if code or diagnostic.severity is not Severity.ERROR:
        return code in _SYNTAX_CODES
    return source in _CODELESS
