"""A simulated user: edits with evidence, and what became of them by known coefficients."""

from __future__ import annotations

import random
from dataclasses import dataclass

from understudy.core.refit import share
from understudy.engine.gate_weights import RIGHT, WEIGHTS, logit
from understudy.journal.labels import Kind, Label

MODEL = "acme/one"


@dataclass(frozen=True)
class User:
    """How much less often edits are right than the shipped coefficients say.

    Attributes:
        intercept: what is added to the true log-odds.
        steeper: how many times more the size of an edit counts than was thought.
    """

    intercept: float = 0.0
    steeper: float = 1.0

    def labels(self, count: int, seed: int = 0, first: int = 0) -> list[Label]:
        """So many judged edits, one a microsecond, in languages too many to be fitted apart."""
        chance = random.Random(seed)  # noqa: S311 - a simulation, the same each time
        return [self._label(first + number, chance) for number in range(count)]

    def _label(self, number: int, chance: random.Random) -> Label:
        size, scope = chance.random(), chance.choice((1.0, 1.0, 1.0, 0.5))
        by_size = WEIGHTS["size"].log_odds * (size - WEIGHTS["size"].neutral)
        told = logit(RIGHT) + by_size + WEIGHTS["scope"].log_odds * (scope - 1)
        true = told + self.intercept + (self.steeper - 1) * by_size
        return Label(
            kind=Kind(MODEL, "fix", f"language {chance.randrange(8)}", "region"),
            stratum="s",
            band="confirm",
            score=share(told),
            log_odds=told,
            problem=f"problem {number}",
            good=chance.random() < share(true),
            at_us=number + 1,
            evidence=(("target_gone", 1.0), ("size", size), ("scope", scope), ("kept", 0.86)),
        )


HONEST = User()
OVERCONFIDENT = User(intercept=-1.2, steeper=2.0)
UNDERCONFIDENT = User(intercept=2.0, steeper=0.2)
