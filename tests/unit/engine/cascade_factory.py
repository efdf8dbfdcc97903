"""Three models of three providers, and a cascade over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.unit.engine.models_factory import cloud
from understudy.config.settings import CascadeSettings
from understudy.engine.cascade import About, Cascade, Step
from understudy.journal.ledger import MemoryLedger

if TYPE_CHECKING:
    from understudy.models.registry import Model

A = cloud("acme/a")
B = cloud("other/b", cost_tier="standard", context_window=128_000)
C = cloud("third/c", cost_tier="premium", context_window=64_000)
WIRE: dict[str, Any] = {"phase": "request", "blame": "provider"}


def cascade(*models: Model, ledger: MemoryLedger | None = None, **values: Any) -> Cascade:
    """A cascade in which every call is estimated at one cent."""
    own = {"can_shrink", "deadline", "clock", "usd", "named", "longer"}
    settings = {key: value for key, value in values.items() if key not in own}
    usd: Any = values.get("usd", 0.01)
    return Cascade(
        order=models,
        settings=CascadeSettings(**settings),
        state=ledger or MemoryLedger(),
        about=About("fix", "file", values.get("can_shrink", True)),
        estimate=usd if callable(usd) else lambda _: usd,
        clock=values.get("clock", lambda: 0.0),
        deadline=values.get("deadline", 1_000.0),
        named=values.get("named", False),
        may_be_longer=lambda _: bool(values.get("longer", False)),
    )


def asked(step: Step) -> tuple[str, str, str]:
    return step.action, step.model, step.how
