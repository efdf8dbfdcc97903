"""What the models that take over may cost in one run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.plural import price
from understudy.engine.budget import is_exempt, upper_bound

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from understudy.config.settings import CascadeSettings
    from understudy.models.registry import Model


@dataclass(frozen=True, slots=True)
class Estimates:
    """What one question to a model costs at most, estimated once: that takes a whole prompt.

    Attributes:
        estimate: the same in US dollars; None when unknown.
        state: what else it depends on, and changes.
    """

    estimate: Callable[[Model], float | None]
    state: Callable[[], Hashable]
    _known: dict[tuple[str, Hashable], float | None] = field(default_factory=dict)

    def __call__(self, model: Model) -> float | None:
        """The estimate for a model. May block."""
        key = model.id, self.state()
        if key not in self._known:
            self._known[key] = self.estimate(model)
        return self._known[key]


@dataclass
class Purse:
    """The money of one run.

    Attributes:
        estimate: the most that one question to a model costs in US dollars; None when unknown.
        spent_usd: what the models cost that took over.
    """

    estimate: Callable[[Model], float | None]
    settings: CascadeSettings
    spent_usd: float = 0.0

    def spend(self, model: Model, usd: float | None) -> None:
        """A model that took over cost so much; the most that it can when nobody knows."""
        self.spent_usd += self._most(model) if usd is None else usd

    def affords(self, model: Model) -> bool:
        """Whether one more question to a model stays below the limit."""
        return self.spent_usd + self._most(model) <= self.settings.max_extra_cost_usd

    def too_dear(self, model: Model) -> str:
        """Why a model is not affordable, as a clause; empty when it is."""
        if self.affords(model):
            return ""
        return f"may cost more than `cascade.max_extra_cost_usd` leaves ({self.price(model)})"

    def wants_asking(self, model: Model) -> bool:
        """Whether the user is asked before a model takes over."""
        return self._most(model) > self.settings.ask_above_usd

    def price(self, model: Model) -> str:
        """What a question to a model costs, in words."""
        cost = 0.0 if is_exempt(model) else self.estimate(model)
        words = price(cost)
        return f"at most {words}" if cost else words

    def _most(self, model: Model) -> float:
        return upper_bound(model, self.estimate(model))
