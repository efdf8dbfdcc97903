"""Which models there are and what they are good for."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from understudy.config.settings import OFFLINE_MODEL

if TYPE_CHECKING:
    from collections.abc import Mapping

CostTier = Literal["free", "economy", "standard", "premium"]
Locality = Literal["built-in", "local", "cloud"]


@dataclass(frozen=True, slots=True)
class Model:
    """One model.

    Attributes:
        id: `provider/name`, unique.
        locality: where it runs; nothing leaves the machine for `built-in` and `local`.
        capabilities: what it can do.
        summary: a sentence for people.
    """

    id: str
    cost_tier: CostTier
    locality: Locality
    capabilities: frozenset[str]
    summary: str


_BUILT_IN = Model(
    id=OFFLINE_MODEL,
    cost_tier="free",
    locality="built-in",
    capabilities=frozenset({"fix"}),
    summary="Deterministic fixes, proved by checkers. Needs no network and no key.",
)


def known_models() -> Mapping[str, Model]:
    """Every model that can be asked, by its id, cheapest first."""
    return MappingProxyType({_BUILT_IN.id: _BUILT_IN})
