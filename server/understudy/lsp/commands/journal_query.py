"""`understudy.journalQuery`: opens what a question to the journal finds."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import attrs

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_for

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import JournalQueryArguments
    from understudy.lsp.jobs import Job

_WAIT_S = 300.0


def _run(app: App, arguments: JournalQueryArguments) -> dict[str, str]:
    async def work(job: Job) -> str:
        return await _show(app, job, arguments)

    return start_for(app, "", "Asking the journal", work)


async def _show(app: App, job: Job, arguments: JournalQueryArguments) -> str:
    from understudy.lsp.reports import show_report
    from understudy.lsp.telemetry_shown import asked, in_words

    if not arguments.sql and not arguments.saved:
        job.waits = True
        name = await _chosen(app)
        job.waits = False
        if not name:
            return "Nothing was asked."
        arguments = attrs.evolve(arguments, saved=name)
    answer = await asyncio.to_thread(asked, app, arguments)
    text, short = in_words(answer, await asyncio.to_thread(_about, arguments))
    return await show_report(app, f"{job.id}/journal.txt", text, short)


async def _chosen(app: App) -> str:
    """The name of the saved query that the user wants; the first one where nobody can be asked."""
    from understudy.journal.saved_queries import SAVED
    from understudy.lsp.choosing import pick

    told = await pick(app, "What do you want to know?", [*SAVED], wait_s=_WAIT_S, warning=False)
    return next(iter(SAVED)) if told is None else told


def _about(arguments: JournalQueryArguments) -> str:
    from understudy.journal.saved_queries import saved_query

    return saved_query(arguments.saved).about if arguments.saved else arguments.sql or ""


COMMAND = ServerCommand(
    id="understudy.journalQuery",
    arguments="JournalQueryArguments",
    run=_run,
    summary=(
        "Opens what a question to the journal finds: in SQL, which only reads, or by the name of a"
        " saved query. Without either, you are asked which one."
    ),
)
