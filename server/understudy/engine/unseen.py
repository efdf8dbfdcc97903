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
    checkers = all_checkers()
    done = (each.checker for each in reports if each.status is CheckStatus.DONE)
    return all(checkers[name].in_process for name in done)


def why_unseen(reports: tuple[CheckReport, ...], language: str) -> str:
    """Why nothing but the syntax was looked at, in sentences; empty when something was."""
    if not is_unseen(reports):
        return ""
    checkers = all_checkers()
    notes = [each.note for each in reports if not checkers[each.checker].in_process and each.note]
    if notes:
        return " ".join(dict.fromkeys(notes))
    if any(language in each.languages for each in checkers.values()):
        return "All outside checkers are switched off in the settings."
    return f"Understudy has no checker for `{language}`."
