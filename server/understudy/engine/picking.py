"""Which strategy is used for a question: what is known to be best, and now and then another one.

The same run chooses the same, in every process: what is drawn comes from the run's id.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.strategies import PLAIN

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from understudy.engine.merits import Case, Merits
    from understudy.journal.strategy_records import Why


@dataclass(frozen=True, slots=True)
class Picked:
    """A strategy, and how it was chosen."""

    strategy: str
    why: Why


@dataclass(frozen=True, slots=True)
class Draw:
    """What chance decides, for one question.

    Attributes:
        seed: names the question.
        share: of questions for which a strategy is drawn by how good it may be, and not by how good it
            is known to be. Each edit is proved all the same; what exploring costs is a question.
    """

    seed: str
    share: float

    def dice(self) -> random.Random:
        """Dice that fall the same way each time."""
        digest = hashlib.blake2b(self.seed.encode("utf-8", "surrogatepass"), digest_size=8)
        return random.Random(digest.digest())  # noqa: S311 - it keeps no secret


def pick(
    usable: Sequence[str], spent: Collection[str], case: Case, merits: Merits, draw: Draw
) -> Picked:
    """The strategy for a question.

    Args:
        usable: those that have an answer to the failure, the plain one among them.
        spent: those under which the same failure came back in this run.
        case: what it is for.
        merits: what is known of them.
        draw: decides whether and what to explore.
    """
    left = [one for one in usable if one not in spent]
    good = [one for one in left if not merits.is_given_up(one, case)] or left
    if not good:
        return Picked(PLAIN, "plain")
    dice = draw.dice()
    explores = dice.random() < draw.share
    if PLAIN not in good:
        return Picked(_drawn(good, case, merits, dice), "repeated")
    if explores and len(good) > 1:
        return Picked(_drawn(good, case, merits, dice), "explored")
    return _best(good, case, merits)


def _best(good: Sequence[str], case: Case, merits: Merits) -> Picked:
    """The one that surely clears most, where that is more than the plain question surely does."""
    bounds = {one: merits.of(one, case, first=one == PLAIN).bound for one in good}
    best = max(sorted(bounds), key=lambda one: bounds[one])
    if bounds[best] > bounds[PLAIN]:
        return Picked(best, "measured")
    return Picked(PLAIN, "plain")


def _drawn(good: Sequence[str], case: Case, merits: Merits, dice: random.Random) -> str:
    """One drawn by how likely it is the best (Thompson, Biometrika 25, 1933)."""
    drawn = {}
    for one in sorted(good):
        merit = merits.of(one, case)
        drawn[one] = dice.betavariate(merit.good, merit.bad)
    return max(drawn, key=lambda one: drawn[one])
