"""Ask one model after the other about one problem, until an edit may be shown."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.core.failures import Evidence, Failure, FailureCategory
from understudy.engine.attempt import Answer, Ask, attempt
from understudy.engine.purse import Estimates
from understudy.engine.racing import Racing, added, first_to_pass
from understudy.engine.remote import Remote
from understudy.engine.second_opinion import is_wanted, second_opinion
from understudy.engine.services import Event
from understudy.engine.turns import Turn
from understudy.engine.walk import Walk, about, together

if TYPE_CHECKING:
    from understudy.engine.cascade import Step
    from understudy.engine.evidence import CheckReport
    from understudy.engine.influence import Influence
    from understudy.engine.outcome import Candidate
    from understudy.engine.subject import Subject
    from understudy.engine.turns import Tested
    from understudy.models.registry import Model
    from understudy.prompt import Prompt


@dataclass(kw_only=True)
class Answering(Walk):
    """One problem or wish on its way through the models.

    Attributes:
        tried: every candidate that was checked, in order; it grows.
        prompt: what the last model over the network was asked.
        influences: the lessons that had a part in that.
        together: the ids of two models that are asked at the same time; empty as a rule.
    """

    subject: Subject
    baseline: tuple[CheckReport, ...]
    together: tuple[str, ...] = ()
    tried: list[Candidate] = field(default_factory=list)
    prompt: Prompt | None = None
    influences: tuple[Influence, ...] = ()
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
        self, step: Step, cascade: Racing, remote: Remote | None
    ) -> tuple[Failure | None, float | None]:
        """Ask one model; `(what went wrong, what it cost)`, None for an unknown cost."""
        model = self.model(step)
        if model.locality == "built-in" or remote is None:
            ask = Ask(self.subject, model.id, self.baseline, self.services, self.tried)
            self._last = await attempt(ask)
            self._withheld = self._withheld or self._last.withheld
            self.influences = ()
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
        rival = await asyncio.to_thread(cascade.rival)
        if rival is not None:
            return await self._ask_both(turn, rival, cascade, remote)
        tested = await remote.test(turn)
        await self._note(tested, remote, model)
        return tested.failure, tested.cost_usd

    async def _ask_both(
        self, turn: Turn, rival: Model, cascade: Racing, remote: Remote
    ) -> tuple[Failure | None, float | None]:
        """Ask a model and its rival at the same time; the result of the first proved edit, if any."""
        self._calls += 1
        self.asked.append(rival.id)
        self.services.listen(Event(f"asking {rival.id} at the same time"))
        other = Remote(replace(remote.ask, model=rival.id), remote.reach, [*remote.told])
        other.run_id, known = self.run_id, len(remote.told)
        turn = replace(turn, hedge_after_s=None)
        beside = replace(turn, model=rival, number=self._calls)
        first, second = await first_to_pass([remote.test(turn), other.test(beside)])
        await asyncio.to_thread(cascade.raced, rival, first, second)
        cost, failure = added(first, second), first.failure if first is not None else None
        if first is not None:
            await self._note(first, remote, turn.model)
            if failure is None:
                return None, cost
        if second is not None:
            await self._note(second, other, rival)
            remote.told += other.told[known:]
            failure = failure if second.failure is not None else None
        return failure, cost

    async def _note(self, tested: Tested, remote: Remote, model: Model) -> None:
        """Take in what came of asking a model."""
        self.prompt, self.influences = remote.asked, remote.teaching.influences
        if tested.replied:
            await asyncio.to_thread(self.services.state.reached, model)
        self._take(tested)

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
        return Remote(ask, reach, told=list(self.services.told), run_id=self.run_id)

    def _cascade(self, remote: Remote | None) -> Racing:
        view, services = self.subject.view, self.services
        order = [one for one in self.order if remote is not None or one.locality == "built-in"]
        return Racing(
            together=self.together,
            order=order,
            settings=services.settings.cascade,
            state=services.state,
            about=about(view, services, can_shrink=remote is None or remote.can_shrink),
            estimate=_estimates(remote) if remote is not None else _free,
            deadline=self.deadline,
            named=self.named,
            may_be_longer=remote.may_be_longer if remote is not None else _never,
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


def _never(_: Model) -> bool:
    return False


def _free(_: Model) -> float | None:
    return 0.0


def _estimates(remote: Remote) -> Estimates:
    """What a question costs depends on what was tried, and on how far it is cut down."""
    return Estimates(remote.estimate, lambda: (len(remote.told), remote.smaller))
