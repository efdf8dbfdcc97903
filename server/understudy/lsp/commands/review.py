"""`understudy.review`: has code looked over for mistakes."""

from __future__ import annotations

from understudy.lsp.commands import ServerCommand
from understudy.lsp.start_inquiring import start_reviewing

COMMAND = ServerCommand(
    id="understudy.review",
    arguments="ReviewArguments",
    run=start_reviewing,
    summary="Has code looked over for mistakes; what is found is published as diagnostics.",
)
