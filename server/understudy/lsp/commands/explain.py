"""`understudy.explain`: explains the code at a place."""

from __future__ import annotations

from understudy.lsp.commands import ServerCommand
from understudy.lsp.start_inquiring import start_explaining

COMMAND = ServerCommand(
    id="understudy.explain",
    arguments="ExplainArguments",
    run=start_explaining,
    summary="Explains the code at a place, and the problems that are reported there.",
)
