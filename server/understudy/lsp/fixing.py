"""The work behind `understudy.fix` and `understudy.fixFile`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.addresses import shown_origin
from understudy.engine.agreement import unagreed
from understudy.engine.outcome import Status
from understudy.engine.router import route
from understudy.engine.services import Services
from understudy.engine.sweep import Sweep
from understudy.journal.ledger import MemoryLedger
from understudy.lsp.agreeing import agrees
from understudy.lsp.consenting import ask_consent
from understudy.lsp.deliver import deliver
from understudy.lsp.failed import remember
from understudy.lsp.notebooks import Doubts
from understudy.lsp.withheld import tell_nothing_proved
from understudy.lsp.wording import nothing_found
from understudy.providers import provider_of
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
    return await _fix(app, job, view, Asked(FIX, model))


async def fix_file(app: App, job: Job, view: View, model: str | None) -> str:
    """Fix everything that the checkers find in the view's document."""
    return await _fix(app, job, view, Asked(FIX_FILE, model))


async def _fix(app: App, job: Job, view: View, asked: Asked) -> str:
    doubts = Doubts(view)
    sweep = await _walk(app, job, view, asked, doubts)
    # Each yes is to another provider, so this ends with the last one of the route.
    while _in_vain(sweep) and await _agrees_to_more(app, job, sweep, asked):
        sweep = await _walk(app, job, view, asked, doubts)
    if not sweep.outcomes:
        text = nothing_found(sweep) + doubts.told()
        app.say(text)
        return text
    remember(app, view.uri, sweep.outcomes)
    if _in_vain(sweep):
        return await tell_nothing_proved(app, job, sweep)
    return await deliver(app, job, sweep)


async def _walk(app: App, job: Job, view: View, asked: Asked, doubts: Doubts) -> Sweep:
    sweep = await _sweep(app, job, view, asked)
    sweep.wanted = doubts.allow
    if asked.task is FIX:
        sweep.region = view.selection
        if view.diagnostics:
            sweep.given = tuple(filter(doubts.allow, view.diagnostics))
            sweep.only_given = True
            sweep.region = None
    async for outcome in sweep.steps():
        what = "an edit was found" if outcome.offered else outcome.status.value
        app.write_log(f"{outcome.run_id}: {what} in {outcome.seconds:.2f} s")
    if app.background is not None:
        await app.background.look_at_pauses()
    return sweep


def _in_vain(sweep: Sweep) -> bool:
    """Whether there were problems, and nothing can be offered for any of them."""
    offered = any(outcome.status is Status.OFFERED for outcome in sweep.outcomes)
    return bool(sweep.outcomes) and not sweep.taken and not offered


async def _agrees_to_more(app: App, job: Job, sweep: Sweep, asked: Asked) -> bool:
    """Whether the user now lets a provider see the code, whose models could not be asked."""
    view, settings = sweep.start, sweep.services.settings
    if view.root is None or not view.policy.may_ask_models:
        return False
    model = await asyncio.to_thread(unagreed, asked.task, settings, asked.model, view.policy)
    if model is None:
        return False
    provider = provider_of(model, settings)
    origin = shown_origin(provider.address(settings))
    job.waits = True
    agreed = await ask_consent(app, provider.title, provider.id, origin, view.root)
    job.waits = False
    return agreed


async def _sweep(app: App, job: Job, view: View, asked: Asked) -> Sweep:
    background = app.background
    assert background is not None  # noqa: S101 - jobs start after `initialize`
    await background.until_settled()
    await background.keep_up()
    # The text stays as it was asked about; what may run is known only now.
    settings = app.session.settings_for(view.root)
    # The command may have been answered before anyone knew which models there are.
    await asyncio.to_thread(route, asked.task, settings, asked.model)
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
        reach=background.reach,
        state=background.reach.ledger if background.reach else MemoryLedger(),
        confirm=lambda question: agrees(app, view.root, question),
    )
    return Sweep(start=view, services=services, model=asked.model, job=job.id)
