"""What is wrong with a text, as one list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.checkers import all_checkers
from understudy.engine.identity import same_matter
from understudy.engine.known import KnownProblems, firsts, is_compiler
from understudy.engine.parsing import without_guesses
from understudy.workspace.diagnostics import Severity, is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from understudy.core.lines import LineIndex
    from understudy.engine.evidence import CheckReport
    from understudy.workspace.diagnostics import Diagnostic


def problems(
    reports: Iterable[CheckReport],
    wanted: Callable[[Diagnostic], bool] = lambda _: True,
    index: LineIndex | None = None,
) -> tuple[Diagnostic, ...]:
    """The wanted diagnostics of all checkers, each problem once.

    Syntax errors come first, then other errors, then the rest: an error explains others, and once
    a misspelt name is put right, the variable that it meant is no longer unused. Of what does not
    parse the compiler's word comes first: other parsers go on behind their first error and guess.

    When two checkers report the same thing, one word is kept: of what does not parse the
    compiler's, of all else a linter's before a type checker's. Of a type checker only errors
    count: its warnings are a matter of the project's own settings. So do they of a grammar: its
    warnings are about texts that may well be right.

    Args:
        reports: what the checkers found in one text.
        wanted: which diagnostics take part at all.
        index: the lines of the text; with them, parsers that mark different words of one line
            are known to mean the same.
    """
    reports = tuple(reports)
    in_order = sorted(without_guesses(reports, reports), key=_standing)
    found = [one for report in in_order for one in _taken(report) if wanted(one)]
    kept = _once(found, index)
    return tuple(sorted(kept, key=_turn))


def merged(
    given: Iterable[Diagnostic], found: tuple[Diagnostic, ...], index: LineIndex | None = None
) -> tuple[Diagnostic, ...]:
    """Our own findings, and before them those of `given` that are about something else.

    Of two that say the same, ours is taken: our checkers can tell whether it is gone.
    """
    return (*beyond(given, found, index), *found)


def beyond(
    given: Iterable[Diagnostic], found: Iterable[Diagnostic], index: LineIndex | None = None
) -> tuple[Diagnostic, ...]:
    """Those of `given` that are none of the problems in `found`, in their order."""
    return _split(given, found, index)[1]


def shared(
    given: Iterable[Diagnostic], found: Iterable[Diagnostic], index: LineIndex | None = None
) -> tuple[Diagnostic, ...]:
    """Those of `given` that are among the problems in `found`, in their order."""
    return _split(given, found, index)[0]


def same(one: Diagnostic, other: Diagnostic) -> bool:
    """Whether two findings in one text say the same, each taken as the first of its tool."""
    return bool(shared((one,), (other,)))


def _split(
    given: Iterable[Diagnostic], found: Iterable[Diagnostic], index: LineIndex | None
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Those of `given` that are in `found`, and those that are not."""
    given, found = tuple(given), tuple(found)
    known, first = KnownProblems(index), firsts(found)
    for one in found:
        known.add(one, first=one in first)
    first = firsts(given)
    told = [known.says(one, first=one in first) for one in given]
    return (
        tuple(one for one, is_told in zip(given, told, strict=True) if is_told),
        tuple(one for one, is_told in zip(given, told, strict=True) if not is_told),
    )


def _once(found: list[Diagnostic], index: LineIndex | None) -> list[Diagnostic]:
    """Each problem once, in the words of the diagnostic that comes first."""
    known, first = KnownProblems(index), firsts(found)
    kept: list[Diagnostic] = []
    helpful: dict[int, Diagnostic] = {}
    for one in found:
        if not known.says(one, first=one in first):
            known.add(one, first=one in first)
            kept.append(one)
        elif one.suggestions:
            helpful.setdefault(one.span.start, one)
    return [_helped(one, helpful) for one in kept] if helpful else kept


def _helped(kept: Diagnostic, others: dict[int, Diagnostic]) -> Diagnostic:
    """A finding without a suggestion, with those of a tool that says the same at the same place."""
    other = others.get(kept.span.start)
    if kept.suggestions or other is None or not same_matter(kept, other):
        return kept
    return replace(kept, suggestions=other.suggestions)


def _taken(report: CheckReport) -> tuple[Diagnostic, ...]:
    """What a report may put on the list."""
    known = all_checkers().get(report.checker)
    if known is None or not (known.is_type_checker or known.approximate):
        return report.diagnostics
    return tuple(one for one in report.diagnostics if one.severity is Severity.ERROR)


def _standing(report: CheckReport) -> tuple[bool, bool, str]:
    """Whose word is taken before others'."""
    known = all_checkers().get(report.checker)
    if known is None:
        return True, False, report.checker
    return not known.parses or known.approximate, known.is_type_checker, report.checker


def _turn(found: Diagnostic) -> tuple[bool, bool, bool, int, str]:
    """Where a diagnostic stands in the order of work; by place among its like."""
    broken = is_syntax_error(found)
    guessed = broken and not is_compiler(found.source)
    is_warning = found.severity is not Severity.ERROR
    return not broken, guessed, is_warning, found.span.start, found.code
