"""Runs of one kind, summed up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Runs of one cell, each by its weight.

    Attributes:
        good, total: runs that succeeded, and all.
        usd, priced: dollars, and the runs of which they are known.
        seconds: how long all took.
        count: runs as they are, unweighted.
    """

    good: float = 0.0
    total: float = 0.0
    usd: float = 0.0
    priced: float = 0.0
    seconds: float = 0.0
    count: int = 0

    def faded(self, share: float) -> Tally:
        """The same with all weights taken times `share`."""
        return Tally(
            self.good * share,
            self.total * share,
            self.usd * share,
            self.priced * share,
            self.seconds * share,
            self.count,
        )

    def without(self, part: Tally) -> Tally:
        """What is left without a part; by rounding that may not become less than nothing."""
        return Tally(
            max(self.good - part.good, 0.0),
            max(self.total - part.total, 0.0),
            max(self.usd - part.usd, 0.0),
            max(self.priced - part.priced, 0.0),
            max(self.seconds - part.seconds, 0.0),
            self.count - part.count,
        )

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.good + other.good,
            self.total + other.total,
            self.usd + other.usd,
            self.priced + other.priced,
            self.seconds + other.seconds,
            self.count + other.count,
        )
