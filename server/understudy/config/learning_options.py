"""What may be written about learning from failures."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from understudy.config.learning_settings import LearningSettings
from understudy.config.schema import Choice, Table

_LEARNING = LearningSettings()

Rate = Annotated[float, Field(ge=0, le=1)]
Samples = Annotated[int, Field(ge=1, le=1_000)]


class LearningOptions(Table):
    """What is learned from failures, and when a lesson counts."""

    enabled: bool = Field(
        default=_LEARNING.enabled,
        description="Look for lessons in failures, and use those that proved themselves.",
    )
    strategies: bool = Field(
        default=_LEARNING.strategies,
        description=(
            "After a failed edit, mend it with safe fixes first, and else put the question in the way"
            " that has helped most; without it, the model is asked as before and told what was wrong."
        ),
    )
    exploration: Annotated[float, Field(ge=0, le=0.5)] = Field(
        default=_LEARNING.exploration,
        description=(
            "The share of questions after a failed edit that are put in a way of which it is not known"
            " yet whether it helps. Every edit is proved all the same."
        ),
    )
    criterion: Annotated[str, Choice(("wilson", "raw"))] = Field(
        default=_LEARNING.criterion,
        description=(
            "What a lesson's rate of success is judged by. `wilson`: the rate that its uses prove"
            " with 95 % confidence. `raw`: the rate as counted."
        ),
    )
    auto_apply: Rate = Field(
        default=_LEARNING.auto_apply,
        description="From this rate on a lesson stands in prompts without a word about it.",
    )
    auto_apply_samples: Samples = Field(
        default=_LEARNING.auto_apply_samples, description="How many uses that takes at least."
    )
    apply_with_log: Rate = Field(
        default=_LEARNING.apply_with_log,
        description=(
            "From this rate on a lesson stands in prompts, and the log says so each time; below it,"
            " you are asked first."
        ),
    )
    apply_with_log_samples: Samples = Field(
        default=_LEARNING.apply_with_log_samples, description="How many uses that takes at least."
    )
    hold_out: Annotated[int, Field(ge=2, le=100)] = Field(
        default=_LEARNING.hold_out,
        description=(
            "One in so many runs goes without a lesson that is in use, and with one that is only"
            " tried, so that it shows whether it helps."
        ),
    )
    max_tokens: Annotated[int, Field(ge=0, le=10_000)] = Field(
        default=_LEARNING.max_tokens,
        description="How many tokens all lessons of a prompt may have together.",
    )
    window_days: Annotated[int, Field(ge=1, le=365)] = Field(
        default=_LEARNING.window_days,
        description=(
            "For so many days the same failure belongs to one lesson; when it comes back later, the"
            " lesson did not help."
        ),
    )
    half_life_days: Annotated[float, Field(ge=1, le=3650)] = Field(
        default=_LEARNING.half_life_days,
        description="After so many days what was counted weighs half.",
    )
    queue_max: Annotated[int, Field(ge=1, le=1_000)] = Field(
        default=_LEARNING.queue_max,
        description="How many lessons may wait for your review.",
    )
