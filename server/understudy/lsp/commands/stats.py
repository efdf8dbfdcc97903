"""`understudy.stats`: how each model does, and which one is best for a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_report

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import StatsArguments


def _run(app: App, arguments: StatsArguments) -> dict[str, str]:
    def told() -> tuple[str, str]:
        from understudy.lsp.stats_shown import in_words

        return in_words(app, arguments)

    return start_report(app, "stats", "Counting what models did", told)


COMMAND = ServerCommand(
    id="understudy.stats",
    arguments="StatsArguments",
    run=_run,
    summary=(
        "Opens a report of how each model does: what was proved and kept, how fast, and at what cost."
        " With `best`, it says which model is best for a task."
    ),
)
