"""The way of one request through the models of its route, whatever it is that they are asked."""

from __future__ import annotations

import asyncio
import hashlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory
from understudy.engine.cascade import About, Cascade
from understudy.engine.services import Event

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from understudy.core.failures import Failure
    from understudy.engine.cascade import Step
    from understudy.engine.services import Services
    from understudy.models.registry import Model
    from understudy.workspace.view import View

    AskOne = Callable[[Step], Awaitable[tuple[Failure | None, float | None]]]
    """Asks one model: `(what went wrong, what it cost)`, None for an unknown cost."""

_SHARE = 0.6
"""How much of the time that is left one call may take while another model stands behind."""
_RESERVE = 0.05
_LONGEST_RESERVE_S = 1.0
"""The last call ends a little before the run, so that its failure names the model."""


@dataclass(kw_only=True)
class Walk:
    """One request on its way.

    Attributes:
        order: the models in the order in which they may be asked.
        named: whether the user named the one model for this request.
        deadline: `time.monotonic()` at which the run ends.
        said: what the user is told about models that took over.
        asked: the ids of the models that were asked, in order.
        cost_usd: what it cost so far; None once the cost of a call is not known.
    """

    order: Sequence[Model]
    services: Services
    run_id: str
    deadline: float
    named: bool = False
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    cost_usd: float | None = 0.0

    async def through(self, cascade: Cascade, ask: AskOne) -> Step:
        """Ask one model after the other; the last step is to stop unless one of them passed."""
        step = await asyncio.to_thread(cascade.first)
        while step.action != "stop":
            if step.action == "confirm":
                agreed = await self.services.confirm(step.line)
                if agreed and step.category is FailureCategory.BUDGET_EXCEEDED:
                    self._lift_budget(step.model)
                step = await asyncio.to_thread(cascade.confirmed, agreed)
                continue
            await self._announce(step)
            failure, cost = await ask(step)
            self.pay(cost)
            if failure is None:
                await asyncio.to_thread(cascade.passed)
                return step
            step = await asyncio.to_thread(cascade.failed, failure, cost_usd=cost)
        return step

    def pay(self, cost_usd: float | None) -> None:
        """Add what a call cost; None when nobody knows."""
        if self.cost_usd is None or cost_usd is None:
            self.cost_usd = None
        else:
            self.cost_usd += cost_usd

    def model(self, step: Step) -> Model:
        """The model that a step is about."""
        return next(one for one in self.order if one.id == step.model)

    def until(self, cascade: Cascade) -> float:
        """When a call is given up: while there is still time for the next model, or to say so."""
        now = time.monotonic()
        left = max(self.deadline - now, 0.0)
        if cascade.has_more:
            return now + left * _SHARE
        return now + left - min(left * _RESERVE, _LONGEST_RESERVE_S)

    def hedge_after_s(self, cascade: Cascade) -> float | None:
        """How long an unknown model may be silent; None where no other one could be asked."""
        settings = self.services.settings.cascade
        return settings.hedge_after_s if settings.hedge and cascade.has_more else None

    def _lift_budget(self, model: str) -> None:
        reach, settings = self.services.reach, self.services.settings
        if reach is not None:
            reach.budget(settings.budget).allow(self.run_id, model)

    async def _announce(self, step: Step) -> None:
        if step.line:
            self.said.append(step.line)
            self.services.listen(Event(step.line))
        if step.after_s:
            self.services.listen(Event(f"waiting {step.after_s:.1f} s for {step.model}"))
            await asyncio.sleep(step.after_s)
        self.services.listen(Event(f"asking {step.model}"))
        if step.model not in self.asked:
            self.asked.append(step.model)


def about(view: View, services: Services, *, can_shrink: bool) -> About:
    """What failures on a document are counted by."""
    return About(services.task.id, scope_name(view.uri), can_shrink)


def scope_name(uri: str) -> str:
    """What stands for a document where its failures are counted."""
    return hashlib.blake2b(uri.encode("utf-8", "replace"), digest_size=8).hexdigest()


def together(reason: str, why: str) -> str:
    """What went wrong and why nobody else was asked, nothing twice."""
    if reason in why:
        return why.strip()
    return reason.strip() if why in reason else f"{reason} {why}".strip()
