"""Diagnostics at marked places, and what a comparison makes of them."""

from __future__ import annotations

from dataclasses import replace

from understudy.config.policy import Policy
from understudy.core.minimise import minimise
from understudy.core.text import Span
from understudy.engine.compare import compare
from understudy.engine.evidence import CheckReport, CheckStatus, Comparison
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.view import View


def at(text: str, marked: str, code: str = "F821", **more: str) -> Diagnostic:
    """A diagnostic at the first place of `marked`, or at the one that `|` in it starts."""
    lead, _, word = marked.rpartition("|")
    start = text.index(lead + word) + len(lead)
    message = more.get("message", f"Undefined name `{word}`")
    source = more.get("source", "ruff")
    return Diagnostic(source, code, message, Span(start, start + len(word)))


def broken(text: str, marked: str, message: str = "invalid syntax") -> Diagnostic:
    found = at(text, marked, "syntax-error", message=message, source="python")
    return replace(found, severity=Severity.ERROR)


def done(*found: Diagnostic, checker: str = "ruff") -> CheckReport:
    return CheckReport(checker, CheckStatus.DONE, found)


def compared(
    before: str,
    after: str,
    reports: tuple[tuple[CheckReport, ...], tuple[CheckReport, ...]],
    target: Diagnostic | None = None,
) -> Comparison:
    view = View("untitled:a", before, Policy())
    return compare(reports[0], reports[1], view, minimise(before, after), target)


def ruff(before: str, after: str, old: list[Diagnostic], new: list[Diagnostic]) -> Comparison:
    """The comparison when only ruff looked, and the first of the old ones is the target."""
    return compared(before, after, ((done(*old),), (done(*new),)), old[0] if old else None)
