"""Which models are asked, in which order, and why: what the router answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.config.settings import OFFLINE_MODEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.engine.plans import Plan
    from understudy.engine.scoring import Score


@dataclass(frozen=True, slots=True)
class Rejected:
    """A model that is not asked.

    Attributes:
        why: a clause that goes with its name.
        named: whether the user named it, and so should hear about it.
        place: how many models of the route stand before it.
    """

    model: str
    why: str
    named: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """The answer to "why this model?".

    Attributes:
        models: ids, in the order in which they are asked.
        provenance: where the choice came from: `request`, a setting with its layer if that is
            known, or `built-in`.
        rejected: models that were left out.
        scores: of those that were compared, best first; empty where nothing was.
        warning: what speaks against the model that the user named; it is asked all the same.
        explored: the model that is asked first only to learn about it; empty as a rule.
        named: whether the user named the one model for this request, so that nothing that is
            remembered keeps it from being asked.
        plans: what was compared by `routing.strategy` where that chooses among plans, best first.
        together: the two models that are asked at the same time; empty as a rule.
    """

    models: tuple[str, ...]
    provenance: str
    rejected: tuple[Rejected, ...] = ()
    scores: tuple[Score, ...] = ()
    warning: str = ""
    explored: str = ""
    named: bool = False
    plans: tuple[Plan, ...] = ()
    together: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """What the user hears about the choice in any case, a line each."""
        line = f"`{self.explored}` is asked first to learn about it (`routing.exploration`)."
        return tuple(filter(None, (self.warning, self.explored and line)))

    @property
    def told(self) -> str:
        """Why models that the user named are not asked, as a sentence; empty when all are."""
        found = [f"`{one.model}` {one.why}" for one in self.rejected if one.named]
        return f"Not asked: {'; '.join(found)}." if found else ""

    def passed_over(self, asked: Sequence[str]) -> tuple[str, ...]:
        """Which models of the user's chain stood before the first one that was asked.

        Args:
            asked: the ids of the models that were asked.

        Returns:
            One line for the user, or none where nobody was passed over.
        """
        first = next((model for model in asked if model != OFFLINE_MODEL), "")
        if first not in self.models:
            return ()
        at = self.models.index(first)
        before = [one for one in self.rejected if one.named and one.place <= at]
        clauses = "; ".join(f"`{one.model}` {one.why}" for one in before)
        return (f"{clauses} \u2192 {first}.",) if before else ()
