"""Problems and their fixes, for the tests of fixers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.config.policy import Policy
from understudy.context.names import Names
from understudy.context.python_parse import fault
from understudy.core.text import Span, apply
from understudy.fixers import Problem
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.view import View

if TYPE_CHECKING:
    from understudy.fixers import Fixer, Proposal
    from understudy.workspace.diagnostics import Suggestion


def problem(
    marked: str,
    code: str = "",
    *,
    source: str = "ruff",
    message: str = "",
    language: str = "python",
    suggestions: tuple[Suggestion, ...] = (),
) -> Problem:
    """A diagnostic over the characters between `<|` and `|>`; at the start without marks."""
    start = max(marked.find("<|"), 0)
    text = marked.replace("<|", "", 1)
    end = text.find("|>") if "|>" in text else start
    text = text.replace("|>", "", 1)
    diagnostic = Diagnostic(
        source, code, message, Span(start, end), Severity.WARNING, suggestions=suggestions
    )
    return _problem(text, diagnostic, language)


def syntax_problem(text: str) -> Problem:
    """The first syntax error of a text, as the parser reports it."""
    found = fault(text)
    assert found is not None, "the text parses"
    span = Span(found.offset, found.end)
    diagnostic = Diagnostic("python", "syntax-error", found.message, span, Severity.ERROR)
    return _problem(text, diagnostic, "python")


def fixed(fixer: Fixer, case: Problem) -> list[str]:
    """The texts that a fixer proposes, by rising rank; empty when it does not match."""
    return [after for _, after in ranked(fixer, case)]


def ranked(fixer: Fixer, case: Problem) -> list[tuple[float, str]]:
    """Each proposed text with its rank, by rising rank."""
    texts = [(one.rank, apply(case.view.text, one.edits)) for one in proposals(fixer, case)]
    return sorted(texts, key=lambda pair: pair[0])


def proposals(fixer: Fixer, case: Problem) -> list[Proposal]:
    """What a fixer proposes; nothing when it does not match the diagnostic."""
    return list(fixer.propose(case)) if fixer.matches(case.diagnostic) else []


def _problem(text: str, diagnostic: Diagnostic, language: str) -> Problem:
    view = View("file:///x.py", text, Policy(), language=language, diagnostics=(diagnostic,))
    return Problem(view, diagnostic, Names(view))
