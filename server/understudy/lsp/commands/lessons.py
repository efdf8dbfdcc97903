"""`understudy.lessons`: what was learned from failures, and what waits for a review."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_for

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import LessonsArguments
    from understudy.lsp.jobs import Job


def _run(app: App, arguments: LessonsArguments) -> dict[str, str]:
    async def work(job: Job) -> str:
        from understudy.lsp.lesson_documents import REPORT
        from understudy.lsp.lessons_shown import in_words
        from understudy.lsp.reports import show_report

        text, short = await asyncio.to_thread(in_words, app, arguments)
        return await show_report(app, f"{job.id}/{REPORT}", text, short)

    return start_for(app, "", "Reading lessons", work)


COMMAND = ServerCommand(
    id="understudy.lessons",
    arguments="LessonsArguments",
    run=_run,
    summary=(
        "Opens a report of what was learned from failures, with the evidence. Its lines have code"
        " actions that accept, edit, reject or pause a lesson."
    ),
)
