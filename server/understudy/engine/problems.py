"""What is wrong with a text, as one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.checkers import all_checkers
from understudy.engine.identity import same_matter
from understudy.workspace.diagnostics import Severity, is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from understudy.engine.evidence import CheckReport
    from understudy.workspace.diagnostics import Diagnostic

_TYPE_CHECKERS = frozenset({"basedpyright"})


def problems(
    reports: Iterable[CheckReport], wanted: Callable[[Diagnostic], bool] = lambda _: True
) -> tuple[Diagnostic, ...]:
    """The wanted diagnostics of all checkers, each problem once.

    Syntax errors come first, then other errors, then the rest: an error explains others, and once
    a misspelt name is put right, the variable that it meant is no longer unused.

    When two checkers report the same thing, one word is kept: of what does not parse the
    compiler's, of all else a linter's before a type checker's. Of a type checker only errors
    count: its warnings are a matter of the project's own settings.
    """
    kept: list[Diagnostic] = []
    for report in sorted(reports, key=_standing):
        for diagnostic in report.diagnostics:
            if report.checker in _TYPE_CHECKERS and diagnostic.severity is not Severity.ERROR:
                continue
            if wanted(diagnostic) and not any(same(diagnostic, other) for other in kept):
                kept.append(diagnostic)
    return tuple(sorted(kept, key=_turn))


def _standing(report: CheckReport) -> tuple[bool, bool, str]:
    """Whose word is taken before others'."""
    known = all_checkers().get(report.checker)
    parses = known is not None and known.parses
    return not parses, report.checker in _TYPE_CHECKERS, report.checker


def _turn(found: Diagnostic) -> tuple[bool, bool, int, str]:
    """Where a diagnostic stands in the order of work; by place among its like."""
    is_warning = found.severity is not Severity.ERROR
    return not is_syntax_error(found), is_warning, found.span.start, found.code


def merged(given: Iterable[Diagnostic], found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Our own findings, and before them those of `given` that are about something else.

    Of two that say the same, ours is taken: our checkers can tell whether it is gone.
    """
    foreign = tuple(one for one in given if not any(same(one, own) for own in found))
    return (*foreign, *found)


def same(diagnostic: Diagnostic, other: Diagnostic) -> bool:
    """Whether two findings in one text are about the same thing, whoever reports them."""
    if diagnostic.source == other.source:
        place, other_place = diagnostic.span.start, other.span.start
        return (diagnostic.code, place) == (other.code, other_place)
    if is_syntax_error(diagnostic) and is_syntax_error(other):
        return True
    return diagnostic.span.touches(other.span) and same_matter(diagnostic, other)
