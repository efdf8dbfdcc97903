"""One task from a `View` to an `Outcome`."""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.context.names import Names
from understudy.core.failures import FailureCategory, UnavailableError
from understudy.core.ids import new_id
from understudy.core.stopping import SUPERSEDED
from understudy.engine.answering import Answering
from understudy.engine.asked_rules import with_asked_rules
from understudy.engine.checking import check
from understudy.engine.occasion import Occasion, situation_of
from understudy.engine.outcome import Outcome, Status
from understudy.engine.record import begin, end
from understudy.engine.router import route
from understudy.engine.services import Event
from understudy.engine.subject import Subject, of_problem
from understudy.fixers import Problem
from understudy.models.registry import find_model

if TYPE_CHECKING:
    from understudy.engine.evidence import CheckReport
    from understudy.engine.outcome import Candidate
    from understudy.engine.route import Route
    from understudy.engine.services import Services
    from understudy.engine.subject import Wish
    from understudy.models.registry import Model
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View


@dataclass(frozen=True, slots=True)
class How:
    """Choices for one run.

    Attributes:
        model: ask this model alone; None for the route of the task.
        baseline: what the checkers say about the view, if that is known already.
        run_id: the run's id in the journal; empty for a new one.
        job: the request that the run belongs to; several runs can share it.
        limit_s: the time that is left for it, where that is less than `fix.timeout_s`.
    """

    model: str | None = None
    baseline: tuple[CheckReport, ...] | None = None
    run_id: str = ""
    job: str = ""
    limit_s: float = math.inf


async def fix(view: View, diagnostic: Diagnostic, services: Services, how: How = How()) -> Outcome:
    """Find an edit that makes `diagnostic` go away and that the checkers prove.

    Args:
        view: the document; the outcome's edits are in its coordinates.
        diagnostic: one finding in `view`, by our checkers or by the client's.
        services: settings, record, listener.
        how: choices that have defaults.

    Returns:
        The outcome. Failures of models and tools are outcomes too; only cancelling and a bad
        argument raise.

    Raises:
        BadRequestError: when `how.model` is unknown.
        asyncio.CancelledError: when the run is cancelled; the journal says so.
    """
    about = Occasion(view, diagnostic)
    return await _recorded(await asyncio.to_thread(_work, about, services, how))


async def carry_out(view: View, wish: Wish, services: Services, how: How = How()) -> Outcome:
    """Find an edit that does what a user wishes and that the checkers have nothing against.

    The offline model carries out no wishes, so without another one nothing is offered.

    Args:
        view: the document; the outcome's edits are in its coordinates.
        wish: what is to be done.
        services: settings, record, listener.
        how: choices that have defaults.

    Raises:
        BadRequestError: when `how.model` is unknown.
        asyncio.CancelledError: when the run is cancelled; the journal says so.
    """
    work = await asyncio.to_thread(_work, Occasion(view, said=wish.said), services, how)
    work.wish = wish
    work.outcome = replace(work.outcome, wish=wish)
    work.order = [model for model in work.order if model.locality != "built-in"]
    return await _recorded(work)


async def _recorded(work: _Work) -> Outcome:
    """Answer, and have the journal know how that ended."""
    services = work.services
    job = work.how.job or work.outcome.run_id
    begin(work.outcome, job, services, work.chosen)
    try:
        await work.answer()
    except asyncio.CancelledError as stop:
        work.outcome = cancelled(work.outcome, stop)
        raise
    finally:
        end(work.told(), services)
    return replace(work.told(), attempts=())


async def solve(
    view: View, diagnostic: Diagnostic, services: Services, how: How = How()
) -> Outcome:
    """As `fix`, with nothing written into the journal; the outcome holds all that was tried."""
    work = await asyncio.to_thread(_work, Occasion(view, diagnostic), services, how)
    await work.answer()
    return work.told()


def cancelled(outcome: Outcome, stop: asyncio.CancelledError) -> Outcome:
    """The end of a run that was cancelled; its category says whether the user typed on."""
    late = SUPERSEDED in stop.args
    return replace(
        outcome,
        status=Status.CANCELLED,
        category=FailureCategory.STALE_DOCUMENT if late else FailureCategory.CANCELLED,
        reason="The run was cancelled.",
    )


