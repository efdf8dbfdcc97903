"""What is odd about the models that chains name, which are asked all the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.config.settings import DefaultChain
from understudy.models.catalogue import catalogue
from understudy.models.observed import observed
from understudy.models.registry import find_model, namesakes
from understudy.models.vendors import vendor_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.config.settings import Settings
    from understudy.models.model import Model

Path = tuple[str, ...]
_LONGEST_SHORT = 8
"""Of longer names, one letter is a small share, and they are alike without it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is odd about one item of a chain.

    Attributes:
        path: the keys of the chain's setting.
        place: of the item, from 0.
        name: the item.
        clause: what follows the setting's name in a sentence, without a full stop.
        meant: the model that was probably meant; empty when that is not known.
    """

    path: Path
    place: int
    name: str
    clause: str
    meant: str = ""


def doubts_about_chains(settings: Settings) -> Iterator[Doubt]:
    """Models that stand in a chain twice, or that their provider does not seem to have."""
    repeated: set[tuple[Path, str]] = set()
    for path, chain in _chains(settings).items():
        again = list(_repeated(path, chain, settings))
        yield from again
        repeated |= {(path, _id(doubt.name, settings)) for doubt in again}
        yield from _ambiguous(path, chain, settings)
        places = {doubt.place for doubt in again}
        for place, name in enumerate(chain):
            meant = None if place in places else _unlisted(name, settings)
            if meant is not None:
                clause = f"names `{name}`, which its provider is not known to have"
                yield Doubt(path, place, name, clause, meant)
    # One that stands twice is told once, whatever stands before it.
    cycles = ((doubt, _id(doubt.name, settings)) for doubt in _cycles(settings))
    yield from (doubt for doubt, model in cycles if (doubt.path, model) not in repeated)


def ambiguity(name: str, settings: Settings) -> str:
    """Which models a name alone may stand for, as a clause; empty where that is clear."""
    same = [f"`{one}`" for one in namesakes(settings, name)]
    if not same:
        return ""
    return f"`{name}` may be {', '.join(same[:-1])} or {same[-1]}, and {same[0]} is taken"


def doubt_about(name: str, settings: Settings) -> str:
    """What is odd about a model that stands alone, as sentences; empty for nothing."""
    meant = _unlisted(name, settings)
    if meant is None:
        return ""
    said = f"The provider of `{_id(name, settings)}` is not known to have it."
    return f"{said} Did you mean `{meant}`?" if meant else said


def _chains(settings: Settings) -> dict[Path, tuple[str, ...]]:
    cascade = settings.cascade
    fallback = (cascade.fallback_model,) if cascade.fallback_model else ()
    return {
        **_routes(settings),
        ("cascade", "fallback_model"): fallback,
        ("cascade", "chain"): tuple(cascade.chain),
    }


def _routes(settings: Settings) -> dict[Path, tuple[str, ...]]:
    return {
        ("model_routing", role): tuple(chain)
        for role, chain in settings.model_routing.items()
        if not isinstance(chain, DefaultChain)
    }


def _repeated(path: Path, chain: Sequence[str], settings: Settings) -> Iterator[Doubt]:
    seen = set()
    for place, name in enumerate(chain):
        model = _id(name, settings)
        if model in seen:
            clause = f"names `{name}` again, and no model is asked twice on the way"
            yield Doubt(path, place, name, clause)
        seen.add(model)


def _ambiguous(path: Path, chain: Sequence[str], settings: Settings) -> Iterator[Doubt]:
    for place, name in enumerate(chain):
        same = namesakes(settings, name)
        if same:
            clause = f"names no provider: {ambiguity(name, settings)}"
            yield Doubt(path, place, name, clause, same[0])


def _cycles(settings: Settings) -> Iterator[Doubt]:
    """Models that are to take over and stand before themselves, whatever the task is."""
    routes = [{_id(name, settings) for name in chain} for chain in _routes(settings).values()]
    before = set.intersection(*routes) if routes else set()
    for key in ("fallback_model", "chain"):
        path = ("cascade", key)
        for place, name in enumerate(_chains(settings)[path]):
            model = _id(name, settings)
            if model in before:
                clause = f"leads back to `{name}`, and no model is asked twice on the way"
                yield Doubt(path, place, name, clause)
            if key == "fallback_model":
                before = before | {model}


def _id(name: str, settings: Settings) -> str:
    model = find_model(settings, name)
    return name if model is None else model.id


def _unlisted(name: str, settings: Settings) -> str | None:
    """What was probably meant by a model that its provider does not seem to have.

    Empty when nothing comes near; None when the model seems to be there.
    """
    model = find_model(settings, name)
    if model is None or model.locality == "built-in" or model.id in settings.models:
        return None
    vendor = vendor_of(model.provider, settings)
    if vendor is None:
        return None
    told = observed().of(vendor.id, vendor.base_url)
    if told and vendor.any_name:
        there = model.name in told or f"{model.name}:latest" in told
        return None if there else _near(model, list(told))
    if not model.inferred:
        return None
    return _near(model, _described(model, settings)) or None


def _described(model: Model, settings: Settings) -> list[str]:
    """Names of the models of the same provider that settings describe, or the catalogue lists."""
    start = f"{model.provider}/"
    ids = (*settings.models, *catalogue().models)
    return [one.removeprefix(start) for one in ids if one.startswith(start)]


def _near(model: Model, names: Sequence[str]) -> str:
    """The id with the one of these names that was slipped from; another number is no slip."""
    # Brings in what reads settings, which the server's start must not wait for.
    from understudy.config.wording import nearest

    numbers = re.findall(r"\d+", model.name)
    alike = [one for one in names if re.findall(r"\d+", one) == numbers]
    found = nearest(model.name, alike) or _one_letter_off(model.name, alike)
    return f"{model.provider}/{found}" if found else ""


def _one_letter_off(name: str, names: Sequence[str]) -> str:
    """The name of which a letter is missing, or was typed twice; short ones are never alike else."""
    for one in names:
        short, long = sorted((name, one), key=len)
        if len(long) == len(short) + 1 and any(
            long[:at] + long[at + 1 :] == short for at in range(min(len(long), _LONGEST_SHORT))
        ):
            return one
    return ""
