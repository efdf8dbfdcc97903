"""Runs with a known course, for everything that counts what is in the journal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.unit.journal.samples import START_US, call_row, edit_row
from understudy.journal.records import Attempt, Call, OutcomeRow, Row, Run, RunEnded

if TYPE_CHECKING:
    from understudy.journal.records import What

DAY_US = 86_400_000_000
SMALL, LARGE, RULES = "acme/small", "acme/large", "builtin/rules"


@dataclass(frozen=True)
class Ask:
    """One question to a model, or one draft of the offline model.

    Attributes:
        category: why it failed; empty where it did not.
        values: further members of the call.
    """

    model: str
    category: str = ""
    values: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Planted:
    """One run: who was asked, in order, and what became of the edit of whoever solved it."""

    name: str
    asks: tuple[Ask, ...] = ()
    became: tuple[What, ...] = ()
    task: str = "fix"
    language: str = "python"
    workspace: str = "w"
    started_us: int = START_US
    ended: bool = True
    stopped: str = ""

    def rows(self) -> list[Row]:
        """What the journal is given."""
        run = Run(
            self.name, self.started_us, self.workspace, self.task, "lsp", self.language, "a.py", 1
        )
        rows: list[Row] = [run]
        for number, ask in enumerate(self.asks, 1):
            rows += self._asked(number, ask)
        winner = next((one.model for one in self.asks if not one.category), "")
        if self.became:
            rows += self._edit(winner)
        if self.ended:
            rows.append(self._end(winner))
        return rows

    def _asked(self, number: int, ask: Ask) -> list[Row]:
        id_ = f"{self.name}-{number}"
        if ask.model == RULES:
            status = "withheld" if ask.category else "offered"
            return [Attempt(id_, self.name, number, RULES, "x", status, ask.category, 0.25)]
        status = "answered" if ask.category in {"", "type_error", "lint_failure"} else "failed"
        made = call_row(id_, self.name, at_us=self.started_us + number, model=ask.model)
        given = {one: getattr(made, one) for one in Call.__slots__}
        told = {"number": number, "status": status, "category": ask.category, **dict(ask.values)}
        return [Call(**{**given, **told})]

    def _edit(self, winner: str) -> list[Row]:
        attempt, edit = f"{self.name}-A", f"{self.name}-E"
        row = edit_row(edit, self.name, attempt)
        row = replace(row, model=winner, task=self.task, language=self.language)
        judged = (
            OutcomeRow(edit, self.started_us + 100 + at, what)
            for at, what in enumerate(self.became)
        )
        tried = (
            () if winner == RULES else (Attempt(attempt, self.name, 99, winner, "r", "offered"),)
        )
        if winner == RULES:
            row = replace(row, attempt_id=f"{self.name}-{len(self.asks)}")
        return [*tried, row, *judged]

    def _end(self, winner: str) -> RunEnded:
        if self.stopped:
            model = self.asks[-1].model if self.asks else RULES
            return RunEnded(self.name, "cancelled", model, 1.0, self.stopped)
        model = winner or (self.asks[-1].model if self.asks else RULES)
        return RunEnded(self.name, "offered" if winner else "unfixed", model, 1.0)


def good(model: str, **values: Any) -> Ask:
    """An answer that was proved."""
    return Ask(model, "", tuple(values.items()))


def bad(model: str, category: str = "type_error", **values: Any) -> Ask:
    """An answer that was not, or none."""
    return Ask(model, category, tuple(values.items()))


def rows_of(*runs: Planted) -> list[Row]:
    """All their rows."""
    return [row for run in runs for row in run.rows()]
