"""One model, as far as anyone knows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

CostTier = Literal["free", "economy", "standard", "premium"]
Locality = Literal["built-in", "local", "cloud"]
Reliability = Literal["high", "medium", "low"]
Latency = Literal["fast", "medium", "slow"]

CAPABILITIES = frozenset(
    {
        "code-generation",
        "fim",
        "fix",
        "prompt-cache",
        "reasoning",
        "structured-output",
        "tools",
        "vision",
    }
)
"""What the catalogue says of models. Settings may add tags of their own."""

TIERS: tuple[CostTier, ...] = ("free", "economy", "standard", "premium")
"""Cheapest first."""

_MILLION = 1_000_000
_ECONOMY_USD = 1.0
_STANDARD_USD = 6.0


class Tokens(Protocol):
    """Tokens of one call; None where the provider does not say. `input` holds the two after it."""

    @property
    def input(self) -> int | None:
        """Of the whole prompt."""

    @property
    def cached(self) -> int | None:
        """Of the prompt, those read from the provider's cache."""

    @property
    def cache_written(self) -> int | None:
        """Of the prompt, those put into it."""

    @property
    def output(self) -> int | None:
        """Of the answer, thinking included."""


@dataclass(frozen=True, slots=True)
class Model:
    """One model.

    Attributes:
        id: `provider/name`, or as the settings call it; unique.
        locality: where it runs; nothing leaves the machine for `built-in` and `local`.
        capabilities: what it can do; those of `CAPABILITIES`, and free tags.
        summary: a sentence for people.
        provider: the provider's id.
        name: the provider's own name for it.
        context_window: tokens of prompt and answer that it is used with: of a local server, those
            that it grants, or that it is asked to grant.
        window_max: tokens that the model could take if its server granted them.
        max_output: tokens of one answer, thinking included; None when nobody says.
        price_in: US dollars for a million tokens; None when unknown, which is not nothing.
        long_prompt: from how many tokens of prompt on other prices count, and those for prompt and
            answer.
        prices_as_of: the day of the prices, as `2026-11-22`.
        structured_output: `schema` when an answer can be held to a JSON Schema, `json` when only to
            JSON, else empty.
        params: optional parameters of a request that it takes: `temperature`, `effort`.
        ends: the day on which its provider retires it; empty when none is known.
        inferred: whether this is what is known about a relative, or about nothing at all.
        enabled: whether settings allow to ask it.
        sources: the layer of each field that is not a mere default.
    """

    id: str
    cost_tier: CostTier
    locality: Locality
    capabilities: frozenset[str]
    summary: str = ""
    provider: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()
    context_window: int = 8_192
    window_max: int = 8_192
    max_output: int | None = None
    price_in: float | None = None
    price_out: float | None = None
    price_cache_read: float | None = None
    price_cache_write: float | None = None
    long_prompt: tuple[int, float, float] | None = None
    prices_as_of: str = ""
    structured_output: str = ""
    structured_output_reliability: Reliability = "low"
    params: frozenset[str] = frozenset()
    latency: Latency = "medium"
    ends: str = ""
    inferred: bool = False
    enabled: bool = True
    sources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def cost(self, usage: Tokens) -> float | None:
        """What a call costs in US dollars; None when prices or tokens are not known."""
        return cost(self, usage)


def cost(model: Model, usage: Tokens) -> float | None:
    """What a call of a model costs in US dollars; None when prices or tokens are not known."""
    price_in, price_out = model.price_in, model.price_out
    if price_in is None or price_out is None:
        return None
    if price_in == price_out == 0:
        return 0.0
    if usage.input is None or usage.output is None:
        return None
    read = price_in if model.price_cache_read is None else model.price_cache_read
    write = price_in if model.price_cache_write is None else model.price_cache_write
    if model.long_prompt is not None and usage.input > model.long_prompt[0]:
        factor = model.long_prompt[1] / price_in if price_in else 1.0
        price_in, price_out = model.long_prompt[1], model.long_prompt[2]
        read, write = read * factor, write * factor
    cached, written = usage.cached or 0, usage.cache_written or 0
    fresh = max(usage.input - cached - written, 0)
    total = fresh * price_in + cached * read + written * write + usage.output * price_out
    return total / _MILLION


def tier_of(price_in: float, price_out: float) -> CostTier:
    """The tier of a price, for three tokens of prompt to each of the answer."""
    blended = (3 * price_in + price_out) / 4
    if blended == 0:
        return "free"
    if blended < _ECONOMY_USD:
        return "economy"
    return "standard" if blended < _STANDARD_USD else "premium"
