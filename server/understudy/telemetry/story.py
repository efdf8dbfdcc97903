"""What the journal was told of one run, put in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.clock import SECOND_US
from understudy.journal.prompt_records import CallSpan
from understudy.journal.records import Attempt, Call, CallJudged, Checks, Gate, Run, RunEnded
from understudy.journal.route_records import Routed
from understudy.journal.trace_records import Exchanged, Gathered, Proved

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True)
class Candidate:
    """An edit that was proved, with what was found out about it."""

    row: Attempt
    proved: Proved | None = None
    checks: Checks | None = None
    gate: Gate | None = None


@dataclass(slots=True)
class Turn:
    """One asking of one model.

    Attributes:
        call: None for the offline model.
        exchanged: what went over the network; None where nothing did.
        category: what was wrong with the answer in the end.
    """

    model: str
    call: Call | None = None
    exchanged: Exchanged | None = None
    shown: list[CallSpan] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    category: str = ""


@dataclass(slots=True)
class Story:
    """A run from its beginning to its end."""

    run: Run
    ended: RunEnded
    routed: Routed | None = None
    gathered: list[Gathered] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)

    @property
    def end_us(self) -> int:
        """When it ended."""
        return self.run.started_us + int(self.ended.seconds * SECOND_US)


def story(rows: Iterable[object]) -> Story | None:
    """The run that these rows are about; None without its beginning or its end."""
    known = _Known()
    for row in rows:
        known.take(row)
    if known.run is None or known.ended is None:
        return None
    turns = known.turns()
    return Story(known.run, known.ended, known.routed, known.gathered, turns)


@dataclass(slots=True)
class _Known:
    run: Run | None = None
    ended: RunEnded | None = None
    routed: Routed | None = None
    gathered: list[Gathered] = field(default_factory=list)
    _calls: dict[str, Turn] = field(default_factory=dict)
    _exchanged: dict[str, Exchanged] = field(default_factory=dict)
    _candidates: dict[str, Candidate] = field(default_factory=dict)

    def take(self, row: object) -> None:
        match row:
            case Run():
                self.run = row
            case RunEnded():
                self.ended = row
            case Routed():
                self.routed = row
            case Gathered():
                self.gathered.append(row)
            case Exchanged() | Call() | CallSpan() | CallJudged():
                self._take_of_call(row)
            case Attempt() | Proved() | Checks() | Gate():
                self._take_of_attempt(row)
            case _:
                pass

    def _take_of_call(self, row: Exchanged | Call | CallSpan | CallJudged) -> None:
        if isinstance(row, Exchanged):
            self._exchanged[row.call_id] = row
        elif isinstance(row, Call):
            sent = self._exchanged.pop(row.id, None)
            self._calls[row.id] = Turn(row.model, row, sent, category=row.category)
        elif row.call_id in self._calls:
            turn = self._calls[row.call_id]
            if isinstance(row, CallSpan):
                turn.shown.append(row)
            else:
                turn.category = row.category or turn.category

    def _take_of_attempt(self, row: Attempt | Proved | Checks | Gate) -> None:
        if isinstance(row, Attempt):
            self._candidates[row.id] = Candidate(row)
            return
        found = self._candidates.get(row.attempt_id)
        if found is None:
            return
        if isinstance(row, Proved):
            found.proved = row
        elif isinstance(row, Checks):
            found.checks = row
        else:
            found.gate = row

    def turns(self) -> list[Turn]:
        """Each asking with what came of it, in the order in which they ended.

        An edit belongs to the last answer of its model before it. One without any was written by
        the offline model, or came with the wish.
        """
        asked = sorted(self._calls.values(), key=_end_of_call)
        unasked: list[Turn] = []
        for one in sorted(self._candidates.values(), key=lambda one: one.row.number):
            before = [
                turn for turn in asked if turn.model == one.row.model and _is_before(turn, one)
            ]
            if before:
                before[-1].candidates.append(one)
                continue
            if not unasked or unasked[-1].model != one.row.model:
                unasked.append(Turn(one.row.model))
            unasked[-1].candidates.append(one)
        for turn in unasked:
            turn.category = turn.candidates[-1].row.category
        return [*unasked, *asked]


def _end_of_call(turn: Turn) -> int:
    return turn.call.at_us if turn.call is not None else 0


def _is_before(turn: Turn, one: Candidate) -> bool:
    return one.proved is None or _end_of_call(turn) <= one.proved.ended_us
