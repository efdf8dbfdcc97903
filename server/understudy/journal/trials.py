"""How each model did at each run that asked it. Every function reads and never writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as F
from understudy.journal.database import version_of
from understudy.journal.reading import reading
from understudy.journal.worth import worth

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_SINCE_VERSION = 2
MOST_CALLS = 10_000

SAYS_NOTHING = frozenset(
    {
        *(F.RATE_LIMIT, F.TIMEOUT, F.PROVIDER_UNAVAILABLE, F.AUTH_ERROR, F.QUOTA_EXHAUSTED),
        *(F.BUDGET_EXCEEDED, F.CANCELLED, F.STALE_DOCUMENT, F.CONTEXT_OVERFLOW, F.MISSING_CONTEXT),
    }
)
"""Failures of servers, accounts, users and prompts: they tell nothing of what a model can do."""
_NOTHING = frozenset(each.value for each in SAYS_NOTHING)


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one run for one model that it asked, however often it asked that one.

    Attributes:
        model: as the journal names it.
        good: 0 to 1. Whether its edit was proved and, as far as that is known, how much of it was
            left standing; for words, whether they were of use.
        usd: what its calls cost together; None when nobody knows.
        seconds: how long they took together.
        after: whether another model had failed at the same before it.
    """

    run: str
    at_us: int
    model: str
    task: str
    language: str
    good: float
    usd: float | None
    seconds: float
    after: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One call as the journal has it, with the run that it was made for.

    Attributes:
        remembered: 1 where the reply came from our own cache, else 0.
    """

    run: str
    at_us: int
    model: str
    task: str
    language: str
    status: str
    category: str
    remembered: int
    usd: float | None
    seconds: float
    input_tokens: int | None
    output_tokens: int | None

    @property
    def good(self) -> bool:
        """Whether there was a finished reply with which nothing was found wrong."""
        return self.status == "answered" and not self.category

    @property
    def telling(self) -> bool:
        """Whether it says something about what its model can do."""
        unclear = self.status == "failed" and self.category == F.UNKNOWN
        return not (self.remembered or unclear or self.category in _NOTHING)


def trials(path: Path, *, most: int = MOST_CALLS) -> tuple[Trial, ...]:
    """The trials of the newest calls, oldest first; none without a journal.

    Args:
        path: the journal's file.
        most: so many calls are looked at.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < _SINCE_VERSION:
            return ()
        made = tuple(_asked(connection, 0, most))
        standing = _standing(connection, made[0].at_us if made else 0)
        found = [trial for calls in by_run(made).values() for trial in _of_run(calls, standing)]
    return tuple(sorted(found, key=lambda one: (one.at_us, one.run, one.model)))


def asked(path: Path, *, since_us: int = 0) -> tuple[Asked, ...]:
    """The newest calls with their runs, in the order in which they were made.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < _SINCE_VERSION:
            return ()
        return tuple(_asked(connection, since_us, MOST_CALLS))


def by_run(calls: Iterable[Asked]) -> Mapping[str, list[Asked]]:
    """Calls by their run, each up to the one that brought what was wanted.

    What follows that one asks a second model for its opinion, which nobody proves.
    """
    runs: dict[str, list[Asked]] = {}
    for call in calls:
        own = runs.setdefault(call.run, [])
        if not (own and own[-1].good):
            own.append(call)
    return runs


def _of_run(calls: Iterable[Asked], standing: Mapping[tuple[str, str], float]) -> Iterator[Trial]:
    by_model: dict[str, list[Asked]] = {}
    for call in calls:
        by_model.setdefault(call.model, []).append(call)
    after = False
    for model, own in by_model.items():
        telling = [call for call in own if call.telling]
        stopped = own[-1].category == F.CANCELLED
        if not telling or stopped:
            continue
        last = telling[-1]
        costs = [call.usd for call in own]
        yield Trial(
            run=last.run,
            at_us=last.at_us,
            model=model,
            task=last.task,
            language=last.language,
            good=standing.get((last.run, model), 1.0) if last.good else 0.0,
            usd=None if None in costs else sum(cost or 0.0 for cost in costs),
            seconds=sum(call.seconds for call in own),
            after=after,
        )
        after = after or not last.good


def _asked(connection: sqlite3.Connection, since_us: int, most: int) -> Iterator[Asked]:
    which = {"since_us": since_us, "most": most}
    for row in reversed(connection.execute(_ASKED, which).fetchall()):
        # In the order of the fields: by name this would take several times as long.
        yield Asked(*row)


def _standing(connection: sqlite3.Connection, since_us: int) -> dict[tuple[str, str], float]:
    """How much is left of edits judged since a time, by run and model: the gate's notion.

    An edit is judged after the call that brought it.
    """
    found: dict[tuple[str, str], float] = {}
    back: set[tuple[str, str]] = set()
    for run, model, what, share in connection.execute(_JUDGED, {"since_us": since_us}):
        key = (run, model)
        if what == "diagnostic_back":
            back.add(key)
        found[key] = 0.0 if key in back else worth(what, share)
    return found


# Only once a run ended is it known what its calls were worth.
_ASKED = """
    SELECT c.run_id AS run, c.at_us, c.model, r.task, r.language, c.status, c.category,
           c.remembered, c.cost_usd AS usd, c.seconds, c.input_tokens, c.output_tokens
    FROM calls c JOIN runs r ON r.id = c.run_id
    WHERE c.at_us >= :since_us AND r.status != ''
    ORDER BY c.at_us DESC, c.number DESC, c.id DESC LIMIT :most"""
_JUDGED = """
    SELECT e.run_id, e.model, o.what, o.detail FROM outcomes o JOIN edits e ON e.id = o.edit_id
    WHERE o.at_us >= :since_us AND o.what IN ('kept', 'changed', 'undone', 'diagnostic_back')
    ORDER BY o.at_us, o.what"""
