"""The work behind `understudy.review` and `understudy.fixFinding`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.core.plural import plural
from understudy.engine.inquiry import UNCHECKED, facts, subject_lines, where
from understudy.engine.reviewing import as_markdown, review, so_far, wish_of
from understudy.lsp.asking import Asked
from understudy.lsp.changing import carry_out_here
from understudy.lsp.editable import require_writable
from understudy.lsp.failed import not_done
from understudy.lsp.findings import stand
from understudy.lsp.inquiring import inquire
from understudy.lsp.screen import Screen
from understudy.lsp.withheld import tell_failed
from understudy.tasks.fix import TASK as FIX
from understudy.tasks.review import TASK as REVIEW

if TYPE_CHECKING:
    from understudy.engine.reviewing import Finding, Review
    from understudy.engine.telling import Told
    from understudy.lsp.app import App
    from understudy.lsp.findings import Standing
    from understudy.lsp.jobs import Job
    from understudy.workspace.view import View


async def review_here(app: App, job: Job, view: View, model: str | None) -> str:
    """Review what is selected; with nothing selected, the symbol or block around the cursor.

    Returns:
        The last word for the progress display.
    """
    lines = await asyncio.to_thread(subject_lines, view)
    place = where(view, lines)
    screen = Screen(app, job, "review", place, lambda text: as_markdown(so_far(text, view, lines)))
    try:
        told = await inquire(
            app, job, view, Asked(REVIEW, model), lambda start: review(start, lines, screen)
        )
    except BaseException:
        screen.show("failed", note="The review was broken off.")
        raise
    if told.answer is None:
        screen.show("failed", note=f"{not_done(told.outcome)}: {told.outcome.reason}")
        return await tell_failed(app, job, told.outcome)
    shown = stand(app, view, lines, told.answer.findings, told.model)
    text = _in_words(told, told.answer, place, shown)
    if not screen.show("finished", as_markdown(told.answer), text):
        app.say(text)
    return text


async def fix_finding(app: App, job: Job, view: View, finding: Finding, standing: Standing) -> str:
    """Put a finding right: with the change that came with it if that is proved, else by asking.

    Args:
        app: the server.
        job: the work's display.
        view: the document as it is now.
        finding: with its lines in that document.
        standing: the finding as it is shown.
    """
    await asyncio.to_thread(require_writable, view)
    wish = await asyncio.to_thread(wish_of, view, finding, standing.model)
    return await carry_out_here(app, job, view, Asked(FIX, None), wish)


def _in_words(told: Told[Review], found: Review, place: str, shown: int) -> str:
    """What was found, and what became of findings that are not shown."""
    count = plural(shown, "finding") if shown else "no findings"
    text = f"{told.model} reviewed {place}: {count}."
    for number, why in (
        (found.dropped, "Left out, for quoting what is not there"),
        (len(found.findings) - shown, "Left out, for lines that have changed since"),
        (found.unshown, "Not shown, for there are too many"),
    ):
        text += f" {why}: {number}." if number else ""
    unchecked = f" {UNCHECKED}" if shown else ""
    return f"{text} {facts(told.outcome)}{unchecked}"
