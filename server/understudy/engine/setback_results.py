"""What came of a question that was put differently after a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory
from understudy.journal.trials import SAYS_NOTHING

if TYPE_CHECKING:
    from understudy.core.failures import Failure, Phase
    from understudy.journal.strategy_records import Result

_PROGRESS: dict[Phase, int] = {
    "request": 0,
    "stream": 0,
    "parse": 1,
    "apply": 2,
    "check": 4,
    "test": 5,
    "run": 5,
}
_UNPARSED = 3
"""How far an edit got whose text does not parse: it could be carried out, and no more."""


def tells(failure: Failure) -> bool:
    """Whether a failure says something of how the question was put, and not of servers or accounts."""
    return failure.category not in SAYS_NOTHING


def result_of(
    before: Failure, after: Failure | None, found_before: int = 0, found_after: int = 0
) -> Result:
    """What came of a question.

    Args:
        before: the failure that it was to clear.
        after: what is wrong now; None for nothing.
        found_before: how many findings stood against the attempt before.
        found_after: how many stand against this one.
    """
    if after is None:
        return "cleared"
    if not tells(after):
        return "unanswered"
    if after.fingerprint == before.fingerprint:
        return "same"
    far, now = _progress(before), _progress(after)
    return "worse" if now < far or (now == far and found_after > found_before) else "changed"


def _progress(failure: Failure) -> int:
    if failure.phase == "check" and failure.category is FailureCategory.SYNTAX_ERROR:
        return _UNPARSED
    return _PROGRESS[failure.phase]
