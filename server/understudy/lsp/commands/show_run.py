"""`understudy.showRun`: what a run tried, what was proved, and what became of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.recorded import store_rows
from understudy.lsp.starting import start_for

if TYPE_CHECKING:
    from understudy.journal.queries import RunDetails
    from understudy.lsp.app import App
    from understudy.lsp.extensions import ShowRunArguments
    from understudy.lsp.jobs import Job


def _run(app: App, arguments: ShowRunArguments) -> dict[str, str]:
    async def work(job: Job) -> str:
        return await _show(app, job, arguments.run_id)

    return start_for(app, "", "Reading the journal", work)


async def _show(app: App, job: Job, run_id: str) -> str:
    from understudy.journal.run_text import detail_lines, one_line
    from understudy.learning.shelf import lesson_names
    from understudy.lsp.reports import show_report

    found = await asyncio.to_thread(_read, app, run_id)
    names = await asyncio.to_thread(lesson_names, tuple(app.session.roots))
    text = "".join(line + "\n" for run in found for line in (*detail_lines(run, names), ""))
    more = f" ({len(found) - 1} more with it.)" if len(found) > 1 else ""
    return await show_report(app, f"{job.id}/run.txt", text, one_line(found[0].run) + more)


def _read(app: App, run_id: str) -> tuple[RunDetails, ...]:
    from understudy.config.paths import journal_file
    from understudy.journal.queries import runs_named

    store_rows(app)
    return runs_named(journal_file(), run_id)


COMMAND = ServerCommand(
    id="understudy.showRun",
    arguments="ShowRunArguments",
    run=_run,
    summary="Opens a report of a run, or of all runs that a command started.",
)
