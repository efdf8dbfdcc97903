"""What is odd about the models that settings describe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.config.problems import dotted
from understudy.models.model import TIERS, tier_of
from understudy.models.registry import find_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.config.settings import Settings

_PLACES = ("/chat/completions", "/completions", "/responses", "/messages", "/models", "/api/chat")
"""Where the APIs have what is asked for."""


def unplaced(settings: Settings) -> list[str]:
    """Models in the settings of which nobody can tell the provider."""
    return [
        model
        for model, own in settings.models.items()
        if own.enabled and find_model(settings, model) is None
    ]


def why_unplaced(model: str, settings: Settings) -> str:
    """Why nobody can tell the provider of such a model, as a clause."""
    provider = settings.models[model].provider or model.partition("/")[0]
    if provider in settings.providers:
        return f"can't be asked, because `{dotted(('providers', provider))}` does not count"
    return "names no provider that is known, so it is not asked"


def doubts_about_addresses(settings: Settings) -> Iterator[tuple[str, str]]:
    """Providers whose base URL holds more than that, each with a clause about it."""
    for provider, own in settings.providers.items():
        address = own.base_url.rstrip("/")
        end = next((one for one in _PLACES if address.endswith(one)), "")
        if end:
            yield (
                provider,
                f"ends with `{end}`, which is added to it for each request, so leave that out",
            )


def contradictions(settings: Settings) -> Iterator[tuple[str, str]]:
    """Models whose tier in the settings is not that of their price, each with a clause about it.

    Of a model with one price it is known that it costs no less than that.
    """
    for model, own in settings.models.items():
        found = find_model(settings, model)
        if not own.cost_tier or found is None or found.sources.get("price_in") == "derived":
            continue
        price_in, price_out = found.price_in, found.price_out
        tier = tier_of(price_in or 0.0, price_out or 0.0)
        if price_in is not None and price_out is not None:
            if tier != own.cost_tier:
                yield (
                    model,
                    f"says `{own.cost_tier}`, while ${price_in:g} and ${price_out:g} for a million"
                    f" tokens in and out are `{tier}`",
                )
        elif TIERS.index(tier) > TIERS.index(own.cost_tier):
            price = price_in or price_out or 0.0
            yield (
                model,
                f"says `{own.cost_tier}`, while ${price:g} for a million tokens one way alone are"
                f" `{tier}`",
            )


def half_priced(settings: Settings) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Prices in the settings whose other half nobody knows, by their keys, each with a clause."""
    for model, own in settings.models.items():
        found = find_model(settings, model)
        for name, other in (("price_in", "price_out"), ("price_out", "price_in")):
            if found is None or getattr(own, name) is None or getattr(found, other) is not None:
                continue
            clause = f"stands alone, so what a call costs is not known; set `{other}` as well"
            yield ("models", model, name), clause
