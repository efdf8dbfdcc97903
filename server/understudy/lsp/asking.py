"""What all work with models has in common: what it needs, and leave to send code."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.addresses import shown_origin
from understudy.engine.agreement import unagreed
from understudy.engine.outcome import Status
from understudy.engine.router import route
from understudy.engine.services import ADDING_MODELS, Services, recorder_in
from understudy.engine.sweep import Sweep
from understudy.journal.ledger import MemoryLedger
from understudy.lsp.agreeing import agrees
from understudy.lsp.consenting import ask_consent
from understudy.providers import provider_of

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


def in_vain(sweep: Sweep) -> bool:
    """Whether there were problems, and nothing can be offered for any of them."""
    offered = any(outcome.status is Status.OFFERED for outcome in sweep.outcomes)
    return bool(sweep.outcomes) and not sweep.taken and not offered


async def agrees_to_more(app: App, job: Job, sweep: Sweep, asked: Asked) -> bool:
    """Whether the user now lets a provider see the code, whose models could not be asked."""
    view, settings = sweep.start, sweep.services.settings
    if view.root is None or not view.policy.may_ask_models:
        return False
    models = await asyncio.to_thread(unagreed, asked.task, settings, asked.model, view.policy)
    for model in models:
        provider = provider_of(model, settings)
        origin = shown_origin(provider.address(settings))
        job.waits = True
        agreed = await ask_consent(app, provider.title, provider.id, origin, view.root)
        job.waits = False
        # A no to one provider, now or earlier, says nothing of those behind it.
        if agreed:
            return True
    return False


async def prepared(app: App, job: Job, view: View, asked: Asked) -> Sweep:
    """An empty walk over the view, with everything that its runs need."""
    background = app.background
    assert background is not None  # noqa: S101 - jobs start after `initialize`
    await background.until_settled()
    await background.keep_up()
    if job.asked:
        app.alarm.look()
    # The text stays as it was asked about; what may run is known only now.
    settings = app.session.settings_for(view.root)
    # The command may have been answered before anyone knew which models there are.
    await asyncio.to_thread(route, asked.task, settings, asked.model)
    view = replace(
        view,
        policy=app.session.policy_for(view.root),
        environment=settings.python.environment,
    )
    services = services_for(app, job, view, asked.task)
    return Sweep(start=view, services=services, model=asked.model, job=job.id)


def services_for(app: App, job: Job, view: View, task: Task) -> Services:
    """What a job's runs need, by the settings that count now."""
    background = app.background
    assert background is not None  # noqa: S101 - jobs start after `initialize`
    settings = app.session.settings_for(view.root)
    return Services(
        settings=settings,
        recorder=recorder_in(background, settings),
        past=background,
        task=task,
        surface=_SURFACE,
        editor=app.session.client.name,
        listen=job.hear,
        reach=background.reach,
        state=background.reach.state(settings) if background.reach else MemoryLedger(),
        confirm=lambda question: agrees(app, view.root, question),
        request=job.id,
        index=app.indexing.at_hand(),
        adding_models=app.session.client.adding_models or ADDING_MODELS,
    )
