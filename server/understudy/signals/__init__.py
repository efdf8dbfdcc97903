"""One sign that a setting should be another one, per file. Each defines `SIGNAL`.

A signal counts something in the journal, by a query that only reads, and fires when the count says
with certainty that a bar is passed: for a share, when the whole interval that holds it with 95 % (Wilson)
lies beyond the bar. It offers a setting with a value, and does nothing itself.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from understudy.core.binomial import wilson
from understudy.core.plugins import load_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.config.settings import Settings

Value = bool | int | float | str
Bar = Literal["share_above", "share_below", "rate_above", "rate_below", "count"]
"""What must lie beyond the bar: the whole interval of a share, the share itself, or the count."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A setting, and the value that the evidence speaks for.

    Attributes:
        path: the keys in the user's configuration, such as `("context", "max_tokens")`.
        effect: what it does, as a sentence.
    """

    path: tuple[str, ...]
    value: Value
    effect: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What a query found about one subject.

    Attributes:
        subject: such as a model's id; empty where it is about everything.
        good: how many of `total` are what is counted.
        examples: ids of runs to look at, the newest first.
    """

    subject: str
    good: int
    total: int
    examples: tuple[str, ...] = ()

    @property
    def interval(self) -> tuple[float, float]:
        """What holds the share with 95 % confidence."""
        return wilson(self.good, self.total)


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign.

    Attributes:
        id: its name: the file's name.
        about: what fired says, with the places `{good}`, `{total}` and `{subject}`.
        sql: one SELECT that gives the columns `subject`, `good`, `total`, `first_run` and `last_run`, from the time
            `:since_us` on.
        days: how far back it looks.
        at_least: fewer cases say nothing.
        offer: the setting for a subject; None where it is set so already.
    """

    id: str
    about: str
    sql: str
    days: int
    at_least: int
    bar: Bar
    threshold: float
    offer: Callable[[str, Settings], Offer | None]

    def fires(self, found: Counted) -> bool:
        """Whether the bar is passed, for certain."""
        if found.total < self.at_least:
            return False
        low, high = found.interval
        rate = found.good / max(found.total, 1)
        return {
            "share_above": low >= self.threshold,
            "share_below": high <= self.threshold,
            "rate_above": rate >= self.threshold,
            "rate_below": rate < self.threshold,
            "count": found.good >= self.threshold,
        }[self.bar]


def offer_of(
    path: tuple[str, ...], value: Value, effect: str
) -> Callable[[str, Settings], Offer | None]:
    """The same value whatever it is about, where a setting does not have it already.

    Args:
        path: the keys in the configuration, which are the names in `Settings`, too.
        value: what it should be.
        effect: what that does, as a sentence.
    """
    setting, offered = attrgetter(".".join(path)), Offer(path, value, effect)

    def offer(_subject: str, settings: Settings) -> Offer | None:
        return None if setting(settings) == value else offered

    return offer


def all_signals() -> dict[str, Signal]:
    """Every signal, by its id."""
    return load_folder(sys.modules[__name__], "SIGNAL", Signal)
