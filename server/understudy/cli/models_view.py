"""Models for people: one line each, and everything about one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.config.problems import dotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from understudy.config.layers import Resolved
    from understudy.models.registry import Model

HEADINGS = ("Model", "Tier", "Where", "Window", "$ in", "$ out", "Can")
_SHORT = {"code-generation": "", "prompt-cache": ""}
"""Capabilities that nearly all have say nothing in a list."""

_FIELDS = {
    "provider": "provider",
    "name": "name",
    "aliases": "aliases",
    "locality": "locality",
    "contextWindow": "context_window",
    "largestWindow": "window_max",
    "maxOutput": "max_output",
    "costTier": "cost_tier",
    "priceIn": "price_in",
    "priceOut": "price_out",
    "priceCacheRead": "price_cache_read",
    "priceCacheWrite": "price_cache_write",
    "longPrompt": "long_prompt",
    "pricesAsOf": "prices_as_of",
    "capabilities": "capabilities",
    "structuredOutput": "structured_output",
    "structuredOutputReliability": "structured_output_reliability",
    "parameters": "params",
    "latency": "latency",
    "retiredOn": "ends",
    "inferred": "inferred",
    "enabled": "enabled",
}
_IN_SETTINGS = {"context_window", "max_output", "cost_tier", "price_in", "price_out"} | {
    "capabilities",
    "structured_output_reliability",
}


def rows(models: Iterable[Model]) -> list[tuple[str, ...]]:
    """One line for each model. A price that nobody knows is a question mark."""
    return [
        (
            model.id + (" (inferred)" if model.inferred else ""),
            model.cost_tier,
            model.locality,
            f"{model.context_window:,}" if model.locality != "built-in" else "",
            price(model.price_in),
            price(model.price_out),
            ", ".join(sorted(word for word in model.capabilities if _SHORT.get(word, word))),
        )
        for model in models
    ]


def price(value: float | None) -> str:
    """A price in US dollars for a million tokens."""
    return "?" if value is None else f"{value:g}"


def as_json(model: Model, resolved: Resolved) -> dict[str, Any]:
    """Everything about a model in JSON's types; what nobody knows is null."""
    values = {name: _plain(getattr(model, field)) for name, field in _FIELDS.items()}
    return {"id": model.id, **values, "sources": sources(model, resolved)}


def facts(model: Model, resolved: Resolved) -> list[tuple[str, str, str]]:
    """Each value of a model with where it is from."""
    told = sources(model, resolved)
    return [
        (name, _words(getattr(model, field)), told.get(name, "")) for name, field in _FIELDS.items()
    ]


def sources(model: Model, resolved: Resolved) -> Mapping[str, str]:
    """The layer of each value, by its name; of settings, which of them."""
    found = {}
    for name, field in _FIELDS.items():
        source = model.sources.get(field, "")
        key = dotted(("models", model.id, field))
        if source == "settings" and field in _IN_SETTINGS and key in resolved.provenance:
            source = f"{resolved.provenance[key]} settings"
        if source:
            found[name] = source
    return found


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return None if value == "" else value


def _words(value: object) -> str:
    if value is None:
        return "?"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset | tuple):
        items = sorted(value) if isinstance(value, frozenset) else value
        return ", ".join(f"{item:,}" if isinstance(item, int) else str(item) for item in items)
    return f"{value:,}" if isinstance(value, int) else str(value)
