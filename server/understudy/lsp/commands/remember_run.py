"""`understudy.rememberRun`: a lesson of what solved a run that had failed, for the user to review."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.recorded import store_rows
from understudy.lsp.starting import start_for

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import RememberRunArguments
    from understudy.lsp.jobs import Job


def _run(app: App, arguments: RememberRunArguments) -> dict[str, str]:
    async def work(_: Job) -> str:
        told = await asyncio.to_thread(_remember, app, arguments)
        app.say(told)
        return told

    return start_for(app, "", "Remembering a run", work)


def _remember(app: App, arguments: RememberRunArguments) -> str:
    from understudy.engine.remembering import remember_run

    store_rows(app)
    rules = app.session.settings_for(None).learning
    return remember_run(arguments.run_id, arguments.words or "", rules)


COMMAND = ServerCommand(
    id="understudy.rememberRun",
    arguments="RememberRunArguments",
    run=_run,
    summary=(
        "Makes a lesson of what solved a run in which a model had failed. It waits for your review."
    ),
)
