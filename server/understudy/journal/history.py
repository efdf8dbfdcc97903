"""What became of earlier edits, in memory, for the gate."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.refit import shift
from understudy.journal.labels import Kind, one_each, problem_key
from understudy.journal.records import EditRow, Gate, OutcomeRow, Run
from understudy.journal.worth import JUDGEMENTS, worth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from understudy.journal.gate_refit import Refit
    from understudy.journal.labels import Label

_MOST_EDITS = 5_000
_NEWEST = 200
"""Of each kind only so many stored edits count, the newest: models and code change."""
_BACK = "diagnostic_back"


@dataclass(slots=True)
class _Edit:
    """An edit of this process: what it counts for, and what was said of it last."""

    kind: Kind
    stratum: str
    problem: str
    judged: str = ""
    worth: float = 0.0
    back: bool = False

    @property
    def good(self) -> float:
        return 0.0 if self.back else self.worth


class History:
    """What the journal held when it was opened, and what this process has seen since.

    Works without a journal too; then it knows this process alone.

    Attributes:
        read_refit: tells what coefficients were refitted, when what the journal holds is taken.
    """

    def __init__(self) -> None:
        self.read_refit: Callable[[], Refit | None] = lambda: None
        self._refit: Refit | None = None
        self._stored: dict[Kind, tuple[float, int]] = {}
        self._leans: dict[tuple[str, str, str], float] = {}
        self._labels: dict[str, dict[str, float]] = {}
        self._here: dict[str, dict[str, float]] = defaultdict(dict)
        self._edits: dict[str, _Edit] = {}
        self._problems: dict[str, str] = {}
        self._strata: dict[str, str] = {}

    def kept(self, kind: Kind) -> tuple[float, int]:
        """`(kept, judged)`: judged edits were kept, changed or undone, by their last judgement.

        One that was changed counts by the share of it that is left. An edit whose diagnostic came
        back was not kept, however long it stood.
        """
        good, judged = self._stored.get(kind, (0, 0))
        here = [one for one in [*self._edits.values()] if one.kind == kind and one.judged]
        return (good + sum(one.good for one in here), judged + len(here))

    def lean(self, kind: Kind) -> float:
        """By how much edits of a model, for this task and language, are better than predicted.

        In log-odds, from what the journal held. While too few problems were judged, that is what
        all edits were better, if the coefficients were refitted, else 0.
        """
        usual = 0.0 if self._refit is None else self._refit.intercept
        return self._leans.get(kind[:3], usual)

    def refit(self) -> Refit | None:
        """What coefficients were refitted to what became of edits; None for those that came along."""
        return self._refit

    def labels(self, stratum: str) -> tuple[float, ...]:
        """How right the edits of a stratum were, 0 to 1, one for each problem, oldest first."""
        # Copied first: rows are observed in another thread than edits are judged in.
        here = dict(self._here.get(stratum, {}))
        stored = self._labels.get(stratum, {})
        older = [good for problem, good in stored.items() if problem not in here]
        return (*older, *here.values())

    def load(self, stored: Sequence[Label]) -> None:
        """Take what a journal held before this process wrote to it, oldest first."""
        self._stored = _counted(stored)
        self._labels = defaultdict(dict)
        for one in one_each(stored):
            if one.stratum:
                self._labels[one.stratum][one.problem] = one.good
        self.weigh_anew(stored)

    def weigh_anew(self, stored: Sequence[Label]) -> None:
        """Take other coefficients, and what edits were better by these, from a journal's labels."""
        refit = self.read_refit()
        self._leans, self._refit = leans(one_each(stored), refit), refit

    def observe(self, row: object) -> None:
        """Learn from a row as it is recorded; rows that say nothing about edits are ignored."""
        if isinstance(row, Run):
            self._problems[row.id] = problem_key(
                row.workspace, row.path, row.source, row.code, row.line
            )
            _forget_oldest(self._problems)
        elif isinstance(row, Gate):
            self._strata[row.attempt_id] = row.stratum
            _forget_oldest(self._strata)
        elif isinstance(row, EditRow):
            self._remember(row)
        elif isinstance(row, OutcomeRow) and row.what in JUDGEMENTS:
            self._judge(row)

    def _remember(self, row: EditRow) -> None:
        self._edits[row.id] = _Edit(
            kind=Kind(row.model, row.task, row.language, row.author, row.placed),
            stratum=self._strata.get(row.attempt_id, ""),
            problem=self._problems.get(row.run_id, row.id),
        )
        _forget_oldest(self._edits)

    def _judge(self, row: OutcomeRow) -> None:
        edit = self._edits.get(row.edit_id)
        if edit is None:
            return
        edit.back = edit.back or row.what == _BACK
        edit.judged, edit.worth = row.what, worth(row.what, row.detail)
        if edit.stratum:
            of_stratum = self._here[edit.stratum]
            of_stratum.pop(edit.problem, None)
            of_stratum[edit.problem] = edit.good


def leans(each: Iterable[Label], refit: Refit | None) -> dict[tuple[str, str, str], float]:
    """By how much edits of each model, task and language are better than predicted, in log-odds.

    Args:
        each: one label for each problem.
        refit: coefficients that were refitted; its intercept is part of every result.
    """
    groups: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    for one in each:
        if one.log_odds is not None:
            moved = 0.0 if refit is None else refit.moves(one.evidence)
            groups[one.kind[:3]].append((one.log_odds + moved, one.good))
    usual = 0.0 if refit is None else refit.intercept
    return {
        group: usual + shift([each[0] for each in found], [each[1] for each in found])
        for group, found in groups.items()
    }


def _counted(stored: Iterable[Label]) -> dict[Kind, tuple[float, int]]:
    """`(kept, judged)` of the newest edits of each kind."""
    good: defaultdict[Kind, float] = defaultdict(float)
    judged: Counter[Kind] = Counter()
    for one in reversed([*stored]):
        if judged[one.kind] < _NEWEST:
            judged[one.kind] += 1
            good[one.kind] += one.good
    return {kind: (good[kind], number) for kind, number in judged.items()}


def _forget_oldest(known: dict[str, object] | dict[str, str] | dict[str, _Edit]) -> None:
    if len(known) > _MOST_EDITS:
        del known[next(iter(known))]
