"""`understudy.fixFinding`: puts right what a review found."""

from __future__ import annotations

from understudy.lsp.commands import ServerCommand
from understudy.lsp.start_inquiring import start_fixing_finding

COMMAND = ServerCommand(
    id="understudy.fixFinding",
    arguments="FixFindingArguments",
    run=start_fixing_finding,
    summary="Puts right what a review found, by the change that came with it if that is proved.",
)
