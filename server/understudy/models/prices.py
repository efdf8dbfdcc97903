"""What settings say about prices. They are those of a provider's model, whatever its id."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from understudy.models.model import TIERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from understudy.config.settings import ModelSettings
    from understudy.models.vendors import Vendor


class Prices(NamedTuple):
    """What settings say about what a model costs.

    Attributes:
        price_in: US dollars for a million tokens of prompt; None where settings leave it open.
        price_out: the same of the answer.
        tier: the tier that settings name; empty for none.
    """

    price_in: float | None = None
    price_out: float | None = None
    tier: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether nothing follows for other ids of the model. What is free for one need not be."""
        return self[:2] == (None, None) and self.tier in {"", TIERS[0]}


def prices_by_model(
    models: Mapping[str, ModelSettings],
    place: Callable[[str, ModelSettings], tuple[Vendor, str] | None],
) -> Mapping[tuple[str, str], Prices]:
    """The prices by provider and name; of several for one model, the highest.

    An id that says nothing of prices has these, and their tier, so that no second id makes a model
    cheaper.
    """
    found: dict[tuple[str, str], Prices] = {}
    for model, own in models.items():
        prices = Prices(own.price_in, own.price_out, own.cost_tier)
        placed = None if prices.says_nothing else place(model, own)
        if placed is not None:
            key = placed[0].id, placed[1]
            found[key] = max(found.get(key, prices), prices, key=_sum)
    return found


def _sum(prices: Prices) -> tuple[float, int]:
    tier = TIERS.index(prices.tier) if prices.tier in TIERS else 0
    return sum(filter(None, prices[:2])), tier
