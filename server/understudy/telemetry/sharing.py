"""What may be told of a run, and how the user wants it told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.telemetry.span import Attributes

_SPAN_KIND = "openinference.span.kind"
_COST = {
    "langfuse": "gen_ai.usage.cost",
    "openinference": "llm.cost.total",
    "logfire": "operation.cost",
}
"""No name for the cost of a call is standard; each back end reads its own."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """How spans are written.

    Attributes:
        content: whether the user wants prompts and answers to be sent.
        stays: whether they go to an address of this machine alone.
        compat: the back ends whose own names are written, too.
    """

    content: bool = False
    stays: bool = False
    compat: frozenset[str] = frozenset()

    def may_show(self, *, may_leave: bool) -> bool:
        """Whether a text may be sent. What only models on this machine may see stays here."""
        return self.content and (may_leave or self.stays)

    def kind(self, name: str) -> Attributes:
        """What OpenInference calls a kind of span."""
        return {_SPAN_KIND: name} if "openinference" in self.compat else {}

    def cost(self, usd: float | None) -> Attributes:
        """The cost of a call under the names that are wanted."""
        if usd is None:
            return {}
        wanted = ("understudy.cost.usd", *(_COST[one] for one in sorted(self.compat)))
        return dict.fromkeys(wanted, usd)
