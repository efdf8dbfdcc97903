"""Resolved settings of what is learned from failures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LearningSettings:
    """When a lesson counts, and for how long."""

    enabled: bool = True
    """Whether lessons are looked for and used."""
    strategies: bool = True
    """Whether a question is put differently after a failure, and an edit is mended before that."""
    exploration: float = 0.2
    """The share of questions after a failure that try what may be better than what is known."""
    criterion: str = "wilson"
    """What a rate is judged by: `wilson`, its lower bound with 95 %; `raw`, the rate itself."""
    auto_apply: float = 0.9
    """From this rate on a lesson is used without a word."""
    auto_apply_samples: int = 5
    apply_with_log: float = 0.7
    """From this rate on a lesson is used, and each use is said in the log."""
    apply_with_log_samples: int = 3
    hold_out: int = 10
    """One in so many runs goes without an active lesson, or with one that is only tried."""
    max_tokens: int = 400
    """What all lessons of a prompt may have together."""
    window_days: int = 7
    """How long the same failure is one lesson's; later, it means that the lesson does not help."""
    half_life_days: float = 30.0
    """After which time evidence weighs half."""
    queue_max: int = 50
    """How many lessons may wait for a review."""
