"""What a person may write about spending, and about who is asked next."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import AfterValidator, Field

from understudy.config.schema import Choice, Described, Table
from understudy.config.settings import (
    BudgetSettings,
    CacheSettings,
    CascadeSettings,
    PrivacySettings,
    RoutingSettings,
)
from understudy.core.failures import Advice, FailureCategory

_CASCADE = CascadeSettings()
_BUDGET = BudgetSettings()
_ROUTING = RoutingSettings()
_CACHE = CacheSettings()
_PRIVACY = PrivacySettings()

UNLIMITED = "unlimited"
_FEWEST_LETTERS = 3


def _pattern(text: str) -> str:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([text])
    except ValueError:
        raise ValueError("it is no pattern as `.gitignore` has them") from None
    return text


def _telling(text: str) -> str:
    if sum(character.isalpha() for character in text) < _FEWEST_LETTERS:
        raise ValueError(f"its text must have at least {_FEWEST_LETTERS} letters")
    return text


Amount = Annotated[
    Annotated[float, Field(ge=0, le=1_000_000)] | Annotated[str, Choice((UNLIMITED,))],
    Described(f"a number from 0 to 1,000,000 or `{UNLIMITED}`"),
]
Category = Annotated[str, Choice(tuple(category.value for category in FailureCategory))]
RuleText = Annotated[str, AfterValidator(_telling)]
Do = Annotated[str, Choice(get_args(Advice))]
Pattern = Annotated[str, AfterValidator(_pattern)]


class CascadeOptions(Table):
    """When the next model takes over, and how far that may go."""

    enabled: bool = Field(
        default=_CASCADE.enabled, description="Ask another model when one keeps failing."
    )
    fallback_model: str | None = Field(
        default=_CASCADE.fallback_model,
        description="The model that takes over. Empty or null: `chain`, then the next better one.",
    )
    chain: list[str] = Field(
        default=list(_CASCADE.chain), description="The models that take over, in their order."
    )
    max_failures_before_escalate: Annotated[int, Field(ge=1, le=20)] = Field(
        default=_CASCADE.max_failures_before_escalate,
        description="After how many equal failures the next model takes over.",
    )
    escalate_on_categories: list[Category] = Field(
        default=sorted(_CASCADE.escalate_on_categories),
        description="Failures after which the next model takes over at once.",
    )
    cooldown_seconds: Annotated[float, Field(ge=0, le=86_400)] = Field(
        default=_CASCADE.cooldown_seconds,
        description="How long a model that failed is left alone.",
    )
    max_total_attempts: Annotated[int, Field(ge=1, le=100)] = Field(
        default=_CASCADE.max_total_attempts,
        description="How many attempts all models together have for one task.",
    )
    max_extra_cost_usd: Annotated[float, Field(ge=0, le=1_000)] = Field(
        default=_CASCADE.max_extra_cost_usd,
        description="What the models that take over may cost for one task.",
    )
    ask_above_usd: Annotated[float, Field(ge=0, le=1_000)] = Field(
        default=_CASCADE.ask_above_usd,
        description="Above which estimated cost you are asked before a model takes over.",
    )
    restore_primary: Annotated[str, Choice(("afterCooldown", "nextTask", "never"))] = Field(
        default=_CASCADE.restore_primary, description="When the first model is asked again."
    )
    max_wait_s: Annotated[float, Field(ge=0, le=600)] = Field(
        default=_CASCADE.max_wait_s,
        description="How long a model is waited for that asks for time, before the next is asked.",
    )
    hedge: bool = Field(
        default=_CASCADE.hedge,
        description="Give up a model that is silent for longer than it usually is, and ask the next instead.",
    )
    hedge_after_s: Annotated[float, Field(ge=0.1, le=600)] = Field(
        default=_CASCADE.hedge_after_s,
        description="How long a model may be silent whose habits are not known yet.",
    )
    actions: dict[str, Do] = Field(
        default_factory=dict,
        description="What to do after a failure, by its category, where the default does not suit.",
    )


class FailureOptions(Table):
    """What failures are, where you know better."""

    rules: dict[RuleText, Category] = Field(
        default_factory=dict,
        description=(
            "The category of failures whose words hold this text, in any case; `*` in it stands for"
            " anything. `Classify this failure as\u2026` in the editor writes such rules."
        ),
    )


class BudgetOptions(Table):
    """What may be spent, in US dollars. Local and free models don't count."""

    per_request_usd: Amount | None = Field(
        default=_BUDGET.per_request_usd, description="What one request may cost."
    )
    per_day_usd: Amount | None = Field(
        default=_BUDGET.per_day_usd, description="What a day may cost."
    )
    per_month_usd: Amount | None = Field(
        default=_BUDGET.per_month_usd, description="What a month may cost."
    )
    per_provider_usd: dict[str, Amount] = Field(
        default_factory=dict, description="What one provider may cost in a month, by its id."
    )
    at_cap: Annotated[str, Choice(("stop", "ask", "downgrade"))] = Field(
        default=_BUDGET.at_cap,
        description="At a limit: stop, ask, or go on with models that cost nothing.",
    )


class RoutingOptions(Table):
    """How models are chosen where no chain says it."""

    strategy: Annotated[str, Choice(("quality-first", "balanced", "cost-optimized", "learned"))] = (
        Field(default=_ROUTING.strategy, description="What counts most when models are compared.")
    )
    exploration: Annotated[float, Field(ge=0, le=0.05)] = Field(
        default=_ROUTING.exploration,
        description=(
            "The share of explanations, reviews, comments and tests for which a model is asked"
            " first of which little is known; never where edits are applied unseen."
        ),
    )


class PrivacyOptions(Table):
    """Which files stay away from models. The patterns of all layers count together."""

    exclude: list[Pattern] = Field(
        default=list(_PRIVACY.exclude),
        description="Files that no model sees, wherever it runs: patterns as in `.gitignore`.",
    )
    local_only: list[Pattern] = Field(
        default=list(_PRIVACY.local_only),
        description="Files that only models on this machine may see: patterns as in `.gitignore`.",
    )


class CacheOptions(Table):
    """What is kept on this machine to ask models less often."""

    replies: bool = Field(
        default=_CACHE.replies, description="Keep replies, and use them for equal requests."
    )
    max_mb: Annotated[int, Field(ge=1, le=10_240)] = Field(
        default=_CACHE.max_mb, description="How large the cache may become, in megabytes."
    )
