"""`understudy.effectiveness`: how much each way to ask once more after a failure helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_report

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import EffectivenessArguments


def _run(app: App, arguments: EffectivenessArguments) -> dict[str, str]:
    def told() -> tuple[str, str]:
        from understudy.lsp.effectiveness_shown import in_words

        return in_words(app, arguments)

    return start_report(app, "effectiveness", "Counting what strategies did", told)


COMMAND = ServerCommand(
    id="understudy.effectiveness",
    arguments="EffectivenessArguments",
    run=_run,
    summary=(
        "Opens a report of what was done after failed edits, and how much each way to ask once more"
        " helped against the plain one."
    ),
)
