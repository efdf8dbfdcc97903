"""One task from a `View` to an `Outcome`."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.context.names import Names
from understudy.core.failures import FailureCategory, UnavailableError
from understudy.core.ids import new_id
from understudy.engine.attempt import Answer, Ask, attempt
from understudy.engine.checking import check
from understudy.engine.outcome import Outcome, Status
from understudy.engine.record import begin, end
from understudy.engine.router import route
from understudy.engine.services import Event
from understudy.fixers import Problem
from understudy.tasks.fix import TASK

if TYPE_CHECKING:
    from understudy.engine.evidence import CheckReport
    from understudy.engine.services import Services
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
    """

    model: str | None = None
    baseline: tuple[CheckReport, ...] | None = None
    run_id: str = ""
    job: str = ""


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
    models = route(TASK, services.settings, how.model)
    started = time.monotonic()
    run_id = how.run_id or new_id()
    outcome = Outcome(run_id, Status.FAILED, view, diagnostic, models=models)
    begin(outcome, TASK.id, how.job or run_id, services)
    try:
        answered = await _answer(outcome, services, how.baseline)
        outcome = replace(answered, seconds=time.monotonic() - started)
    except asyncio.CancelledError:
        outcome = replace(
            outcome,
            status=Status.CANCELLED,
            category=FailureCategory.CANCELLED,
            reason="The run was cancelled.",
            seconds=time.monotonic() - started,
        )
        raise
    finally:
        end(outcome, TASK.id, services)
    return outcome


def problem_of(view: View, diagnostic: Diagnostic) -> Problem:
    """A diagnostic with the names around it."""
    return Problem(view, diagnostic, Names(view, view.environment))


async def _answer(
    outcome: Outcome, services: Services, baseline: tuple[CheckReport, ...] | None
) -> Outcome:
    limit_s = services.settings.fix.timeout_s
    try:
        async with asyncio.timeout(limit_s):
            return await _cascade(outcome, services, baseline)
    except TimeoutError:
        return replace(
            outcome,
            reason=f"The run did not end within {limit_s:g} s (`fix.timeout_s`).",
            category=FailureCategory.TIMEOUT,
        )
    except UnavailableError as failure:
        return replace(outcome, reason=str(failure), category=failure.category)


async def _cascade(
    outcome: Outcome, services: Services, baseline: tuple[CheckReport, ...] | None
) -> Outcome:
    """Ask one model after the other until an answer may be shown."""
    view, diagnostic = outcome.view, outcome.diagnostic
    assert diagnostic is not None  # noqa: S101 - `fix` always sets it
    if baseline is None:
        services.listen(Event("looking at the text as it is"))
        baseline = await check(view, services.settings)
    problem = problem_of(view, diagnostic)
    answer = Answer()
    tried = 0
    for model in outcome.models:
        services.listen(Event(f"asking {model}"))
        answer = await attempt(Ask(problem, TASK.id, model, baseline, services))
        tried += answer.tried
        if answer.offered is not None:
            return replace(outcome, status=Status.OFFERED, candidate=answer.offered, tried=tried)
    return replace(
        outcome,
        status=Status.WITHHELD if answer.withheld else Status.UNFIXED,
        candidate=answer.withheld,
        reason=answer.reason,
        category=answer.category,
        tried=tried,
    )
