"""Whether a text parses, as far as the checkers tell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.checkers import all_checkers
from understudy.engine.evidence import CheckStatus
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.evidence import CheckReport


def parses(reports: Iterable[CheckReport], before: Iterable[CheckReport] = ()) -> bool | None:
    """True or False by the checkers that parse; None when none of them could tell.

    A grammar is asked only where no compiler looked. It knows not all of its language, so what it
    can't read is known to be broken only if it could read all of the text before.

    Args:
        reports: what the checkers found in one text.
        before: what they found in the text that it was made from.
    """
    looked = [report for report in reports if _parses(report)]
    compilers = [report for report in looked if not is_approximate(report.checker)]
    if compilers:
        return not any(map(_is_broken, compilers))
    if not any(map(_is_broken, looked)):
        return True if looked else None
    read = {report.checker for report in before if _parses(report) and not _is_broken(report)}
    return False if any(_is_broken(one) and one.checker in read for one in looked) else None


def without_guesses(
    reports: tuple[CheckReport, ...], judges: tuple[CheckReport, ...]
) -> tuple[CheckReport, ...]:
    """The reports without what grammars could not read, if a compiler is among `judges`.

    Args:
        reports: what the checkers found in one text.
        judges: these reports again, or those on the text that is compared with it.
    """
    if not any(_parses(one) and not is_approximate(one.checker) for one in judges):
        return reports
    return tuple(
        replace(report, diagnostics=()) if is_approximate(report.checker) else report
        for report in reports
    )


def is_approximate(checker: str) -> bool:
    """Whether a checker takes some correct texts for broken."""
    known = all_checkers().get(checker)
    return known is not None and known.approximate


def _parses(report: CheckReport) -> bool:
    known = all_checkers().get(report.checker)
    return report.status is CheckStatus.DONE and known is not None and known.parses


def _is_broken(report: CheckReport) -> bool:
    return any(map(is_syntax_error, report.diagnostics))
