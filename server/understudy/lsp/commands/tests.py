"""`understudy.tests`: writes tests of the symbol at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.writing_tests import start_writing_tests

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import TestsArguments


def _run(app: App, arguments: TestsArguments) -> dict[str, str]:
    return start_writing_tests(app, arguments)


COMMAND = ServerCommand(
    id="understudy.tests",
    arguments="TestsArguments",
    run=_run,
    summary="Writes tests of the symbol at a place, into the file where its tests are kept.",
)
