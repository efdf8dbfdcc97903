"""How many tokens a prompt may have: the window, less the answer, less what counting may be off by."""

from __future__ import annotations

from dataclasses import dataclass

_LEAST_SAFE = 64


@dataclass(frozen=True, slots=True)
class Room:
    """What there is for one question.

    Attributes:
        window: tokens of prompt and answer together.
        output: tokens that the answer may have.
        error: the share of the rest by which counts may be too low.
    """

    window: int
    output: int
    error: float

    @property
    def safe(self) -> int:
        """What is put aside because counts are not exact."""
        return max(_LEAST_SAFE, int(self.error * (self.window - self.output)))

    @property
    def prompt(self) -> int:
        """What the whole prompt may have."""
        return max(self.window - self.output - self.safe, 0)

    def left(self, fixed: int, most: int) -> int:
        """What is left for context: the budget to pack it for.

        Args:
            fixed: tokens of all that is in the prompt anyway.
            most: the user's own limit; more context than needed costs money and attention.
        """
        return max(min(self.prompt - fixed, most), 0)
