"""`understudy.edit`: changes the selected code as an instruction says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_change

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import EditTextArguments


def _run(app: App, arguments: EditTextArguments) -> dict[str, str]:
    return start_change(app, arguments, "edit", arguments.instruction or "")


COMMAND = ServerCommand(
    id="understudy.edit",
    arguments="EditTextArguments",
    run=_run,
    summary="Changes the selected code as an instruction says.",
)
