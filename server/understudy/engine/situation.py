"""What stands against models at this moment."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.engine.learned import NOTHING
from understudy.engine.scope import block_of
from understudy.engine.text_features import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from understudy.config.policy import Policy
    from understudy.config.settings import Settings
    from understudy.core.text import Span
    from understudy.engine.learned import Experience
    from understudy.engine.text_features import Features
    from understudy.journal.ledger import Ledger
    from understudy.models.registry import Model
    from understudy.workspace.view import View

CODING = frozenset({"code-generation"})
"""What a model must be able to do to write an edit."""

_MOST_CHARACTERS = 6.0
"""Code has never more of them in a token, over a whole block."""


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
        language: the LSP id of the document's language.
        features: what the words of the request tell; they never add to `needs`.
        experience: what runs in the journal have taught about models.
        request: names the request, by which it is decided whether it explores; empty for never.
        free_only: whether models that may cost something are passed over.
        problem: the code of the problem that is to be fixed; empty for none.
        asking: whether the user can be asked before a dear model takes over.
        racing: whether whoever runs the task can ask two models at the same time.
    """

    policy: Policy | None = None
    against: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    needs: frozenset[str] = frozenset()
    tokens: int = 0
    layers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    language: str = ""
    features: Features = PLAIN
    experience: Experience = NOTHING
    request: str = ""
    free_only: bool = False
    problem: str = ""
    asking: bool = True
    racing: bool = False


def situate(
    settings: Settings, policy: Policy, ledger: Ledger, about: Situation = Situation()
) -> Situation:
    """All that stands against models now. May block.

    Args:
        settings: with the models that may be asked.
        policy: what may leave the machine.
        ledger: what is remembered of models.
        about: what is known already of the task.
    """
    from understudy.config.paths import journal_file
    from understudy.engine.experience import experience_at
    from understudy.models.registry import find_model, known_models

    cascade = settings.cascade
    chains = (*settings.model_routing.values(), cascade.chain, (cascade.fallback_model,))
    named = (find_model(settings, name) for chain in chains for name in chain if name)
    models = {one.id: one for one in (*known_models(settings).values(), *named) if one is not None}
    against = look_around(models.values(), settings, ledger)
    experience = experience_at(journal_file()) if settings.journal.enabled else NOTHING
    return replace(about, policy=policy, against=against, experience=experience)


def needed(view: View, span: Span) -> int:
    """How many tokens a question about a place and its answer take at least."""
    index = view.index
    lines = block_of(view, span)
    return 2 * int((index.start(lines.stop) - index.start(lines.start)) / _MOST_CHARACTERS)


def look_around(models: Iterable[Model], settings: Settings, ledger: Ledger) -> Mapping[str, str]:
    """Clauses for `Situation.against`. Reads the environment and the ledger.

    An empty budget stands against a model only where another one is to be asked in its place:
    else the work stops there, or the user is asked.
    """
    from understudy.engine.budget import Budget, is_exempt
    from understudy.engine.refused_keys import refused

    budget = Budget(ledger, settings.budget)
    over = cache(budget.over) if settings.budget.at_cap == "downgrade" else _within
    wrong = ledger.is_any_key_refused()
    found = {}
    for model in models:
        if model.locality == "built-in":
            continue
        money = "" if is_exempt(model) else over(model.provider)
        key = _key(model, settings) or (wrong and refused(model, settings, ledger))
        why = key or ledger.objection(model) or money
        if why:
            found[model.id] = why
    return MappingProxyType(found)


def _within(_: str) -> str:
    return ""


def _key(model: Model, settings: Settings) -> str:
    # The router is imported at the start of the server, which needs neither.
    from understudy.providers import provider_of
    from understudy.wire.keys import is_there, parse_reference

    reference = provider_of(model, settings).key_for(model, settings)
    if not reference or is_there(reference) is not False:
        return ""
    parsed = parse_reference(reference)
    is_variable = parsed is not None and parsed.kind == "env"
    where = f"`{parsed.place}` is not set" if parsed and is_variable else reference
    return f"has no key ({where})"
