"""Ask one model after the other about one problem, until an edit may be shown."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.core.failures import Evidence, Failure, FailureCategory
from understudy.engine.attempt import Answer, Ask, attempt
from understudy.engine.cascade import Cascade
from understudy.engine.remote import Remote, Turn
from understudy.engine.second_opinion import is_wanted, second_opinion
from understudy.engine.walk import Walk, about, together

if TYPE_CHECKING:
    from understudy.engine.cascade import Step
    from understudy.engine.evidence import CheckReport
    from understudy.engine.outcome import Candidate
    from understudy.engine.remote import Tested
    from understudy.engine.subject import Subject
    from understudy.models.registry import Model
    from understudy.prompt import Prompt


@dataclass(kw_only=True)
class Answering(Walk):
    """One problem or wish on its way through the models.

    Attributes:
        tried: every candidate that was checked, in order; it grows.
        prompt: what the last model over the network was asked.
    """

    subject: Subject
    baseline: tuple[CheckReport, ...]
    tried: list[Candidate] = field(default_factory=list)
    prompt: Prompt | None = None
    _calls: int = 0
    _withheld: Candidate | None = None
    _last: Answer = field(default_factory=Answer)
    _failure: Failure | None = None

    async def answer(self) -> Answer:
        """The first edit that may be shown, or why there is none."""
        remote = self._remote()
        if remote is not None and await self._is_proved(remote):
            return self._last
        cascade = await asyncio.to_thread(self._cascade, remote)
        step = await self.through(cascade, lambda step: self._ask(step, cascade, remote))
        return self._end(step) if step.action == "stop" else await self._seconded(self._last)

    async def _is_proved(self, remote: Remote) -> bool:
        """Whether the edit that came with a wish may be shown, so that nobody has to be asked."""
        wish = self.subject.wish
        if wish is None or wish.proposal is None:
            return False
        by = wish.proposal.model
        remote.ask = Ask(self.subject, by, self.baseline, self.services, self.tried)
        tested = await remote.proved(wish.proposal.draft)
        self._take(tested)
        return tested.failure is None

    async def _ask(
        self, step: Step, cascade: Cascade, remote: Remote | None
    ) -> tuple[Failure | None, float | None]:
        """Ask one model; `(what went wrong, what it cost)`, None for an unknown cost."""
        model = self.model(step)
        if model.locality == "built-in" or remote is None:
            ask = Ask(self.subject, model.id, self.baseline, self.services, self.tried)
            self._last = await attempt(ask)
            self._withheld = self._withheld or self._last.withheld
            return (None if self._last.offered else _knows_none(self._last)), 0.0
        self._calls += 1
        remote.ask = Ask(self.subject, model.id, self.baseline, self.services, self.tried)
        turn = Turn(
            model=model,
            run_id=self.run_id,
            number=self._calls,
            how=step.how,
            hedge_after_s=self.hedge_after_s(cascade),
            deadline=self.until(cascade),
            named=self.named,
        )
        tested = await remote.test(turn)
        self.prompt = remote.asked
        if tested.replied:
            await asyncio.to_thread(cascade.replied)
        self._take(tested)
        return tested.failure, tested.cost_usd

    async def _seconded(self, answer: Answer) -> Answer:
        """The answer, with a second model's opinion where that decides how it is offered."""
        found, services = answer.offered, self.services
        if found is None or services.reach is None:
            return answer
        if not await asyncio.to_thread(is_wanted, found, services):
            return answer
        ask = Ask(self.subject, found.model, self.baseline, services, self.tried)
        model = next(one for one in self.order if one.id == found.model)
        turn = Turn(model, self.run_id, self._calls, "next", None, self.deadline)
        second = await second_opinion(found, ask, self.order, turn, self.asked)
        if second.model:
            self.asked.append(second.model)
            self.pay(second.cost_usd)
        self.tried[:] = [second.candidate if one.id == found.id else one for one in self.tried]
        return replace(answer, offered=second.candidate)

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
        self._withheld = candidate or self._withheld

    def _remote(self) -> Remote | None:
        reach = self.services.reach
        if reach is None or all(one.locality == "built-in" for one in self.order):
            return None
        ask = Ask(self.subject, "", self.baseline, self.services, self.tried)
        return Remote(ask, reach, told=list(self.services.told))

    def _cascade(self, remote: Remote | None) -> Cascade:
        view, services = self.subject.view, self.services
        order = [one for one in self.order if remote is not None or one.locality == "built-in"]
        return Cascade(
            order=order,
            settings=services.settings.cascade,
            state=services.state,
            about=about(view, services, can_shrink=remote is None or remote.can_shrink),
            estimate=remote.estimate if remote is not None else _free,
            deadline=self.deadline,
            named=self.named,
        )

    def _end(self, step: Step) -> Answer:
        """What is said when no model is left."""
        if self.asked == [one.id for one in self.order if one.locality == "built-in"]:
            others = [one for one in self.order if one.locality != "built-in"]
            reason = together(self._last.reason, step.why) if others else self._last.reason
            return Answer(
                withheld=self._withheld,
                reason=reason,
                category=self._last.category,
                failure=_nobody_left(step.why) if others else None,
            )
        return Answer(
            withheld=self._withheld,
            reason=together(self._last.reason, step.why),
            category=step.category or self._last.category,
            failure=self._failure,
        )


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
