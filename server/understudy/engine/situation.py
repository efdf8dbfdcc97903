"""What stands against models at this moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from understudy.config.policy import Policy
    from understudy.config.settings import Settings
    from understudy.journal.ledger import Ledger
    from understudy.models.registry import Model


@dataclass(frozen=True, slots=True)
class Situation:
    """Facts for the router. By default nothing is known against any model.

    Attributes:
        policy: what may leave the machine; None when nobody asks.
        against: clauses by model, for what only a look outside can tell: no key, no money, a
            server that fails.
        needs: capabilities that the task wants.
        tokens: of prompt and answer together; 0 when they are not known yet.
        layers: the layer of each setting, by its dotted key.
    """

    policy: Policy | None = None
    against: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    needs: frozenset[str] = frozenset()
    tokens: int = 0
    layers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def look_around(models: Iterable[Model], settings: Settings, ledger: Ledger) -> Mapping[str, str]:
    """Clauses for `Situation.against`. Reads the environment and the ledger."""
    from understudy.engine.budget import Budget, is_exempt

    budget = Budget(ledger, settings.budget)
    found = {}
    for model in models:
        if model.locality == "built-in":
            continue
        money = "" if is_exempt(model) else budget.over(model.provider)
        why = _key(model, settings) or ledger.objection(model) or money
        if why:
            found[model.id] = why
    return MappingProxyType(found)


def _key(model: Model, settings: Settings) -> str:
    # The router is imported at the start of the server, which needs neither.
    from understudy.providers import provider_of
    from understudy.wire.keys import is_there

    reference = provider_of(model, settings).key_for(model, settings)
    return f"has no key ({reference})" if reference and is_there(reference) is False else ""
