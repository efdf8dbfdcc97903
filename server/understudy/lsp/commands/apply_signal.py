"""`understudy.applySignal`: write what a signal of the doctor offers into the user's configuration."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_for

if TYPE_CHECKING:
    from understudy.config.settings import Settings
    from understudy.lsp.app import App
    from understudy.lsp.extensions import ApplySignalArguments
    from understudy.lsp.jobs import Job


def _run(app: App, arguments: ApplySignalArguments) -> dict[str, str]:
    async def work(_: Job) -> str:
        settings = app.session.settings_for(None)
        told = await asyncio.to_thread(_applied, settings, arguments)
        if app.background is not None:
            await app.background.keep_up()
        app.say(told)
        return told

    return start_for(app, "", "Writing a setting", work)


def _applied(settings: Settings, arguments: ApplySignalArguments) -> str:
    from understudy.editors.files import carry_out
    from understudy.engine.signals_fired import planned

    one, made = planned(settings, arguments.signal, arguments.subject)
    carry_out(made)
    effect = one.offer.effect if one.offer is not None else ""
    return f"`{one.setting}` is set now in `{made.path}`. {effect}"


COMMAND = ServerCommand(
    id="understudy.applySignal",
    arguments="ApplySignalArguments",
    run=_run,
    summary=(
        "Writes the setting that a signal of the doctor offers into the user's configuration, whose"
        " comments stay, and keeps the old text beside it."
    ),
)
