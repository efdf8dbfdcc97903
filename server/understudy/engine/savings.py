"""What asking cheaper models first saved, measured on the journal: no number without data.

Each request is set beside the same request to the last model of its route alone: the tokens of its
first answer at that model's price. Tokens were counted by another model, so it is an estimate, and
the only one there is without asking everybody everything. Requests of which tokens or cost are not
known are counted and left out of the sum; so are those that the offline model answered, which no
call was made for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.engine.router import route
from understudy.journal.trials import by_run
from understudy.journal.vocabulary import clean
from understudy.models.registry import find_model
from understudy.tasks import all_tasks
from understudy.wire import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from understudy.config.settings import Settings
    from understudy.journal.trials import Asked
    from understudy.models.registry import Model


@dataclass(frozen=True, slots=True)
class Savings:
    """What the journal says about models that took turns.

    Attributes:
        requests: runs that asked a model over the network and ended.
        escalated: those in which another model was asked after the first one failed.
        solved: those that ended with a proved edit, or with an answer.
        by_first: those of them that the first model ended.
        compared: those of which it is known what they cost and would have cost.
        cost_usd: what these cost; None when there are none.
        last_usd: what the last model alone would have cost for them; None when there are none.
        first_us, last_us: when the first and the last call was made, since 1970.
        last_models: the last model of each task's route, as the settings are now.
    """

    requests: int = 0
    escalated: int = 0
    solved: int = 0
    by_first: int = 0
    compared: int = 0
    cost_usd: float | None = None
    last_usd: float | None = None
    first_us: int = 0
    last_us: int = 0
    last_models: tuple[tuple[str, str], ...] = ()

    @property
    def escalation_rate(self) -> float | None:
        """The share of requests that another model had to take over; None without requests."""
        return self.escalated / self.requests if self.requests else None

    @property
    def success_rate(self) -> float | None:
        """The share of requests that were solved; None without requests."""
        return self.solved / self.requests if self.requests else None

    @property
    def saved_usd(self) -> float | None:
        """Less than nothing where the last model alone would have been cheaper."""
        if self.cost_usd is None or self.last_usd is None:
            return None
        return self.last_usd - self.cost_usd


def savings(asked: Sequence[Asked], settings: Settings) -> Savings:
    """Count requests and compare their cost.

    Args:
        asked: the calls of the journal, in their order.
        settings: with the routes that count now.
    """
    runs = [calls for calls in by_run(asked).values() if not all(one.remembered for one in calls)]
    if not runs:
        return Savings()
    last = _last_models({calls[0].task for calls in runs}, settings)
    priced = [pair for calls in runs if (pair := _compared(calls, last)) is not None]
    return Savings(
        requests=len(runs),
        escalated=sum(_is_escalated(calls) for calls in runs),
        solved=sum(calls[-1].good for calls in runs),
        by_first=sum(calls[-1].good and not _is_escalated(calls) for calls in runs),
        compared=len(priced),
        cost_usd=sum(cost for cost, _ in priced) if priced else None,
        last_usd=sum(alone for _, alone in priced) if priced else None,
        first_us=min(calls[0].at_us for calls in runs),
        last_us=max(calls[-1].at_us for calls in runs),
        last_models=tuple(sorted((task, model.id) for task, model in last.items())),
    )


def _last_models(tasks: Iterable[str], settings: Settings) -> Mapping[str, Model]:
    """The last model of each route; none for a route of a single model, which saves nothing."""
    found = {}
    for name in tasks:
        task = all_tasks().get(name)
        models = () if task is None else route(task, settings).models
        remote = [
            model
            for one in models
            if (model := find_model(settings, one)) is not None and model.locality != "built-in"
        ]
        if len(remote) > 1:
            found[name] = remote[-1]
    return found


def _is_escalated(calls: Sequence[Asked]) -> bool:
    return any(call.model != calls[0].model for call in calls)


def _compared(calls: Sequence[Asked], last: Mapping[str, Model]) -> tuple[float, float] | None:
    """`(what a run cost, what the last model alone would have)`; None when either is not known."""
    model = last.get(calls[0].task)
    costs = [call.usd for call in calls]
    if model is None or None in costs:
        return None
    cost = sum(usd or 0.0 for usd in costs)
    if clean("model", model.id) == calls[0].model:
        return cost, cost
    first = next((one for one in calls if one.input_tokens and one.output_tokens), None)
    if first is None:
        return None
    alone = model.cost(Usage(input=first.input_tokens, output=first.output_tokens))
    return None if alone is None else (cost, alone)
