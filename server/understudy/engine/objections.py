"""Why a model can't be asked in a situation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.engine.situation import Situation
    from understudy.models.registry import Model

_NO_TRUST = "may not see this workspace's code (trust the folder in the editor first)"
_NO_CONSENT = (
    "may not see this workspace's code (agree first: `Understudy: Consent` in VS Code,"
    " `understudy consent {provider}` elsewhere)"
)


def objection(model: Model, situation: Situation) -> str:
    """Why a model can't be asked now, as a clause; empty when it can."""
    why = situation.against.get(model.id, "")
    if not model.enabled:
        why = "is switched off, or its provider is"
    elif model.locality != "built-in" and (missing := situation.needs - model.capabilities):
        why = f"lacks {', '.join(sorted(missing))}"
    elif model.locality != "built-in" and situation.tokens > model.context_window:
        window, needed = model.context_window, situation.tokens
        why = f"has a window of {window:,} tokens, and {needed:,} are needed"
    elif private := _is_private(model, situation):
        # Who is asked for leave, and then for a key, has agreed for nothing.
        why = why or private
    elif situation.free_only and _may_cost(model):
        why = "may cost something, and nobody asked for this"
    return why


def _is_private(model: Model, situation: Situation) -> str:
    policy = situation.policy
    if policy is None or model.locality == "built-in":
        return ""
    if not policy.may_ask_models:
        return _NO_TRUST
    agreed = model.locality == "local" or model.provider in policy.clouds
    return "" if agreed else _NO_CONSENT.format(provider=model.provider)


def _may_cost(model: Model) -> bool:
    # The server imports this module at its start, and looks at no prices there.
    from understudy.engine.budget import is_exempt

    return not is_exempt(model)
