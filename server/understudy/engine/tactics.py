"""How a model is asked once more after its edit failed, and what came of it.

Of the strategies that have an answer to the failure, the one is used that is known to clear such failures
of this model best; which one that is, earlier runs tell. Every use is a row of the journal.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.core.clock import now_us
from understudy.core.stopping import in_thread
from understudy.engine.merits import NOTHING, Case
from understudy.engine.merits_kept import merits_at
from understudy.engine.picking import Draw, Picked, pick
from understudy.engine.record import code_of
from understudy.engine.setback_results import result_of, tells
from understudy.engine.tidying import tidied
from understudy.engine.ways import Failed, Ways, failed
from understudy.journal.strategy_records import StrategyUse
from understudy.journal.vocabulary import clean
from understudy.strategies import PLAIN, Setback, all_strategies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.core.failures import Failure
    from understudy.engine.attempt import Ask
    from understudy.engine.merits import Merits
    from understudy.engine.outcome import Candidate
    from understudy.engine.reach import Reach
    from understudy.engine.rules import Draft
    from understudy.engine.services import Services
    from understudy.engine.turns import Turn
    from understudy.engine.ways import Plan
    from understudy.journal.strategy_records import Result
    from understudy.strategies import Strategy


@dataclass
class _Use:
    """A strategy that is under way.

    Attributes:
        against: the attempt that it is to do better than.
        step: see `understudy.journal.strategy_records.StrategyUse`; the same for `tokens`.
    """

    picked: Picked
    against: Failed
    step: int
    tokens: int = 0
    started: float = field(default_factory=time.monotonic)


@dataclass
class Tactics:
    """All that one run does about failed attempts.

    Attributes:
        run_id: empty for a run that is not recorded.
        call: the id of the last finished call.
    """

    services: Services
    reach: Reach
    run_id: str = ""
    call: str = ""
    _last: Failed | None = None
    _use: _Use | None = None
    _number: int = 0
    _steps: Counter[str] = field(default_factory=Counter)
    _spent: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    """Strategies by the model, and the fingerprint of the failure that came back under them."""

    def plan(self, turn: Turn, ask: Ask, usual: Plan) -> Plan:
        """How the next question is put. Reads caches, the journal and the disk.

        Args:
            turn: who is asked, and how the cascade came to it.
            ask: what is asked.
            usual: how it would be put without a strategy.
        """
        last, self._use = self._last, None
        if turn.how != "refine" or last is None or last.model != turn.model.id:
            return usual
        self._steps[last.model] += 1
        ways = Ways(last, ask, usual, turn.model, self.reach)
        usable = self._usable(ways.setback())
        draw = Draw(f"{turn.run_id}:{turn.number}", self._explored)
        case, merits = _case(last, ask), self._merits()
        while True:
            spent = self._spent[last.model, last.failure.fingerprint]
            picked = pick(list(usable), spent, case, merits, draw)
            plan = usual if picked.strategy == PLAIN else ways.plan(usable[picked.strategy])
            if plan is not None:
                self._use = _Use(picked, last, self._steps[last.model])
                return plan
            del usable[picked.strategy]

    def weigh(self, tokens: int) -> None:
        """Note by how many tokens the question is longer than the plain one."""
        if self._use is not None:
            self._use.tokens = tokens

    def note(self, ask: Ask, failure: Failure | None, candidate: Candidate | None = None) -> None:
        """Note what came of the question; it is what the next one starts from.

        Args:
            ask: what was asked.
            failure: None for an edit that may be offered.
            candidate: the edit as it was proved; None without a readable one.
        """
        last = failed(ask, failure, candidate) if failure is not None else None
        if self._use is not None:
            self._record(ask, self._use, last, self.call)
            self._use = None
        if last is not None and tells(last.failure):
            self._last = last

    async def mended(
        self, ask: Ask, draft: Draft, failure: Failure, candidate: Candidate
    ) -> Candidate | None:
        """A failed edit, mended without asking anybody and proved.

        None where that can't be done, or the edit still does not do.

        Args:
            ask: what was asked.
            draft: the edit.
            failure: why it does not do.
            candidate: as it was proved.
        """
        last = failed(ask, failure, candidate)
        if draft.others:
            return None
        strategy = await in_thread(self._tidy, ask, last)
        if strategy is None:
            return None
        use = _Use(Picked(strategy.id, "free"), last, 0)
        result = await tidied(ask, draft, last.found)
        if result is None:
            return None
        better, still = result
        after = failed(ask, still, better) if still is not None else None
        self._record(ask, use, after, self.call)
        return better if still is None else None

    def _tidy(self, ask: Ask, last: Failed) -> Strategy | None:
        """What mends such an attempt, unless that hardly ever helps. Reads the journal."""
        setback = Setback(last.failure, last.found, ask.subject.view.language)
        fitting = (
            one for one in self._known().values() if one.change.tidies and one.is_for(setback)
        )
        strategy = next(fitting, None)
        if strategy is None or self._merits().is_idle(strategy.id, _case(last, ask)):
            return None
        return strategy

    def _usable(self, setback: Setback) -> dict[str, Strategy]:
        """The strategies that change the question and have an answer, the plain one among them."""
        known = self._known()
        return {
            name: one
            for name, one in known.items()
            if not one.change.tidies and one.is_for(setback)
        }

    def _known(self) -> Mapping[str, Strategy]:
        every = all_strategies()
        if self.services.settings.learning.strategies:
            return every
        return {PLAIN: every[PLAIN]}

    @property
    def _explored(self) -> float:
        """The share of questions from which something is learned, where it is remembered."""
        settings = self.services.settings
        is_kept = settings.journal.enabled and settings.learning.enabled
        return settings.learning.exploration if is_kept else 0.0

    def _merits(self) -> Merits:
        settings = self.services.settings
        if not settings.journal.enabled:
            return NOTHING
        return merits_at(journal_file(), settings.learning.half_life_days)

    def _record(self, ask: Ask, use: _Use, after: Failed | None, call: str) -> None:
        before = use.against
        result: Result = result_of(
            before.failure,
            after.failure if after is not None else None,
            len(before.found),
            len(after.found) if after is not None else 0,
        )
        if result == "same":
            self._spent[before.model, before.failure.fingerprint].add(use.picked.strategy)
        if not self.run_id:
            return
        self._number += 1
        self.services.recorder.record(
            StrategyUse(
                run_id=self.run_id,
                number=self._number,
                call_id=call,
                at_us=now_us(),
                strategy=use.picked.strategy,
                why=use.picked.why,
                model=before.model,
                language=ask.subject.view.language,
                category=before.failure.category.value,
                code=code_of(before.failure),
                fingerprint=before.failure.fingerprint,
                step=use.step,
                result=result,
                tokens=use.tokens,
                seconds=time.monotonic() - use.started,
            )
        )


def _case(last: Failed, ask: Ask) -> Case:
    category = last.failure.category.value
    return Case(category, clean("model", last.model), ask.subject.view.language)
