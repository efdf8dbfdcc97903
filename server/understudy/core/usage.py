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
