"""`workspace/executeCommand`: answered at once; the work goes on as a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from understudy.core.failures import BadRequestError
from understudy.lsp.commands import all_commands
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.ExecuteCommandParams) -> Any:
    command = all_commands().get(params.command)
    if command is None:
        raise BadRequestError(f"Understudy has no command `{params.command}`.")
    from understudy.lsp.extensions import read

    return command.run(app, read(command.arguments, command.id, params.arguments))


HANDLER = Handler(id=lsp.WORKSPACE_EXECUTE_COMMAND, run=_run)
