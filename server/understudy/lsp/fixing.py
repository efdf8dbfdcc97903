"""The work behind `understudy.fix` and `understudy.fixFile`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.engine.outcome import Status
from understudy.engine.services import Services
from understudy.engine.sweep import Sweep
from understudy.lsp.deliver import deliver
from understudy.lsp.notebooks import Doubts
from understudy.lsp.withheld import tell_nothing_proved
from understudy.lsp.wording import nothing_found
from understudy.tasks.fix import TASK as FIX
from understudy.tasks.fix_file import TASK as FIX_FILE

if TYPE_CHECKING:
    from understudy.engine.services import Surface
    from understudy.lsp.app import App
    from understudy.lsp.jobs import Job
    from understudy.tasks import Task
    from understudy.workspace.view import View

_SURFACE: Surface = "lsp"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, and of which model; None for the route of the task."""

    task: Task
    model: str | None


async def fix_here(app: App, job: Job, view: View, model: str | None) -> str:
    """Fix what touches the view's selection; of the client's diagnostics only those, if any.

    Returns:
        The last word for the progress display.
    """
    sweep = await _sweep(app, job, view, Asked(FIX, model))
    doubts = Doubts(view)
    sweep.wanted = doubts.allow
    sweep.region = view.selection
    if view.diagnostics:
        sweep.given = tuple(filter(doubts.allow, view.diagnostics))
        sweep.only_given = True
        sweep.region = None
    return await _work(app, job, sweep, doubts)


async def fix_file(app: App, job: Job, view: View, model: str | None) -> str:
    """Fix everything that the checkers find in the view's document."""
    sweep = await _sweep(app, job, view, Asked(FIX_FILE, model))
    doubts = Doubts(view)
    sweep.wanted = doubts.allow
    return await _work(app, job, sweep, doubts)


async def _sweep(app: App, job: Job, view: View, asked: Asked) -> Sweep:
    background = app.background
    assert background is not None  # noqa: S101 - jobs start after `initialize`
    await background.until_settled()
    await background.keep_up()
    # The text stays as it was asked about; what may run is known only now.
    settings = app.session.settings_for(view.root)
    view = replace(
        view,
        policy=app.session.policy_for(view.root),
        environment=settings.python.environment,
    )
    services = Services(
        settings=settings,
        recorder=background,
        past=background,
        task=asked.task,
        surface=_SURFACE,
        editor=app.session.client.name,
        listen=job.hear,
    )
    return Sweep(start=view, services=services, model=asked.model, job=job.id)


async def _work(app: App, job: Job, sweep: Sweep, doubts: Doubts) -> str:
    async for outcome in sweep.steps():
        what = "an edit was found" if outcome.offered else outcome.status.value
        app.write_log(f"{outcome.run_id}: {what} in {outcome.seconds:.2f} s")
    if not sweep.outcomes:
        text = nothing_found(sweep) + doubts.told()
        app.say(text)
        return text
    if not sweep.taken and not _reviewable(sweep):
        return await tell_nothing_proved(app, job, sweep)
    return await deliver(app, job, sweep)


def _reviewable(sweep: Sweep) -> bool:
    return any(outcome.status is Status.OFFERED for outcome in sweep.outcomes)
