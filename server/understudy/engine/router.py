"""Which models are asked for a task, in which order, and why.

An explicit choice stands above all, then the chain of the task or its role, in the order in which
it is written, then what follows from the registry and from earlier runs. No I/O and no clock: the
same arguments lead to the same route.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from understudy.config.settings import OFFLINE_MODEL, DefaultChain
from understudy.core.failures import BadRequestError
from understudy.engine.objections import objection
from understudy.engine.route import Rejected, Route
from understudy.engine.situation import Situation
from understudy.models.chains import ambiguity
from understudy.models.meant import no_such_model
from understudy.models.model import TIERS
from understudy.models.registry import find_model, known_models

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.config.settings import Settings
    from understudy.engine.plans import Plan
    from understudy.engine.scoring import Score
    from understudy.models.model import CostTier
    from understudy.models.registry import Model
    from understudy.tasks import Task

_MOST_COMPARED = 12
"""How many models are shown that were compared."""
_TOO_DEAR = "costs more than it is expected to bring"
_MOST_DERIVED = 3
"""How many models follow from the registry; a longer chain is one that the user writes."""


def route(
    task: Task,
    settings: Settings,
    asked: str | None = None,
    situation: Situation | None = None,
    where: str = "",
) -> Route:
    """The models to try, first to last. A model that the user names is the only one.

    Args:
        task: what is to be done.
        settings: with chains and strategy.
        asked: the model that the user names for this request; a leading `@` does not count.
        situation: what is known against models; None for nothing.
        where: where the user finds the names of models, as a sentence; empty for the command line.

    Raises:
        BadRequestError: when the user names a model that nobody knows, or that is switched off.
    """
    routing = _Routing(task.id, settings, situation or Situation())
    if asked is not None:
        return routing.explicit(asked, where)
    for key in (task.id, task.role, "debugging"):
        chain = settings.model_routing.get(key)
        if chain is not None and not isinstance(chain, DefaultChain):
            return routing.configured(f"model_routing.{key}", chain)
    return routing.derived()


@dataclass
class _Routing:
    task: str
    settings: Settings
    situation: Situation
    rejected: dict[str, Rejected] = field(default_factory=dict)
    _placed: dict[str, None] = field(default_factory=dict)
    """The models so far, in their order."""
    _order: tuple[Score, ...] | None = None

    def explicit(self, asked: str, where: str) -> Route:
        model = find_model(self.settings, asked) or find_model(self.settings, asked.lstrip("@"))
        if model is None:
            raise BadRequestError(no_such_model(asked, self.settings, where))
        if not model.enabled:
            raise BadRequestError(f"The model `{model.id}`, or its provider, is switched off.")
        against = objection(model, self.situation)
        named = f"`{model.id}` {against}. It is asked all the same, since it was named."
        unclear = ambiguity(asked.lstrip("@"), self.settings)
        said = [f"{unclear}." if unclear else "", named if against else ""]
        warning = " ".join(filter(None, said))
        return Route((model.id,), "request", warning=warning, named=True)

    def configured(self, key: str, chain: Sequence[str]) -> Route:
        models = list(self._usable(chain, named=True))
        models += self._behind(self._lone(chain))
        layer = self.situation.layers.get(key)
        return self._route(models, f"`{key}`" + (f" ({layer})" if layer else ""))

    def derived(self) -> Route:
        """The offline model first, for it costs nothing, then others by the strategy.

        Where it stands beside one other model, there is nothing to compare.
        """
        offline = list(self._usable((OFFLINE_MODEL,), named=False))
        scores = tuple(islice(self._scores(), _MOST_COMPARED))
        known = known_models(self.settings)
        if len(scores) < 2:
            only = [known[one.model] for one in scores]
            provenance = "the only model that can be asked" if only else "built-in"
            return self._route([*offline, *only, *self._behind(*only)], provenance)
        strategy = self.settings.routing.strategy
        provenance = f"`routing.strategy` ({strategy})"
        if strategy == "learned":
            return self._planned(offline, scores, provenance)
        explored = self._explored(scores)
        best = known[scores[0].model]
        models = [*offline, *([known[explored]] if explored else []), best]
        models += self._behind(best)
        return replace(self._route(models, provenance, scores), explored=explored)

    def _planned(
        self, offline: Sequence[Model], scores: tuple[Score, ...], provenance: str
    ) -> Route:
        """The way of the plan that is worth most."""
        known, plans = known_models(self.settings), self._plans(offline)
        best = plans[0]
        explored = self._explored(scores) if best.models else ""
        models = [*offline, *([known[explored]] if explored else [])]
        if best.models:
            # Those whom the user named come behind, whatever is known of them.
            models += [*(known[name] for name in best.models), *self._named_behind()]
        else:
            dear = (Rejected(one.model, _TOO_DEAR) for one in scores)
            self.rejected.update((one.model, one) for one in dear)
        found = self._route(models, f"{provenance}, {best.way}", scores)
        together = best.models[:2] if best.together and not explored else ()
        shown = plans[:_MOST_COMPARED]
        return replace(found, explored=explored, plans=shown, together=together)

    def _plans(self, offline: Sequence[Model]) -> tuple[Plan, ...]:
        """All plans, best first."""
        from understudy.engine.offline_record import knows
        from understudy.engine.planning import Choice, heads_of, plans_of

        known, situation = known_models(self.settings), self.situation
        cascade = self.settings.cascade
        able = any(self.task in one.capabilities for one in offline)
        record = knows(situation.experience, situation.language, situation.problem)
        unasked_usd = min(cascade.max_extra_cost_usd, cascade.ask_above_usd)
        usable = (one for one in self._ranked() if not objection(known[one.model], situation))
        heads = heads_of(usable, known)
        choice = Choice(
            known=known,
            heads=heads,
            scores={one.model: one for one in self._ranked()},
            strategy=self.settings.routing.strategy,
            behind={name: [one.id for one in self._behind(known[name])] for name in heads},
            combined=cascade.enabled and not self._behind_named,
            most_usd=cascade.max_extra_cost_usd if situation.asking else unasked_usd,
            racing_usd=unasked_usd if situation.racing else 0.0,
            offline=record if able else 0.0,
            alike=situation.experience.alike,
        )
        return plans_of(choice)

    def _explored(self, scores: tuple[Score, ...]) -> str:
        """The model that this request asks only to learn about it; empty as a rule."""
        if self.settings.routing.exploration <= 0:
            return ""
        from understudy.engine.exploring import candidate, explores, share_of

        if not explores(self.situation.request, share_of(self.settings, self.task)):
            return ""
        return candidate(scores, known_models(self.settings))

    def _route(
        self, models: Iterable[Model], provenance: str, scores: tuple[Score, ...] = ()
    ) -> Route:
        ids = tuple(dict.fromkeys(model.id for model in models))
        rejected = tuple(one for one in self.rejected.values() if one.model not in ids)
        return Route(ids, provenance, rejected, scores)

    def _lone(self, chain: Iterable[str]) -> Model | None:
        """The one model over the network that a chain names; None where it names several.

        How many can be asked just now does not matter: a chain of two is the whole truth. Nor does
        it bring in others for one that is switched off, or lacks consent.
        """
        named = {name: find_model(self.settings, name) for name in chain if name != OFFLINE_MODEL}
        found = {name if model is None else model.id: model for name, model in named.items()}
        model = next(iter(found.values())) if len(found) == 1 else None
        situation = self.situation
        if model is None or not objection(model, situation) or model.id in situation.against:
            return model
        return None

    def _behind(self, model: Model | None = None) -> list[Model]:
        """Who takes over when the models of a chain fail.

        Args:
            model: the only one in the chain that is asked over the network.
        """
        if not self.settings.cascade.enabled or self._behind_named:
            return self._named_behind()
        return list(self._better(model)) if model is not None else []

    @property
    def _behind_named(self) -> tuple[str, ...]:
        """The models of which the user said that they take over."""
        cascade = self.settings.cascade
        return (*filter(None, (cascade.fallback_model,)), *cascade.chain)

    def _named_behind(self) -> list[Model]:
        named = self._behind_named if self.settings.cascade.enabled else ()
        return list(self._usable(named, named=True))

    def _better(self, model: Model) -> Iterator[Model]:
        """The best of each higher tier that can do all that a model can; else another provider's.

        Only models that nothing is known against; the user did not name them.
        """
        found = [
            one
            for higher in TIERS[TIERS.index(model.cost_tier) + 1 :]
            if (one := self._best(model, higher)) is not None
        ]
        if not found:
            found = [one for one in [self._best(model, model.cost_tier)] if one is not None]
        yield from found[: _MOST_DERIVED - 1]

    def _best(self, model: Model, tier: CostTier) -> Model | None:
        """The best of a tier that can do all that a model can; in its own tier, another provider's."""
        known = known_models(self.settings)
        for one in self._ranked():
            other = known[one.model]
            same = other.provider == model.provider and tier == model.cost_tier
            able = other.cost_tier == tier and other.capabilities >= model.capabilities
            if able and not same and other.id != model.id and not objection(other, self.situation):
                return other
        return None

    def _scores(self) -> Iterator[Score]:
        """Every model that could be chosen, best first."""
        known = known_models(self.settings)
        for one in self._ranked():
            why = objection(known[one.model], self.situation)
            if why:
                self.rejected.setdefault(one.model, Rejected(one.model, why))
            else:
                yield one

    def _ranked(self) -> tuple[Score, ...]:
        """All models that are asked over the network, best first, whatever stands against them."""
        if self._order is None:
            known = known_models(self.settings)
            # The server imports this module at its start, and compares no models there.
            from understudy.engine.ranking import ranked

            alone = len(known) == 1
            self._order = () if alone else ranked(known, self.settings, self.situation, self.task)
        return self._order

    def _usable(self, names: Iterable[str], *, named: bool) -> Iterator[Model]:
        for name in names:
            model = find_model(self.settings, name)
            why = "is known to nobody" if model is None else objection(model, self.situation)
            if why:
                rejected = Rejected(name, why, named, len(self._placed))
                self.rejected.setdefault(name, rejected)
            elif model is not None:
                self._placed.setdefault(model.id)
                yield model
