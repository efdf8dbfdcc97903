"""Two models asked at the same time: the first proved edit counts, and the other one is stopped.

That is a plan of the router (`understudy.engine.plans`), for the first question of a run alone. The
second model stands behind the first in the order. When both fail, the run goes on as if the second
had been asked and left.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.core.failures import FailureCategory
from understudy.engine import actions
from understudy.engine.cascade import Cascade

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from understudy.core.failures import Failure
    from understudy.engine.turns import Tested
    from understudy.models.registry import Model


@dataclass
class Racing(Cascade):
    """A way through the models on which two are asked at the same time.

    Attributes:
        together: the ids of these two; empty for nobody.
    """

    together: tuple[str, ...] = ()

    def rival(self) -> Model | None:
        """Who is asked beside the model that is asked now; None for nobody. May block."""
        together, self.together = self.together, ()
        if self.order[self._at].id not in together:
            return None
        found = next((one for one in self.order[self._at + 1 :] if one.id in together), None)
        if found is None or self._objection(found, forgiving=False):
            return None
        if self._purse.wants_asking(found):
            return None
        self._spent.asked += 1
        return found

    def raced(self, rival: Model, first: Tested | None, second: Tested | None) -> None:
        """What came of the model that was asked and of its rival; None for one that was stopped.

        Where both failed, `failed` is told of the first one as of any other. May block.
        """
        if second is None:
            return
        self._purse.spend(rival, second.cost_usd)
        if second.failure is not None:
            self._lost(rival, second.failure)
            self.order = [one for one in self.order if one.id != rival.id]
        elif first is None or first.failure is not None:
            if first is not None and first.failure is not None:
                self._lost(self.order[self._at], first.failure)
            self._at = self.order.index(rival)

    def _lost(self, model: Model, failure: Failure) -> None:
        if failure.category is FailureCategory.BUDGET_EXCEEDED:
            # It was never asked.
            self._spent.asked -= 1
            self._against[model.id] = "would exceed the budget"
            return
        actions.note(self.state, model, failure)
        if actions.is_counted(failure) or not actions.is_of_server(failure):
            self.state.count(self.about, model.id, failure)
        self._against[model.id] = f"failed {actions.word(failure)}"


async def first_to_pass(
    runners: Sequence[Coroutine[Any, Any, Tested]],
) -> tuple[Tested | None, ...]:
    """What came of each, in their order; None for one that was stopped since another one passed."""
    tasks = [asyncio.ensure_future(one) for one in runners]
    try:
        for done in asyncio.as_completed(tasks):
            if (await done).failure is None:
                break
    finally:
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return tuple(None if one.cancelled() or one.exception() else one.result() for one in tasks)


def added(first: Tested | None, second: Tested | None) -> float | None:
    """What both cost; None where one was stopped, for then nobody knows."""
    costs = [None if one is None else one.cost_usd for one in (first, second)]
    return None if None in costs else sum(cost or 0.0 for cost in costs)
