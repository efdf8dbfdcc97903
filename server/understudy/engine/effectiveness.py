"""How much each strategy helps after which failures, against asking once more in the plain way."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from understudy.core.binomial import wilson
from understudy.engine.merits import Case, merits_of
from understudy.journal.strategy_uses import strategy_uses
from understudy.strategies import PLAIN, all_strategies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from understudy.engine.merits import Merits
    from understudy.journal.strategy_uses import Used

State = Literal["baseline", "in_use", "measured", "retired"]
"""What others are compared with; used when it has an answer; not known well enough to be used, so now
and then tried; or given up until what speaks against it has faded."""
_ENOUGH = 5
"""So often both must have been first before a strategy is said to help: less can be chance."""
_RESULTS = ("cleared", "changed", "same", "worse")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which uses are counted; empty for all.

    Attributes:
        since_us: microseconds since 1970 in UTC.
    """

    since_us: int = 0
    model: str = ""
    language: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """One strategy in one case.

    Attributes:
        uses: how often it was used, and how these ended: `results` in the order `cleared`, `changed`
            (something else was wrong), `same`, `worse`.
        solved: of how many uses the run ended with something that could be shown.
        firsts: `(cleared, all)` of the uses that were the first of their run.
        lift: by how much it cleared more of those than the plain question; None while one of both was
            never first.
        compared: how often each of both was first, at least.
        expected: the share of failures that it is expected to clear, from this case and others like it.
        tokens: by how many a question was longer on average.
        seconds: how long a use took on average.
        last_us: when it was used last.
    """

    strategy: str
    case: Case
    uses: int
    results: tuple[int, int, int, int]
    solved: int
    firsts: tuple[int, int]
    lift: float | None
    compared: int
    expected: float
    tokens: float
    seconds: float
    last_us: int
    state: State

    @property
    def cleared(self) -> int:
        """How often nothing was wrong any more."""
        return self.results[0]

    @property
    def rate(self) -> float:
        """The share of uses that cleared the failure."""
        return self.cleared / self.uses

    @property
    def is_helping(self) -> bool:
        """Whether it is used because it was seen to help: more than the plain question, if it asks."""
        if self.state != "in_use" or not self.cleared:
            return False
        if self.lift is None:
            return _is_free(self.strategy)
        return self.lift > 0 and self.compared >= _ENOUGH

    @property
    def bounds(self) -> tuple[float, float]:
        """Between what that share lies (Wilson, 95 %)."""
        return wilson(self.cleared, self.uses)


def effects(path: Path, asked: Asked, half_life_days: float, now_us: int) -> tuple[Effect, ...]:
    """The strategies by model, category of failures and language, in each case the best first.

    Args:
        path: of the journal.
        asked: what is counted. Whether a strategy is in use hangs on all uses all the same.
        half_life_days: after how many days a use counts half for that.
        now_us: the clock.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    every = strategy_uses(path)
    merits = merits_of(every, now_us, half_life_days)
    cells: dict[tuple[Case, str], list[Used]] = defaultdict(list)
    for one in every:
        if _is_asked(one, asked):
            cells[Case(one.category, one.model, one.language), one.strategy].append(one)
    found = [
        _effect(strategy, case, uses, (cells.get((case, PLAIN), ()), merits))
        for (case, strategy), uses in cells.items()
    ]
    return tuple(sorted(found, key=_place))


def retired(found: Iterable[Effect]) -> tuple[Effect, ...]:
    """Those that are given up."""
    return tuple(one for one in found if one.state == "retired")


def _is_asked(one: Used, asked: Asked) -> bool:
    wanted = (
        (asked.model, one.model),
        (asked.language, one.language),
        (asked.category, one.category),
    )
    return one.at_us >= asked.since_us and all(not own or own == theirs for own, theirs in wanted)


def _effect(
    strategy: str, case: Case, uses: Sequence[Used], known: tuple[Sequence[Used], Merits]
) -> Effect:
    plain, merits = known
    number = len(uses)
    counts = [sum(one.result == result for one in uses) for result in _RESULTS]
    firsts, others = _firsts(uses), _firsts(plain)
    lift = None
    if strategy != PLAIN and firsts[1] and others[1]:
        lift = firsts[0] / firsts[1] - others[0] / others[1]
    return Effect(
        strategy=strategy,
        case=case,
        uses=number,
        results=(counts[0], counts[1], counts[2], counts[3]),
        solved=sum(one.solved for one in uses),
        firsts=firsts,
        lift=lift,
        compared=min(firsts[1], others[1]),
        expected=merits.of(strategy, case).mean,
        tokens=sum(one.tokens for one in uses) / number,
        seconds=sum(one.seconds for one in uses) / number,
        last_us=max(one.at_us for one in uses),
        state=_state(strategy, case, merits),
    )


def _firsts(uses: Iterable[Used]) -> tuple[int, int]:
    first = [one for one in uses if one.step == 1]
    return sum(one.cleared for one in first), len(first)


def _state(strategy: str, case: Case, merits: Merits) -> State:
    if strategy == PLAIN:
        return "baseline"
    if _is_free(strategy):
        return "retired" if merits.is_idle(strategy, case) else "in_use"
    if merits.is_given_up(strategy, case):
        return "retired"
    better = merits.of(strategy, case).bound > merits.of(PLAIN, case, first=True).bound
    return "in_use" if better else "measured"


def _is_free(strategy: str) -> bool:
    """Whether it mends without asking, so that there is no question to compare it with."""
    known = all_strategies().get(strategy)
    return known is not None and known.change.tidies


def _place(one: Effect) -> tuple[str, str, str, float, str]:
    case = one.case
    return case.model, case.category, case.language, -one.expected, one.strategy
