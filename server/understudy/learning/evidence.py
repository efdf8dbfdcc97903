"""What came of a lesson's uses, weighed by their age."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

from understudy.core.clock import DAY_US

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.config.learning_settings import LearningSettings

Role = Literal["in", "held_out"]
_CHANCE = 0.01
"""What is less likely is no chance."""
_OTHER_VERSION = 0.5
"""What a use weighs that was made with another version of the model."""


@dataclass(frozen=True, slots=True)
class Use:
    """One run of a model in which a lesson was in the prompt, or was held out of it.

    Attributes:
        good: whether the first edit passed its checks, and was not undone as far as that is known.
        harm: whether the lesson was in, and the edit was undone.
        missed: whether the lesson was in, and its own failure happened all the same.
        revision: the version of the model.
    """

    at_us: int
    run: str
    role: Role
    good: bool
    harm: bool
    revision: str = ""
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one lesson.

    Attributes:
        good / total: weights of uses with it; a use from now weighs 1.
        held_good / held_total: the same for uses without it.
        uses / held: how many there were, unweighed.
        fresh: uses with it, of the version of the model that counts, since a given time.
        harms: how many of the last uses did harm, in a row, since a given time. What was missed counts
            as harm unless chance explains it.
    """

    good: float = 0.0
    total: float = 0.0
    held_good: float = 0.0
    held_total: float = 0.0
    uses: int = 0
    held: int = 0
    fresh: int = 0
    harms: int = 0

    @property
    def lift(self) -> float | None:
        """The rate of success with the lesson less that without it; None where either is unknown."""
        if self.total <= 0 or self.held_total <= 0:
            return None
        return self.good / self.total - self.held_good / self.held_total


@dataclass(frozen=True, slots=True)
class Since:
    """From when on something counts, in microseconds since 1970.

    Attributes:
        revision: the version of the model that is asked now; empty where any will do.
        fresh_us: after the failure came back.
        harms_us: after a person said that the lesson shall go on.
    """

    revision: str = ""
    fresh_us: int = 0
    harms_us: int = 0


_ALWAYS = Since()


def evidence_of(
    uses: Iterable[Use], now_us: int, rules: LearningSettings, since: Since = _ALWAYS
) -> Evidence:
    """The evidence for a lesson as of a time.

    Args:
        uses: of this lesson in its present words, in any order; several of one run count each.
        now_us: in microseconds since 1970.
        rules: with the half-life.
        since: what is counted from when on.
    """
    ordered = sorted(uses, key=lambda use: (use.at_us, use.run))
    half_life_us = rules.half_life_days * DAY_US
    sums = {"in": [0.0, 0.0], "held_out": [0.0, 0.0]}
    for use in ordered:
        weight = 0.5 ** (max(now_us - use.at_us, 0) / half_life_us)
        if since.revision and use.revision != since.revision:
            weight *= _OTHER_VERSION
        sums[use.role][0] += weight * use.good
        sums[use.role][1] += weight
    own = [use for use in ordered if use.role == "in"]
    found = Evidence(
        good=sums["in"][0],
        total=sums["in"][1],
        held_good=sums["held_out"][0],
        held_total=sums["held_out"][1],
        uses=len(own),
        held=len(ordered) - len(own),
        fresh=sum(_is_fresh(use, since) for use in own),
    )
    return replace(found, harms=_harms(own, since.harms_us, found, rules))


def _is_fresh(use: Use, since: Since) -> bool:
    return use.at_us >= since.fresh_us and since.revision in {"", use.revision}


def _harms(uses: Sequence[Use], since_us: int, evidence: Evidence, rules: LearningSettings) -> int:
    row = list(takewhile(lambda use: _is_bad(use) and use.at_us >= since_us, reversed(uses)))
    if _is_helping(evidence, rules) and _is_chance(uses[: len(uses) - len(row)], len(row)):
        return sum(use.harm for use in row)
    return len(row)


def _is_bad(use: Use) -> bool:
    return use.harm or use.missed


def _is_helping(evidence: Evidence, rules: LearningSettings) -> bool:
    """Whether it goes better with the lesson; while that is hardly known, whether it mostly goes well."""
    if (evidence.lift or 0.0) > 0:
        return True
    return evidence.held < rules.auto_apply_samples and evidence.good > evidence.total / 2


def _is_chance(before: Sequence[Use], length: int) -> bool:
    """Whether so many bad uses in a row are to be expected somewhere in so many uses.

    The rate is that of the uses before, by the rule of succession.
    """
    number = len(before) + 2
    rate = (sum(map(_is_bad, before)) + 1) / number
    return number * rate**length >= _CHANCE
