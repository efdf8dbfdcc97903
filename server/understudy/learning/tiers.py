"""How far a lesson is trusted, by how often it went well."""

from __future__ import annotations

from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING

from understudy.core.binomial import wilson

if TYPE_CHECKING:
    from understudy.config.learning_settings import LearningSettings

_TINY = 1e-9
"""Sums of weights are not exact, and what has faded to this is nothing."""


class Tier(StrEnum):
    """Stable words; the first is the lowest."""

    QUEUE = "queue_for_review"
    LOG = "apply_with_log"
    AUTO = "auto_apply"


def bound_of(good: float, total: float, rules: LearningSettings) -> float:
    """What is known of a rate of success, from 0 to 1: its lower bound, or the rate as counted."""
    if total <= _TINY:
        return 0.0
    return good / total if rules.criterion == "raw" else wilson(good, total)[0]


def tier_of(good: float, total: float, rules: LearningSettings) -> Tier:
    """The tier of a lesson.

    Args:
        good: the weight of the uses that went well.
        total: that of all uses; a use from now weighs 1. Begun samples count as whole ones.
        rules: the two rates, and how many samples each takes.
    """
    bound, samples = bound_of(good, total, rules) + _TINY, ceil(total - _TINY)
    if bound >= rules.auto_apply and samples >= rules.auto_apply_samples:
        return Tier.AUTO
    if bound >= rules.apply_with_log and samples >= rules.apply_with_log_samples:
        return Tier.LOG
    return Tier.QUEUE