def nobody_to_ask(outcome: Outcome, unasked: str, adding: str) -> Outcome:
    """The end of a run for which there is no model at all.

    Args:
        outcome: the run.
        unasked: why models that the user named are not asked, as a sentence; empty for none.
        adding: how the user gets more models, as a sentence.
    """
    return replace(
        outcome,
        status=Status.UNFIXED,
        reason=f"No model can be asked for this. {unasked or adding}",
        category=FailureCategory.CAPABILITY_MISMATCH,
    )


def problem_of(view: View, diagnostic: Diagnostic) -> Problem:
    """A diagnostic with the names around it."""
    return Problem(view, diagnostic, Names(view, view.environment))


@dataclass
class _Work:
    """One run on its way. What was tried so far stays known however it ends."""

    outcome: Outcome
    services: Services
    how: How
    order: list[Model]
    chosen: Route
    """The models, and why these."""
    started: float = field(default_factory=time.monotonic)
    tried: list[Candidate] = field(default_factory=list)
    wish: Wish | None = None

    def told(self) -> Outcome:
        """The outcome with time and trials as they are now."""
        return replace(
            self.outcome,
            tried=len(self.tried),
            attempts=tuple(self.tried),
            seconds=time.monotonic() - self.started,
        )

    async def answer(self) -> None:
        limit_s = min(self.services.settings.fix.timeout_s, self.how.limit_s)
        try:
            async with asyncio.timeout(limit_s):
                await self._ask_models(time.monotonic() + limit_s)
        except TimeoutError:
            self.outcome = replace(
                self.outcome,
                reason=f"The run did not end within {limit_s:.3g} s (`fix.timeout_s`).",
                category=FailureCategory.TIMEOUT,
            )
        except UnavailableError as failure:
            self.outcome = replace(self.outcome, reason=str(failure), category=failure.category)

    def _subject(self) -> Subject:
        view, diagnostic = self.outcome.view, self.outcome.diagnostic
        if diagnostic is not None:
            return of_problem(problem_of(view, diagnostic))
        return Subject(view, wish=self.wish)

    async def _ask_models(self, deadline: float) -> None:
        """Ask one model after the other until an answer may be shown."""
        view, services = self.outcome.view, self.services
        subject = await asyncio.to_thread(self._subject)
        if self.wish is not None and not self.order:
            self.outcome = nobody_to_ask(
                self.outcome, self.chosen.told, self.services.adding_models
            )
            return
        baseline = self.how.baseline
        if baseline is None:
            services.listen(Event("looking at the text as it is"))
            baseline = await check(view, services.settings)
        targets = () if subject.target is None else (subject.target,)
        found = await with_asked_rules(view, targets, baseline, services.settings)
        baseline, subject = found[0], replace(subject, view=found[1])
        answering = Answering(
            subject=subject,
            order=self.order,
            baseline=baseline,
            services=services,
            run_id=self.outcome.run_id,
            deadline=deadline,
            named=self.chosen.named,
            together=self.chosen.together,
            tried=self.tried,
        )
        try:
            answer = await answering.answer()
        finally:
            self.outcome = replace(
                self.outcome,
                asked=tuple(answering.asked),
                handovers=(*self.chosen.said, *answering.said),
                cost_usd=answering.cost_usd,
                prompt=answering.prompt,
                influences=answering.influences,
            )
        if answer.offered is not None:
            passed = self.chosen.passed_over(answering.asked)
            self.outcome = replace(
                self.outcome,
                status=Status.OFFERED,
                candidate=answer.offered,
                handovers=(*passed, *self.outcome.handovers),
            )
            return
        self.outcome = replace(
            self.outcome,
            status=Status.WITHHELD if answer.withheld else Status.UNFIXED,
            candidate=answer.withheld,
            reason=f"{answer.reason} {self.chosen.told}".strip(),
            category=answer.category,
            failure=answer.failure,
        )


def _work(about: Occasion, services: Services, how: How) -> _Work:
    settings, run_id = services.settings, how.run_id or new_id()
    situation = situation_of(about, services, how.job or run_id)
    situation = replace(situation, racing=services.reach is not None)
    chosen = route(services.task, settings, how.model, situation, services.adding_models)
    models = [find_model(settings, model) for model in chosen.models]
    outcome = Outcome(
        run_id,
        Status.FAILED,
        about.view,
        about.diagnostic,
        models=chosen.models,
        task=services.task.id,
    )
    order = [model for model in models if model is not None]
    if services.reach is not None:
        order = [services.reach.as_learned(model) for model in order]
    return _Work(outcome, services, how, order, chosen)
