"""What is wrong with a text, as one list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.workspace.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.evidence import CheckReport
    from understudy.workspace.diagnostics import Diagnostic

_QUOTED = re.compile("[`'\"\u201c\u2018]([^`'\"\u201c\u201d\u2018\u2019]+)[`'\"\u201d\u2019]")
_SYNTAX_CODES = frozenset({"syntax-error", "invalid-syntax"})


def problems(reports: Iterable[CheckReport]) -> tuple[Diagnostic, ...]:
    """The diagnostics of all checkers, each problem once; syntax errors, other errors, the rest.

    Errors come first because they explain others: once a misspelt name is put right, the variable
    that it meant is no longer unused.

    When two checkers report the same thing, the first checker's word is kept. Of a type checker
    only errors count: its warnings are a matter of the project's own settings.
    """
    kept: list[Diagnostic] = []
    for report in reports:
        for diagnostic in report.diagnostics:
            if report.checker == "basedpyright" and diagnostic.severity is not Severity.ERROR:
                continue
            if not any(same(diagnostic, other) for other in kept):
                kept.append(diagnostic)
    kept.sort(key=_turn)
    return tuple(kept)


def _turn(found: Diagnostic) -> tuple[bool, bool, int, str]:
    """Where a diagnostic stands in the order of work; by place among its like."""
    is_warning = found.severity is not Severity.ERROR
    return not is_syntax(found), is_warning, found.span.start, found.code


def merged(given: Iterable[Diagnostic], found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Our own findings, and before them those of `given` that are about something else.

    Of two that say the same, ours is taken: our checkers can tell whether it is gone.
    """
    foreign = tuple(one for one in given if not any(same(one, own) for own in found))
    return (*foreign, *found)


def is_syntax(diagnostic: Diagnostic) -> bool:
    """Whether the diagnostic says that the text does not parse."""
    return diagnostic.code in _SYNTAX_CODES


def same(diagnostic: Diagnostic, other: Diagnostic) -> bool:
    """Whether two findings in one text are about the same thing, whoever reports them."""
    if diagnostic.source == other.source:
        place, other_place = diagnostic.span.start, other.span.start
        return (diagnostic.code, place) == (other.code, other_place)
    if is_syntax(diagnostic) and is_syntax(other):
        return True
    if not diagnostic.span.touches(other.span):
        return False
    names = set(_QUOTED.findall(diagnostic.message))
    return bool(names & set(_QUOTED.findall(other.message)))
