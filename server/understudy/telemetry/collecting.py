"""Rows of the journal, put together by run until the run has ended."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from understudy.journal.prompt_records import CallSpan
from understudy.journal.records import (
    Attempt,
    Call,
    CallJudged,
    Checks,
    EditRow,
    Gate,
    OutcomeRow,
    Run,
    RunEnded,
)
from understudy.journal.route_records import Routed
from understudy.journal.trace_records import Exchanged, Gathered, Proved

MOST_RUNS = 256
"""So many may be under way; what is known of the oldest is forgotten for more."""
MOST_ROWS = 5_000
"""Of one run."""
_MOST_EDITS = 2_000
"""Of so many edits it is known to which run they belong."""


@dataclass(frozen=True, slots=True)
class Ended:
    """All that was told of a run that has ended."""

    rows: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Became:
    """What became of an edit after its run."""

    edit: EditRow
    outcome: OutcomeRow
    proved: Proved | None = None


Item = Ended | Became

_Grouped = (
    Attempt
    | Call
    | EditRow
    | Routed
    | Gathered
    | Exchanged
    | Proved
    | Checks
    | Gate
    | CallSpan
    | CallJudged
)


@dataclass(slots=True)
class Collecting:
    """What is under way. Rows may come from several threads.

    Attributes:
        lost: how many runs were forgotten before they ended.
    """

    lost: int = 0
    _open: OrderedDict[str, list[object]] = field(default_factory=OrderedDict)
    _runs: dict[str, str] = field(default_factory=dict)
    """The runs of calls and attempts that are under way, by their ids."""
    _edits: OrderedDict[str, tuple[EditRow, Proved | None]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, row: object) -> Item | None:
        """Take a row; what it completes, if it does."""
        with self._lock:
            match row:
                case Run():
                    self._begin(row)
                case RunEnded():
                    return self._end(row)
                case OutcomeRow():
                    return self._became(row)
                case _ if isinstance(row, _Grouped):
                    self._put(row)
                case _:
                    pass
        return None

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._open.clear()
            self._runs.clear()
            self._edits.clear()

    def _begin(self, row: Run) -> None:
        self._open[row.id] = [row]
        if len(self._open) > MOST_RUNS:
            self._close(next(iter(self._open)))
            self.lost += 1

    def _put(self, row: _Grouped) -> None:
        run = self._run_of(row)
        rows = self._open.get(run)
        if isinstance(row, EditRow):
            self._keep(row, rows or [])
        if rows is None or len(rows) >= MOST_ROWS:
            return
        rows.append(row)
        if isinstance(row, (Call, Attempt)):
            self._runs[row.id] = run

    def _run_of(self, row: _Grouped) -> str:
        if isinstance(row, (Checks, Gate)):
            return self._runs.get(row.attempt_id, "")
        if isinstance(row, (CallSpan, CallJudged)):
            return self._runs.get(row.call_id, "")
        return row.run_id

    def _keep(self, row: EditRow, rows: list[object]) -> None:
        """Remember an edit for what becomes of it."""
        mine = (one for one in rows if isinstance(one, Proved) and one.attempt_id == row.attempt_id)
        self._edits[row.id] = row, next(mine, None)
        if len(self._edits) > _MOST_EDITS:
            self._edits.popitem(last=False)

    def _became(self, row: OutcomeRow) -> Became | None:
        found = self._edits.get(row.edit_id)
        if found is None or row.what == "offered":
            return None
        return Became(found[0], row, found[1])

    def _end(self, row: RunEnded) -> Ended | None:
        rows = self._close(row.run_id)
        return Ended((*rows, row)) if rows else None

    def _close(self, run: str) -> list[object]:
        rows = self._open.pop(run, [])
        for row in rows:
            if isinstance(row, (Call, Attempt)):
                self._runs.pop(row.id, None)
        return rows
