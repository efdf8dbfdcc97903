"""Ask a second model for the same edit, where its agreement decides how the edit is offered.

Two models that write the same edit, each alone, are right far more often than one. That says
something about one problem and not about a whole file, so it is bought only for a small edit that
is to remove a single diagnostic and is clean otherwise.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.engine.budget import upper_bound
from understudy.engine.evidence import Band
from understudy.engine.remote import Remote
from understudy.engine.same_code import same_code
from understudy.engine.services import Event
from understudy.engine.strata import is_plain
from understudy.engine.turns import Turn
from understudy.engine.weighing import with_opinion
from understudy.models.registry import find_model
from understudy.models.sameness import are_one

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from understudy.engine.attempt import Ask
    from understudy.engine.outcome import Candidate
    from understudy.engine.services import Services
    from understudy.models.registry import Model

_SHARE = 0.8
"""How much of the time that is left it may take: the edit itself is proved already."""


@dataclass(frozen=True, slots=True)
class Second:
    """What came of it.

    Attributes:
        candidate: judged anew where the second model wrote an edit, else as it was.
        model: the one that was asked; empty when none was.
        cost_usd: None when unknown.
    """

    candidate: Candidate
    model: str = ""
    cost_usd: float | None = 0.0


def is_wanted(candidate: Candidate, services: Services) -> bool:
    """Whether asking a second model is worth a call: by the settings, and by what it could change."""
    gate, facts = services.settings.gate, candidate.facts
    if gate.second_opinion == "never" or facts is None or facts.agrees is not None:
        return False
    if not is_plain(facts) or candidate.verdict.band is not Band.CONFIRM:
        return False
    if gate.second_opinion == "always":
        return True
    return with_opinion(candidate, services, agrees=True).verdict.band is Band.AUTO


async def second_opinion(
    candidate: Candidate, ask: Ask, order: Sequence[Model], turn: Turn, asked: Collection[str]
) -> Second:
    """Ask the next model of the route, which is told nothing of the edit. Failures are silent.

    Args:
        candidate: the proved edit.
        ask: its subject, with what the checkers said before.
        order: the models of the route.
        turn: the last asking of the run, whose model is replaced.
        asked: the ids of the models that were asked in this run.
    """
    services, facts = ask.services, candidate.facts
    model = await asyncio.to_thread(_next, ask, order, asked)
    if model is None or services.reach is None or facts is None:
        return Second(candidate)
    services.listen(Event(f"asking {model.id} for a second opinion"))
    left = (turn.deadline - time.monotonic()) * _SHARE
    own = Turn(
        model=model,
        run_id=turn.run_id,
        number=turn.number + 1,
        how="next",
        hedge_after_s=None,
        deadline=time.monotonic() + left,
    )
    try:
        async with asyncio.timeout(left):
            draft, cost = await Remote(ask, services.reach).opinion(own)
    except TimeoutError:
        return Second(candidate, model.id, None)
    if draft is None:
        return Second(candidate, model.id, cost)
    await asyncio.to_thread(services.state.reached, model)
    agrees = await asyncio.to_thread(same_code, facts.after, draft.after, facts.before.language)
    judged = await asyncio.to_thread(with_opinion, candidate, services, agrees=agrees)
    return Second(judged, model.id, cost)


def _next(ask: Ask, order: Sequence[Model], asked: Collection[str]) -> Model | None:
    """The first other model that may be asked without a question to the user. May block.

    The same one at another provider, or of another date, is no other model.
    """
    reach = ask.services.reach
    if reach is None:
        return None
    remote = Remote(ask, reach)
    settings = ask.services.settings
    limits = settings.cascade
    most = min(limits.ask_above_usd, limits.max_extra_cost_usd)
    known = [model.name for name in asked if (model := find_model(settings, name)) is not None]
    for model in order:
        if model.locality == "built-in" or model.id in asked:
            continue
        if any(are_one(model.name, name) for name in known):
            continue
        cost = upper_bound(model, remote.estimate(model))
        if cost <= most and not ask.services.state.claim(model):
            return model
    return None
