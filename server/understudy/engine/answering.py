"""Ask one model after the other about one problem, until an edit may be shown."""

from __future__ import annotations

import asyncio
import hashlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.failures import Evidence, Failure, FailureCategory
from understudy.engine.attempt import Answer, Ask, attempt
from understudy.engine.cascade import About, Cascade
from understudy.engine.evidence import Band
from understudy.engine.remote import Remote, Turn
from understudy.engine.services import Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.engine.cascade import Step
    from understudy.engine.evidence import CheckReport
    from understudy.engine.outcome import Candidate
    from understudy.engine.remote import Tested
    from understudy.engine.services import Services
    from understudy.fixers import Problem
    from understudy.models.registry import Model
    from understudy.prompt import Prompt

_SHARE = 0.6
"""How much of the time that is left one call may take while another model stands behind."""
_RESERVE = 0.05
_LONGEST_RESERVE_S = 1.0
"""The last call ends a little before the run, so that its failure names the model."""


@dataclass
class Answering:
    """One problem on its way through the models.

    Attributes:
        order: the models in the order in which they may be asked.
        deadline: `time.monotonic()` at which the run ends.
        tried: every candidate that was checked, in order; it grows.
        said: what the user is told about models that took over.
        asked: the ids of the models that were asked, in order.
        cost_usd: what it cost so far; None once the cost of a call is not known.
        prompt: what the last model over the network was asked.
    """

    problem: Problem
    order: Sequence[Model]
    baseline: tuple[CheckReport, ...]
    services: Services
    run_id: str
    deadline: float
    tried: list[Candidate] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    cost_usd: float | None = 0.0
    prompt: Prompt | None = None
    _calls: int = 0
    _withheld: Candidate | None = None
    _for_review: Candidate | None = None
    _last: Answer = field(default_factory=Answer)
    _failure: Failure | None = None

    async def answer(self) -> Answer:
        """The first edit that may be shown, or why there is none."""
        remote = self._remote()
        cascade = await asyncio.to_thread(self._cascade, remote)
        step = await asyncio.to_thread(cascade.first)
        while step.action != "stop":
            if step.action == "confirm":
                agreed = await self.services.confirm(step.line)
                if agreed and step.category is FailureCategory.BUDGET_EXCEEDED:
                    self._lift_budget(step.model)
                step = await asyncio.to_thread(cascade.confirmed, agreed)
                continue
            await self._announce(step)
            failure, cost = await self._ask(step, cascade, remote)
            if failure is None:
                await asyncio.to_thread(cascade.passed)
                return self._last
            step = await asyncio.to_thread(cascade.failed, failure, cost_usd=cost)
        return self._end(step)

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

    async def _ask(
        self, step: Step, cascade: Cascade, remote: Remote | None
    ) -> tuple[Failure | None, float | None]:
        """Ask one model; `(what went wrong, what it cost)`, None for an unknown cost."""
        model = next(one for one in self.order if one.id == step.model)
        if model.locality == "built-in" or remote is None:
            ask = Ask(self.problem, model.id, self.baseline, self.services, self.tried)
            self._last = await attempt(ask)
            self._withheld = self._withheld or self._last.withheld
            return (None if self._last.offered else _knows_none(self._last)), 0.0
        self._calls += 1
        remote.ask = Ask(self.problem, model.id, self.baseline, self.services, self.tried)
        turn = Turn(
            model=model,
            run_id=self.run_id,
            number=self._calls,
            how=step.how,
            silence_s=await self._silence(cascade, model),
            deadline=self._until(cascade),
        )
        tested = await remote.test(turn)
        self.prompt = remote.asked
        if tested.replied:
            await asyncio.to_thread(cascade.replied)
        if self.cost_usd is None or tested.cost_usd is None:
            self.cost_usd = None
        else:
            self.cost_usd += tested.cost_usd
        self._take(tested)
        return tested.failure, tested.cost_usd

    def _take(self, tested: Tested) -> None:
        candidate = tested.candidate
        if tested.failure is None:
            self._last = Answer(offered=candidate)
            return
        self._failure = tested.failure
        self._last = Answer(
            withheld=candidate,
            reason=tested.failure.message,
            category=tested.failure.category,
        )
        if candidate is not None:
            self._withheld = candidate
            if candidate.verdict.band is not Band.BLOCK:
                self._for_review = self._for_review or candidate

    def _until(self, cascade: Cascade) -> float:
        """When a call is given up: while there is still time for the next model, or to say so."""
        now = time.monotonic()
        left = max(self.deadline - now, 0.0)
        if cascade.has_more:
            return now + left * _SHARE
        return now + left - min(left * _RESERVE, _LONGEST_RESERVE_S)

    async def _silence(self, cascade: Cascade, model: Model) -> float | None:
        """How long a model may be silent while another one could be asked; None for its limit."""
        settings, reach = self.services.settings.cascade, self.services.reach
        if reach is None or not settings.hedge or not cascade.has_more:
            return None
        return await asyncio.to_thread(reach.silence, model, settings.hedge_after_s)

    def _remote(self) -> Remote | None:
        reach = self.services.reach
        if reach is None or all(one.locality == "built-in" for one in self.order):
            return None
        ask = Ask(self.problem, "", self.baseline, self.services, self.tried)
        return Remote(ask, reach)

    def _cascade(self, remote: Remote | None) -> Cascade:
        view, services = self.problem.view, self.services
        scope = hashlib.blake2b(view.uri.encode("utf-8", "replace"), digest_size=8).hexdigest()
        order = [one for one in self.order if remote is not None or one.locality == "built-in"]
        return Cascade(
            order=order,
            settings=services.settings.cascade,
            state=services.state,
            about=About(services.task.id, scope, remote is None or remote.can_shrink),
            estimate=remote.estimate if remote is not None else _free,
            deadline=self.deadline,
        )

    def _end(self, step: Step) -> Answer:
        """What is said when no model is left."""
        if self._for_review is not None:
            return Answer(offered=self._for_review)
        if self.asked == [one.id for one in self.order if one.locality == "built-in"]:
            others = [one for one in self.order if one.locality != "built-in"]
            reason = _together(self._last.reason, step.why) if others else self._last.reason
            return Answer(
                withheld=self._withheld,
                reason=reason,
                category=self._last.category,
                failure=_nobody_left(step.why) if others else None,
            )
        return Answer(
            withheld=self._withheld,
            reason=_together(self._last.reason, step.why),
            category=step.category or self._last.category,
            failure=self._failure,
        )


def _together(reason: str, why: str) -> str:
    """What went wrong and why nobody else was asked, nothing twice."""
    if reason in why:
        return why.strip()
    return reason.strip() if why in reason else f"{reason} {why}".strip()


def _nobody_left(why: str) -> Failure:
    """The end of a run in which no model over the network could be asked."""
    return Failure(
        category=FailureCategory.PROVIDER_UNAVAILABLE,
        phase="request",
        blame="provider",
        message=why,
        code="nobody_left",
        evidence=Evidence("cascade", why[:200]),
        advice="wait",
        fingerprint="nobody_left",
    )


def _knows_none(answer: Answer) -> Failure:
    """The offline model's answer, where that is no edit, as a failure for the cascade."""
    return Failure(
        category=answer.category or FailureCategory.CAPABILITY_MISMATCH,
        phase="apply",
        blame="model",
        message=answer.reason,
        code="no_rule",
        evidence=Evidence("builtin/rules", ""),
        fingerprint="no_rule",
    )


def _free(_: Model) -> float | None:
    return 0.0
