"""`understudy.runTests`: run the tests that belong to an edit which waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import EditArguments


def _run(app: App, arguments: EditArguments) -> dict[str, str]:
    from understudy.lsp.ready_tests import start_tests

    return start_tests(app, app.session.ready.require(arguments.edit_id), asked=True)


COMMAND = ServerCommand(
    id="understudy.runTests",
    arguments="EditArguments",
    run=_run,
    summary="Runs the tests that belong to an edit which waits, in a copy of the project.",
)
