"""Texts that nobody could look at, so that finding nothing in them says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.checkers import all_checkers
from understudy.engine.evidence import CheckStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.evidence import CheckReport


def is_unseen(reports: Iterable[CheckReport]) -> bool:
    """Whether nothing but the syntax was looked at."""
    return not any(each.status is CheckStatus.DONE and looked_deeper(each) for each in reports)


def looked_deeper(report: CheckReport) -> bool:
    """Whether a checker that answered looked at more than the syntax of this text."""
    return _looks_deeper(report.checker) and not report.is_shallow


def why_unseen(reports: tuple[CheckReport, ...], language: str) -> str:
    """Why nothing but the syntax was looked at, in sentences; empty when something was."""
    if not is_unseen(reports):
        return ""
    notes = [each.note for each in reports if _looks_deeper(each.checker) and each.note]
    if any(each.is_shallow for each in reports):
        notes.append("Only its syntax was checked, because nothing looks at types here.")
    if notes:
        return " ".join(dict.fromkeys(notes))
    if any(language in one.languages and one.looks_deeper for one in all_checkers().values()):
        return "All outside checkers are switched off in the settings."
    if any(language in one.languages for one in all_checkers().values()):
        return f"Understudy checks nothing but the syntax of `{language}`."
    return f"Understudy has no checker for `{language}`."


def _looks_deeper(checker: str) -> bool:
    """Of the checkers that users describe, it is taken that they do."""
    known = all_checkers().get(checker)
    return known is None or known.looks_deeper
