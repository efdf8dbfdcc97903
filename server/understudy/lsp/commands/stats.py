"""`understudy.stats`: how each model does, and which one is best for a task."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_for

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import StatsArguments
    from understudy.lsp.jobs import Job


def _run(app: App, arguments: StatsArguments) -> dict[str, str]:
    async def work(job: Job) -> str:
        return await _show(app, job, arguments)

    return start_for(app, "", "Counting what models did", work)


async def _show(app: App, job: Job, arguments: StatsArguments) -> str:
    from understudy.lsp.reports import show_report

    text, short = await asyncio.to_thread(_in_words, app, arguments)
    return await show_report(app, f"stats-{job.id}.txt", text, short)


def _in_words(app: App, arguments: StatsArguments) -> tuple[str, str]:
    from understudy.lsp.stats_shown import in_words

    return in_words(app, arguments)


COMMAND = ServerCommand(
    id="understudy.stats",
    arguments="StatsArguments",
    run=_run,
    summary=(
        "Opens a report of how each model does: what was proved and kept, how fast, and at what cost."
        " With `best`, it says which model is best for a task."
    ),
)
