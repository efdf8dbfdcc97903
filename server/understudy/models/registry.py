"""Which models there are and what they are good for."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from understudy.config.settings import OFFLINE_MODEL
from understudy.models.catalogue import catalogue
from understudy.models.families import Match, match, match_open, plain_name
from understudy.models.layers import Known, put_together
from understudy.models.model import TIERS, CostTier, Locality, Model, cost
from understudy.models.observed import observed
from understudy.models.prices import Prices, prices_by_model
from understudy.models.vendors import active, is_local, vendor_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.config.settings import ModelSettings, Settings
    from understudy.models.catalogue import Catalogue
    from understudy.models.observed import Found, Observed
    from understudy.models.vendors import Vendor

__all__ = [
    "CostTier",
    "Locality",
    "Model",
    "all_ids",
    "cost",
    "find_model",
    "known_models",
    "namesakes",
    "offline_model",
    "renew",
    "revision",
]

_BUILT_IN = Model(
    id=OFFLINE_MODEL,
    cost_tier="free",
    locality="built-in",
    capabilities=frozenset({"fix"}),
    summary="Deterministic fixes, proved by checkers. Needs no network and no key.",
    provider="builtin",
    name="rules",
    price_in=0.0,
    price_out=0.0,
    latency="fast",
)
_LOCALITIES = ("built-in", "local", "cloud")
_MAKERS = ("openai", "anthropic", "gemini", "mistral", "deepseek", "xai", "groq")
"""Whose model is meant by a name without a provider, in doubt."""
_REMEMBERED = 8


def known_models(settings: Settings) -> Mapping[str, Model]:
    """Every model that can be asked, by its id, cheapest first.

    Those are the built-in one, those that settings name, and those of every provider that is
    configured or whose key is in the environment. A model whose provider is switched off, or that
    is itself, is not among them. The first call for an instance of settings reads files; what it
    found stands for that instance until `renew`.
    """
    return _registry(settings).known


def find_model(settings: Settings, wanted: str) -> Model | None:
    """The model of this id, whether or not it may be asked; None when nobody can tell what it is.

    By its id, else by an alias, else by the name alone, else by what is known about its family;
    the last is marked as `inferred`.
    """
    return _registry(settings).find(wanted)


def namesakes(settings: Settings, name: str) -> tuple[str, ...]:
    """The ids of several models that a name alone stands for, the one that is meant first.

    Empty for a name that stands for one model or none, and for an id or an alias.
    """
    model, same = find_model(settings, name), _registry(settings).namesakes(name)
    clear = len(same) < 2 or model is None or model.id != same[0] or name in settings.models
    return () if clear else tuple(same)


def offline_model() -> Model:
    """The model that is always there."""
    return _BUILT_IN


def renew() -> None:
    """Look anew at what is on disk and in the environment, for settings that stay the same too."""
    for settings, _ in list(_memo.values()):
        _memo[id(settings)] = settings, _Registry(settings, catalogue(), observed())


def all_ids(settings: Settings) -> tuple[str, ...]:
    """Every id that settings can name, whether or not its provider can be asked."""
    aliases = (alias for own in settings.models.values() for alias in own.aliases)
    listed = (*settings.models, *aliases, *known_models(settings), *catalogue().models)
    return tuple(dict.fromkeys((OFFLINE_MODEL, *listed)))


def revision(settings: Settings) -> str:
    """Ten hexadecimal digits that differ when what is known about models does."""
    digest = hashlib.sha256()
    for model in known_models(settings).values():
        fixed = {name: getattr(model, name) for name in _COUNTING}
        digest.update(repr(sorted(fixed.items())).encode())
    return digest.hexdigest()[:10]


_COUNTING = ("id", "provider", "name", "context_window", "max_output", "price_in", "price_out")


class _Registry:
    """The models for one set of settings, as long as nothing else changes."""

    def __init__(self, settings: Settings, catalogue: Catalogue, observed: Observed) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._observed = observed
        self._active = {vendor.id: vendor for vendor in active(settings)}
        self._found: dict[str, Model | None] = {}
        self._prices: Mapping[tuple[str, str], Prices] = {}
        self._prices = prices_by_model(settings.models, self._place)
        # What was found on the way to the prices has none of them yet.
        self._found = {OFFLINE_MODEL: _BUILT_IN}
        everything = [model for model in map(self.find, self._ids()) if model is not None]
        usable = {model.id: model for model in everything if model.enabled}
        ordered = sorted(usable.values(), key=_rank)
        self.known = MappingProxyType({model.id: model for model in ordered})

    def find(self, wanted: str) -> Model | None:
        if wanted not in self._found:
            self._found[wanted] = self._look_for(wanted)
        return self._found[wanted]

    def _ids(self) -> Iterator[str]:
        settings = self._settings
        yield OFFLINE_MODEL
        yield from settings.models
        for chain in (*settings.model_routing.values(), settings.cascade.chain):
            yield from chain
        yield from filter(None, (settings.cascade.fallback_model,))
        for vendor in self._active.values():
            yield from (f"{vendor.id}/{name}" for name in self._told(vendor))
            yield from (f"{vendor.id}/{name}" for name in self._current(vendor.id))

    def _names(self, provider: str) -> list[str]:
        start = f"{provider}/"
        return [key[len(start) :] for key in self._catalogue.models if key.startswith(start)]

    def _current(self, provider: str) -> Iterator[str]:
        """Those that were not retired; one that settings name is there all the same."""
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        for name in self._names(provider):
            if self._catalogue.models[f"{provider}/{name}"].get("ends", today) >= today:
                yield name

    def _told(self, vendor: Vendor) -> Mapping[str, Found]:
        return self._observed.of(vendor.id, vendor.base_url)

    def _look_for(self, wanted: str) -> Model | None:
        own = self._settings.models.get(wanted)
        if own is not None:
            return self._configured(wanted, own)
        for model, settings in self._settings.models.items():
            if wanted in settings.aliases:
                return self.find(model)
        provider, _, name = wanted.partition("/")
        vendor = vendor_of(provider, self._settings) if name else None
        if vendor is not None:
            return self._of_vendor(wanted, vendor, name)
        return self._without_provider(wanted)

    def _configured(self, wanted: str, own: ModelSettings) -> Model | None:
        placed = self._place(wanted, own)
        return None if placed is None else self._build(wanted, *placed, own)

    def _place(self, wanted: str, own: ModelSettings) -> tuple[Vendor, str] | None:
        """The provider of a model that settings describe, and its name there."""
        provider, _, rest = wanted.partition("/")
        vendor = vendor_of(own.provider, self._settings) if own.provider else None
        if vendor is None and rest:
            vendor = vendor_of(provider, self._settings)
        if vendor is None:
            like = self._without_provider(own.name or wanted)
            vendor = vendor_of(like.provider, self._settings) if like is not None else None
            return None if vendor is None or like is None else (vendor, like.name)
        return vendor, own.name or (rest if provider == vendor.id else wanted)

    def _of_vendor(self, wanted: str, vendor: Vendor, name: str) -> Model | None:
        row, _ = self._row(vendor, name)
        if row is None and not vendor.any_name and name not in self._told(vendor):
            return None
        return self._build(wanted, vendor, name, None)

    def _without_provider(self, name: str) -> Model | None:
        """A name alone: of a provider that can be asked, else of the one that makes the model."""
        for model in self.namesakes(name):
            return self.find(model)
        for maker in _MAKERS:
            if match(name, self._names(maker)):
                return self.find(f"{maker}/{name}")
        if match_open(name, self._catalogue.families) is None:
            return None
        local = [vendor.id for vendor in self._active.values() if is_local(vendor)]
        return self.find(f"{local[0] if local else 'ollama'}/{name}")

    def namesakes(self, name: str) -> list[str]:
        """The ids of the models of this name, those first that settings describe."""
        ids = {f"{vendor.id}/{name}": vendor for vendor in self._active.values()}
        described = [model for model in ids if model in self._settings.models]
        listed = (
            model
            for model, vendor in ids.items()
            if name in self._told(vendor) or model in self._catalogue.models
        )
        return list(dict.fromkeys((*described, *listed)))

    def _build(self, wanted: str, vendor: Vendor, name: str, own: ModelSettings | None) -> Model:
        row, kind = self._row(vendor, name)
        known = Known(
            id=wanted,
            vendor=vendor,
            name=name,
            row=row,
            exact=kind.exact,
            priced=kind.priced,
            own=own,
            prices=self._prices.get((vendor.id, name)),
            found=self._told(vendor).get(name),
        )
        provider = self._settings.providers.get(vendor.id)
        enabled = (own is None or own.enabled) and (provider is None or provider.enabled)
        return put_together(known, self._catalogue, enabled=enabled)

    def _row(self, vendor: Vendor, name: str) -> tuple[Mapping[str, Any] | None, _Kind]:
        """What the catalogue has for a model of a provider."""
        found = match(name, self._names(vendor.id))
        if found is not None:
            row = self._catalogue.models[f"{vendor.id}/{found.name}"]
            return row, _Kind(found.exact, priced=found.exact)
        if not (vendor.any_name or is_local(vendor)):
            return None, _UNKNOWN
        return self._open(name) or self._makers(name) or (None, _UNKNOWN)

    def _open(self, name: str) -> tuple[Mapping[str, Any], _Kind] | None:
        found = match_open(name, self._catalogue.families)
        # A size and a quantisation make no other model of one with open weights.
        return None if found is None else (self._catalogue.families[found.name], _Kind(exact=True))

    def _makers(self, name: str) -> tuple[Mapping[str, Any], _Kind] | None:
        """What the maker says, where a gateway serves the model under the maker's name for it."""
        plain = plain_name(name)
        for maker in _MAKERS:
            names = self._names(maker)
            found: Match | None = match(plain, names) or match(plain.replace(".", "-"), names)
            if found is not None:
                return self._catalogue.models[f"{maker}/{found.name}"], _Kind(exact=False)
        return None


@dataclass(frozen=True, slots=True)
class _Kind:
    """How well a row fits."""

    exact: bool = False
    priced: bool = False


_UNKNOWN = _Kind()


_memo: dict[int, tuple[Settings, _Registry]] = {}


def _registry(settings: Settings) -> _Registry:
    """The registry of these settings, made when it is first asked for. That reads files."""
    remembered = _memo.get(id(settings))
    if remembered is not None and remembered[0] is settings:
        return remembered[1]
    registry = _Registry(settings, catalogue(), observed())
    while len(_memo) >= _REMEMBERED:
        _memo.pop(next(iter(_memo)), None)
    _memo[id(settings)] = settings, registry
    return registry


def _rank(model: Model) -> tuple[int, int, float, str]:
    price = (model.price_in or 0.0) + (model.price_out or 0.0)
    return (_LOCALITIES.index(model.locality), TIERS.index(model.cost_tier), price, model.id)
