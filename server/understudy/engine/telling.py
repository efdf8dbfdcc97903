"""One request for words about code as a run: routed, recorded, within its time."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic

from understudy.core.failures import FailureCategory, UnavailableError
from understudy.core.ids import new_id
from understudy.engine.consult import Consulting, T
from understudy.engine.occasion import Occasion, situation_of
from understudy.engine.outcome import Outcome, Status
from understudy.engine.record import begin, end
from understudy.engine.router import route
from understudy.engine.run import How, cancelled, nobody_to_ask
from understudy.engine.walk import together
from understudy.models.registry import find_model

if TYPE_CHECKING:
    from understudy.engine.consult import Matter
    from understudy.engine.route import Route
    from understudy.engine.services import Services
    from understudy.models.registry import Model


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """What came of it.

    Attributes:
        outcome: how the run ended, with cost and models; `told` where there is an answer.
        answer: what a model said; None when none did.
    """

    outcome: Outcome
    answer: T | None = None

    @property
    def model(self) -> str:
        """The model that answered; empty when none did."""
        return self.outcome.asked[-1] if self.answer is not None else ""


async def tell(matter: Matter[T], services: Services, how: How) -> Told[T]:
    """Ask the models of the task's route about a matter.

    The offline model says nothing about code, so without another one nobody is asked.

    Raises:
        BadRequestError: when `how.model` is unknown.
        asyncio.CancelledError: when the run is cancelled; the journal says so.
    """
    work = await asyncio.to_thread(_begun, matter, services, how)
    job = how.job or work.outcome.run_id
    begin(work.outcome, job, services, work.chosen)
    try:
        answer = await work.answer(matter)
    except asyncio.CancelledError as stop:
        work.outcome = cancelled(work.outcome, stop)
        raise
    finally:
        spent = time.monotonic() - work.started
        work.outcome = replace(work.outcome, seconds=spent)
        end(work.outcome, services)
    return Told(work.outcome, answer)


@dataclass
class _Work:
    """One run on its way. What it cost so far stays known however it ends."""

    outcome: Outcome
    services: Services
    order: list[Model]
    chosen: Route
    limit_s: float
    started: float

    async def answer(self, matter: Matter[T]) -> T | None:
        reach = self.services.reach
        if reach is None or not self.order:
            self.outcome = nobody_to_ask(
                self.outcome, self.chosen.told, self.services.adding_models
            )
            return None
        consulting: Consulting[T] = Consulting(
            matter=matter,
            reach=reach,
            order=self.order,
            services=self.services,
            run_id=self.outcome.run_id,
            deadline=self.started + self.limit_s,
            named=self.chosen.named,
        )
        try:
            async with asyncio.timeout(self.limit_s):
                step = await consulting.consult()
        except TimeoutError:
            self._failed(
                f"The run did not end within {self.limit_s:.3g} s (`fix.timeout_s`).",
                FailureCategory.TIMEOUT,
            )
        except UnavailableError as failure:
            self._failed(str(failure), failure.category)
        else:
            self._ended(consulting, step.why)
        finally:
            told = consulting.answer is not None
            passed = self.chosen.passed_over(consulting.asked) if told else ()
            self.outcome = replace(
                self.outcome,
                asked=tuple(consulting.asked),
                handovers=(*self.chosen.said, *passed, *consulting.said),
                cost_usd=consulting.cost_usd,
                prompt=consulting.sent,
                failure=consulting.failure if consulting.answer is None else None,
            )
        return consulting.answer

    def _ended(self, consulting: Consulting[T], why: str) -> None:
        if consulting.answer is not None:
            self.outcome = replace(self.outcome, status=Status.TOLD)
            return
        last = consulting.failure
        reason = together(last.message if last is not None else "", why)
        self.outcome = replace(
            self.outcome,
            status=Status.UNFIXED,
            reason=f"{reason} {self.chosen.told}".strip(),
            category=last.category if last is not None else None,
        )

    def _failed(self, reason: str, category: FailureCategory) -> None:
        self.outcome = replace(self.outcome, reason=reason, category=category)


def _begun(matter: Matter[T], services: Services, how: How) -> _Work:
    view, settings = matter.view, services.settings
    run_id = how.run_id or new_id()
    situation = situation_of(Occasion(view), services, how.job or run_id)
    chosen = route(services.task, settings, how.model, situation, services.adding_models)
    found = (find_model(settings, name) for name in chosen.models)
    order = [one for one in found if one is not None and one.locality != "built-in"]
    outcome = Outcome(
        run_id, Status.FAILED, view, None, models=chosen.models, task=services.task.id
    )
    return _Work(
        outcome=outcome,
        services=services,
        order=order,
        chosen=chosen,
        limit_s=min(settings.fix.timeout_s, how.limit_s),
        started=time.monotonic(),
    )
