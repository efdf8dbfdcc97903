"""What calls have taught about a model, as the layer above all others."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.models.layers import DISCOVERED
from understudy.models.observed import observed

if TYPE_CHECKING:
    from understudy.models.model import Model

LEARNED = "learned: its provider told it when a prompt was too long"


def told_at(model: Model) -> float:
    """When its server told the window that the other layers know, in seconds since 1970.

    What was learned before that no longer holds: the server may run with another window now. 0 when
    no server told it.
    """
    told = observed().providers.get(model.provider)
    known = model.sources.get("context_window") == DISCOVERED
    return told.at if told is not None and known else 0.0


def with_learned(model: Model, window: int | None) -> Model:
    """The model with the window that prompts are made for.

    Args:
        model: as the other layers make it.
        window: what its provider told in a refusal, in tokens; None while it never did.
    """
    if window is None:
        return model
    sources = MappingProxyType({**model.sources, "context_window": LEARNED})
    summary = model.summary.replace(f"{model.context_window:,} tokens", f"{window:,} tokens", 1)
    return replace(model, context_window=window, sources=sources, summary=summary)
