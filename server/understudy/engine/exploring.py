"""Now and then another model first, so that its success becomes known; off unless it is switched on.

It is drawn from the request's id: the same request leads to the same choice, in every process.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from understudy.models.model import TIERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from understudy.config.settings import Settings
    from understudy.engine.scoring import Score
    from understudy.models.registry import Model

WORDS_ALONE = frozenset({"explain", "review"})
"""Tasks that write no edit."""
LOW_RISK = WORDS_ALONE | {"document", "tests"}
"""Tasks whose result changes nothing that a program does: words, comments, tests."""
MOST = 0.05
"""No larger share of requests explores, whatever the settings say."""
_KNOWN_RUNS = 20.0
"""A model with so many runs, by their weight, needs no exploring."""


def share_of(settings: Settings, task: str) -> float:
    """How many requests for a task explore, 0 to `MOST`.

    None does for a task of higher risk, or where an edit might be applied without being seen.
    """
    unseen = settings.gate.auto_apply and task not in WORDS_ALONE
    if task not in LOW_RISK or unseen:
        return 0.0
    return min(max(settings.routing.exploration, 0.0), MOST)


def candidate(scores: Sequence[Score], known: Mapping[str, Model]) -> str:
    """The model that exploring would ask first; empty when there is none.

    That is the least known one that is of no higher tier than the best: dearer ones are learned about
    when cheaper ones fail.
    """
    if len(scores) < 2:
        return ""
    highest = TIERS.index(known[scores[0].model].cost_tier)
    others = [
        one
        for one in scores[1:]
        if one.runs < _KNOWN_RUNS and TIERS.index(known[one.model].cost_tier) <= highest
    ]
    return min(others, key=lambda one: one.runs).model if others else ""


def explores(request: str, share: float) -> bool:
    """Whether a request belongs to the share that explores; one without a name never does."""
    if not request or share <= 0:
        return False
    digest = hashlib.blake2b(request.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64 < share
