"""`understudy.journalExport`: opens what is recorded as a document."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import attrs

from understudy.core.plural import plural
from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_for

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import JournalExportArguments
    from understudy.lsp.jobs import Job

_ENDINGS = {"jsonl": "jsonl", "csv": "csv", "markdown": "md"}


def _run(app: App, arguments: JournalExportArguments) -> dict[str, str]:
    async def work(job: Job) -> str:
        return await _show(app, job, arguments)

    return start_for(app, "", "Reading the journal", work)


async def _show(app: App, job: Job, arguments: JournalExportArguments) -> str:
    from understudy.lsp.reports import show_report
    from understudy.lsp.telemetry_shown import written

    # People read it here, and not programs.
    wanted = attrs.evolve(arguments, format=arguments.format or "markdown")
    text, number = await asyncio.to_thread(written, app, wanted)
    ending = _ENDINGS.get(wanted.format or "", "txt")
    return await show_report(app, f"{job.id}/journal.{ending}", text, f"{plural(number, 'row')}.")


COMMAND = ServerCommand(
    id="understudy.journalExport",
    arguments="JournalExportArguments",
    run=_run,
    summary="Opens what is recorded: the runs as a table, or what the arguments say.",
)
