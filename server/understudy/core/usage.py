"""What a call of a model used up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call, as the provider counts them; None where it does not say.

    Attributes:
        input: of the prompt, those read from a cache included.
        cached: of `input`, those that were read from the provider's cache.
        cache_written: of `input`, those that were put into it.
        output: of the answer, thinking included.
        reasoning: of `output`, those of thinking.
    """

    input: int | None = None
    cached: int | None = None
    cache_written: int | None = None
    output: int | None = None
    reasoning: int | None = None


def together(one: Usage | None, other: Usage | None) -> Usage | None:
    """The tokens of two requests; what only one of them counted is that one's alone."""
    if one is None or other is None:
        return one or other
    return Usage(*(_sum(getattr(one, name), getattr(other, name)) for name in _FIELDS))


_FIELDS = ("input", "cached", "cache_written", "output", "reasoning")


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one + (other or 0)
