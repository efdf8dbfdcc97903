"""`understudy.models`: which models can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.models.registry import known_models, offline_model

if TYPE_CHECKING:
    from understudy.journal.breaker_rows import Pause
    from understudy.lsp.app import App
    from understudy.models.registry import Model


def _run(app: App, _arguments: object) -> dict[str, list[dict[str, object]]]:
    """Of all folders; before their settings were read, the model that is always there."""
    found = {offline_model().id: offline_model()}
    for settings in app.session.settings.values():
        found |= known_models(settings)
    background = app.background
    pauses = background.pauses if background is not None else ()
    if background is not None:
        # One that is over is not told the next time, even if nobody asks a model until then.
        app.spawn(background.look_at_pauses(), "pauses")
    return {"models": [_shown(model, pauses) for model in found.values()]}


def _shown(model: Model, pauses: tuple[Pause, ...]) -> dict[str, object]:
    """A price that nobody knows is null, which is not nothing; so is what stands against a model."""
    paused = (
        pause.why
        for pause in pauses
        if pause.provider == model.provider and pause.model in {"", model.id}
    )
    return {
        "id": model.id,
        "provider": model.provider,
        "costTier": model.cost_tier,
        "locality": model.locality,
        "contextWindow": model.context_window,
        "priceIn": model.price_in,
        "priceOut": model.price_out,
        "inferred": model.inferred,
        "paused": next(paused, None),
        "capabilities": sorted(model.capabilities),
        "summary": model.summary,
    }


COMMAND = ServerCommand(
    id="understudy.models",
    arguments="NoArguments",
    run=_run,
    summary="Lists the models that can be asked.",
    answer='{"models": [{"id": "builtin/rules", "costTier": "free", "locality": "built-in", "paused": null, "…": "…"}]}',
)
