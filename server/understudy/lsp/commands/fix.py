"""`understudy.fix`: fix what is wrong at a place."""

from __future__ import annotations

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_fix

COMMAND = ServerCommand(
    id="understudy.fix",
    arguments="FixArguments",
    run=start_fix,
    summary="Fixes the problems at a place, or exactly the diagnostics that are given.",
)
