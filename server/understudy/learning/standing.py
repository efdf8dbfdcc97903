"""What a lesson is worth now: what a person decided, less what the evidence speaks against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from understudy.learning.lesson import BY_USER
from understudy.learning.tiers import Tier, bound_of, tier_of

if TYPE_CHECKING:
    from understudy.config.learning_settings import LearningSettings
    from understudy.learning.evidence import Evidence
    from understudy.learning.lesson import Lesson, State

Why = Literal[
    "written",
    "waiting",
    "rejected",
    "paused",
    "retired",
    "switched_off",
    "harmful",
    "no_lift",
    "came_back",
    "new_model",
    "trying",
    "proved",
    "accepted",
]
"""Stable words, kept in the journal: why a lesson stands as it does."""

WHY: dict[Why, str] = {
    "written": "you wrote it",
    "waiting": "it waits for your review",
    "rejected": "you rejected it",
    "paused": "you paused it",
    "retired": "it is over",
    "switched_off": "it is switched off in this workspace",
    "harmful": "it did harm twice in a row",
    "no_lift": "runs without it go no worse",
    "came_back": "its failure came back after the window",
    "new_model": "the model is another version now",
    "trying": "too little is known of it",
    "proved": "its uses went well",
    "accepted": "you accepted it",
}
_MOST_HARMS = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """What a lesson is now.

    Attributes:
        bound: what is known of its rate of success, from 0 to 1.
        usable: whether it may be in a prompt at all, if only to be tried.
    """

    state: State
    tier: Tier
    why: Why
    bound: float
    evidence: Evidence
    usable: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What the registry knows of a lesson.

    Attributes:
        rejected / switched_off: by the user, the second for one workspace.
        came_back: whether its failure came back after the window, and nobody agreed again since.
        revision: the version of the model that is asked; empty where it makes no difference.
    """

    rejected: bool = False
    switched_off: bool = False
    came_back: bool = False
    revision: str = ""


def standing(lesson: Lesson, evidence: Evidence, rules: LearningSettings, known: Known) -> Standing:
    """How a lesson stands."""
    good, total = evidence.good, evidence.total
    tier, bound = tier_of(good, total, rules), bound_of(good, total, rules)
    barred = _barred(lesson, known)
    if barred is not None:
        state, why = barred
        return Standing(state, tier, why, bound, evidence, usable=False)
    if evidence.harms >= _MOST_HARMS:
        return Standing("paused", tier, "harmful", bound, evidence, usable=False)
    doubt = _doubt(lesson, evidence, rules, known)
    if doubt is not None:
        return Standing("shadow", tier, doubt, bound, evidence)
    if lesson.state == "active":
        is_own = lesson.source == BY_USER and lesson.scope.level == "user"
        why = "written" if is_own else "accepted"
        return Standing(
            "active", tier, "proved" if tier is not Tier.QUEUE else why, bound, evidence
        )
    state = "shadow" if tier is Tier.QUEUE else "active"
    return Standing(state, tier, "trying" if tier is Tier.QUEUE else "proved", bound, evidence)


def _barred(lesson: Lesson, known: Known) -> tuple[State, Why] | None:
    """Why a lesson may be in no prompt; None when it may."""
    if known.rejected or lesson.review == "rejected":
        return "retired", "rejected"
    if lesson.state in {"retired", "paused"}:
        return lesson.state, "retired" if lesson.state == "retired" else "paused"
    if known.switched_off:
        return "paused", "switched_off"
    return None if lesson.is_trusted else ("shadow", "waiting")


def _doubt(lesson: Lesson, evidence: Evidence, rules: LearningSettings, known: Known) -> Why | None:
    """Why a lesson is only tried, whatever was decided; None for no reason."""
    proved_anew = evidence.fresh >= rules.apply_with_log_samples
    if known.came_back and not proved_anew:
        return "came_back"
    is_other = bool(known.revision and lesson.scope.model) and evidence.uses > evidence.fresh
    if is_other and not proved_anew:
        return "new_model"
    least = rules.auto_apply_samples
    lift = evidence.lift
    if lift is not None and lift <= 0 and min(evidence.uses, evidence.held) >= least:
        return "no_lift"
    return None
