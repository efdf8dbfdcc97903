"""The work behind `understudy.fix` and `understudy.fixFile`."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.engine.told import told_of
from understudy.lsp.again import failed_before
from understudy.lsp.asking import Asked, agrees_to_more, in_vain, prepared
from understudy.lsp.deliver import deliver
from understudy.lsp.failed import remember
from understudy.lsp.notebooks import Doubts
from understudy.lsp.withheld import tell_nothing_proved
from understudy.lsp.wording import nothing_found
from understudy.tasks.fix import TASK as FIX
from understudy.tasks.fix_file import TASK as FIX_FILE

if TYPE_CHECKING:
    from understudy.engine.sweep import Sweep
    from understudy.lsp.app import App
    from understudy.lsp.jobs import Job
    from understudy.workspace.view import View


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
    while in_vain(sweep) and await agrees_to_more(app, job, sweep, asked):
        sweep = await _walk(app, job, view, asked, doubts)
    if not sweep.outcomes:
        text = nothing_found(sweep) + doubts.told()
        app.say(text)
        return text
    remember(app, view.uri, sweep.outcomes)
    if in_vain(sweep):
        return await tell_nothing_proved(app, job, sweep)
    return await deliver(app, job, sweep)


async def _walk(app: App, job: Job, view: View, asked: Asked, doubts: Doubts) -> Sweep:
    failed = failed_before(app, view) if asked.task is FIX else []
    sweep = await prepared(app, job, view, asked)
    sweep.wanted = doubts.allow
    told = await asyncio.to_thread(told_of, failed)
    sweep.services = replace(sweep.services, told=told)
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
