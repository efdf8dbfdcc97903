"""`understudy.models`: which models can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.models.registry import known_models

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(_app: App, _arguments: object) -> dict[str, list[dict[str, object]]]:
    return {
        "models": [
            {
                "id": model.id,
                "costTier": model.cost_tier,
                "locality": model.locality,
                "capabilities": sorted(model.capabilities),
                "summary": model.summary,
            }
            for model in known_models().values()
        ]
    }


COMMAND = ServerCommand(
    id="understudy.models",
    arguments="NoArguments",
    run=_run,
    summary="Lists the models that can be asked.",
    answer='{"models": [{"id": "builtin/rules", "costTier": "free", "locality": "built-in", "…": "…"}]}',
)
