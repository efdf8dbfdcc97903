"""The work behind `understudy.explain`: an explanation that grows while it is written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.engine.explaining import explanation, so_far
from understudy.engine.inquiry import UNCHECKED, facts, subject_lines, where
from understudy.lsp.asking import Asked
from understudy.lsp.diffs import show, write
from understudy.lsp.failed import not_done
from understudy.lsp.inquiring import inquire
from understudy.lsp.screen import Screen
from understudy.lsp.withheld import tell_failed
from understudy.reading.harmless import harmless
from understudy.tasks.explain import TASK as EXPLAIN

if TYPE_CHECKING:
    from understudy.engine.telling import Told
    from understudy.lsp.app import App
    from understudy.lsp.jobs import Job
    from understudy.workspace.view import View


async def explain_here(app: App, job: Job, view: View, model: str | None) -> str:
    """Explain what is selected; with nothing selected, the symbol or block around the cursor.

    Returns:
        The last word for the progress display.
    """
    lines = await asyncio.to_thread(subject_lines, view)
    place = where(view, lines)
    screen = Screen(app, job, "explain", place, so_far)
    try:
        told = await inquire(
            app, job, view, Asked(EXPLAIN, model), lambda start: explanation(start, lines, screen)
        )
    except BaseException:
        screen.show("failed", note="The explanation was broken off.")
        raise
    if told.answer is None:
        screen.show("failed", note=f"{not_done(told.outcome)}: {told.outcome.reason}")
        return await tell_failed(app, job, told.outcome)
    return await _finished(app, job, screen, told, place)


async def _finished(app: App, job: Job, screen: Screen, told: Told[str], place: str) -> str:
    text = told.answer or ""
    short = f"{told.model} explained {place}. {facts(told.outcome)}"
    head = harmless(f"# `{place}`\n\nBy `{told.model}`. {facts(told.outcome)} {UNCHECKED}")
    if screen.show("finished", text, f"{short} {UNCHECKED}"):
        return short
    if app.session.client.shows_documents:
        name = f"explanation-{job.id}.md"
        uri = await asyncio.to_thread(write, app.scratch(), name, f"{head}\n---\n\n{text}")
        if await show(app, uri):
            return short
    app.say(f"{short} {UNCHECKED}\n\n{text}")
    return short
