"""One model out of what several places say about it.

A later one wins: built-in, catalogue, settings, what its server told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from understudy.models.model import TIERS, Model, tier_of
from understudy.models.prices import Prices
from understudy.models.vendors import runs_here

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.config.settings import ModelSettings
    from understudy.models.catalogue import Catalogue
    from understudy.models.model import CostTier
    from understudy.models.observed import Found
    from understudy.models.vendors import Vendor

CATALOGUE = "catalogue"
SETTINGS = "settings"
DISCOVERED = "discovered"
DERIVED = "derived"

_UNKNOWN_WINDOW = 8_192
_FAST = ("mini", "nano", "flash", "lite", "haiku", "luna", "small", "instant", "fast")
_SLOW = ("pro", "opus", "reasoner", "r1", "o1", "o3", "astra", "mythos")
_FIELDS = {
    "window": "window_max",
    "output": "max_output",
    "in": "price_in",
    "out": "price_out",
    "read": "price_cache_read",
    "write": "price_cache_write",
    "schema": "structured_output",
    "ends": "ends",
}
"""Keys of a catalogue's row that are fields as they stand."""
_COSTS = frozenset({"price_in", "price_out"})
_PRICES = _COSTS | {"price_cache_read", "price_cache_write"}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about a model before its layers are put together.

    Attributes:
        row: the catalogue's, if it has one for the model or for a relative.
        exact: whether it is the model's own.
        priced: whether the row's prices are those that this provider takes.
        prices: those that settings name for this model of the provider, under whatever id.
        found: what its server told.
    """

    id: str
    vendor: Vendor
    name: str
    row: Mapping[str, Any] | None = None
    exact: bool = False
    priced: bool = False
    own: ModelSettings | None = None
    prices: Prices | None = None
    found: Found | None = None


@dataclass(slots=True)
class _Layers:
    values: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def put(self, source: str, **values: Any) -> None:
        for key, value in values.items():
            if value not in (None, ""):
                self.values[key] = value
                self.sources[key] = source


def put_together(known: Known, catalogue: Catalogue, *, enabled: bool) -> Model:
    """The model that all this is about."""
    layers = _Layers()
    local = runs_here(known.vendor, known.name)
    if known.row is not None:
        _from_catalogue(layers, known, known.row, catalogue)
    if known.own is not None:
        _from_settings(layers, known.own)
    _priced(layers, known.own, known.prices)
    if known.found is not None:
        _from_server(layers, known.found)
    _windows(layers, known)
    values = layers.values
    told = _told_tier(known, values)
    if local and told in {None, "free"} and not _COSTS & values.keys():
        layers.put(DERIVED, price_in=0.0, price_out=0.0)
    tier = told or _tier(values)
    layers.sources["cost_tier"] = SETTINGS if told else DERIVED
    values.setdefault("capabilities", frozenset({"code-generation"}))
    values.setdefault("latency", _latency(known.name))
    _structured(layers, local=local)
    return Model(
        id=known.id,
        cost_tier=tier,
        locality="local" if local else "cloud",
        provider=known.vendor.id,
        name=known.name,
        aliases=known.own.aliases if known.own else (),
        inferred=not known.exact and known.own is None and known.found is None,
        enabled=enabled,
        summary=_summary(values, local=local),
        sources=MappingProxyType(layers.sources),
        **values,
    )


def _from_catalogue(
    layers: _Layers, known: Known, row: Mapping[str, Any], catalogue: Catalogue
) -> None:
    found = {field: row.get(key) for key, field in _FIELDS.items()}
    source, as_of = catalogue.source(row)
    name = f"{CATALOGUE}: {source}" if source else CATALOGUE
    if known.priced:
        long = row.get("long")
        found["long_prompt"] = tuple(long) if long else None
        found["prices_as_of"] = as_of if "in" in row else None
    else:
        found = {key: value for key, value in found.items() if key not in _PRICES}
    layers.put(name, **found)
    layers.put(name, capabilities=frozenset(row.get("can", ())) or None)
    layers.put(name, params=frozenset(row.get("params", ())))


def _from_settings(layers: _Layers, own: ModelSettings) -> None:
    layers.put(
        SETTINGS,
        context_window=own.context_window,
        max_output=own.max_output,
        capabilities=own.capabilities,
        structured_output_reliability=own.structured_output_reliability,
    )


def _priced(layers: _Layers, own: ModelSettings | None, same: Prices | None) -> None:
    """The prices that settings give the id, else those that they give the same model."""
    mine = (None, None) if own is None else (own.price_in, own.price_out)
    price_in, price_out = mine if mine != (None, None) else (same or Prices())[:2]
    layers.put(SETTINGS, price_in=price_in, price_out=price_out)
    if price_in is not None or price_out is not None:
        for gone in ("long_prompt", "prices_as_of", "price_cache_read", "price_cache_write"):
            layers.values.pop(gone, None)
            layers.sources.pop(gone, None)


def _from_server(layers: _Layers, found: Found) -> None:
    layers.put(
        DISCOVERED,
        window_max=found.window_max or found.window,
        max_output=found.max_output,
        price_in=found.price_in,
        price_out=found.price_out,
    )
    if found.capabilities:
        before = layers.values.get("capabilities", frozenset({"code-generation"}))
        layers.put(DISCOVERED, capabilities=before | found.capabilities)


def _windows(layers: _Layers, known: Known) -> None:
    """The window that a model is used with: never more than its server can grant."""
    values = layers.values
    most = values.setdefault("window_max", values.get("context_window", _UNKNOWN_WINDOW))
    told = known.found.window if known.found else None
    if "context_window" in values:
        if known.found is not None and values["context_window"] > most:
            layers.put(DISCOVERED, context_window=most)
        return
    if told is not None:
        layers.put(DISCOVERED, context_window=told)
    elif runs_here(known.vendor, known.name) and (known.vendor.grants or most) < most:
        layers.put(DERIVED, context_window=known.vendor.grants)
    else:
        layers.put(layers.sources.get("window_max", "built-in"), context_window=most)


def _told_tier(known: Known, values: Mapping[str, Any]) -> CostTier | None:
    """The tier that settings name for the id, else for the same model where no price is known."""
    names = [known.own.cost_tier if known.own else ""]
    if known.prices is not None and not _COSTS & values.keys():
        names.append(known.prices.tier)
    return next((tier for name in names for tier in TIERS if tier == name), None)


def _tier(values: Mapping[str, Any]) -> CostTier:
    """By price; a model whose price nobody knows is not taken for a cheap one."""
    price_in, price_out = values.get("price_in"), values.get("price_out")
    if price_in is None or price_out is None:
        return "standard"
    return tier_of(price_in, price_out)


def _structured(layers: _Layers, *, local: bool) -> None:
    values = layers.values
    if "structured-output" not in values["capabilities"]:
        values.pop("structured_output", None)
    elif not values.get("structured_output"):
        values["structured_output"] = "json"
    if "structured_output_reliability" not in values:
        kind = values.get("structured_output", "")
        held = {"schema": "medium" if local else "high", "json": "medium"}
        layers.put(DERIVED, structured_output_reliability=held.get(kind, "low"))


def _latency(name: str) -> str:
    """A guess by the word in the name, until it has been measured."""
    words = name.lower().replace(".", "-").replace("/", "-").split("-")
    if any(word in words for word in _FAST):
        return "fast"
    return "slow" if any(word in words for word in _SLOW) else "medium"


def _summary(values: Mapping[str, Any], *, local: bool) -> str:
    window = f"{values['context_window']:,} tokens of context"
    place = f"{window}, on this machine" if local else window
    price_in, price_out = values.get("price_in"), values.get("price_out")
    if price_in is None or price_out is None:
        return f"{place}; its price is not known."
    if local and price_in == price_out == 0:
        return f"{place}."
    return f"{place}; ${price_in:g} and ${price_out:g} for a million tokens in and out."
