"""When a model is left alone because its server fails, and when it is tried again.

A breaker is closed while all is well. Failures of the server within a minute open it, and silence
within ten, for each silence alone may take half a minute; when its time is over, one call is let
through as a probe, and what becomes of it closes or opens it again.
Nothing here does I/O. Times are microseconds since 1970.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from understudy.core.clock import SECOND_US
from understudy.core.failures import FailureCategory as F

if TYPE_CHECKING:
    from understudy.core.failures import Failure

AHEAD_US = 60 * SECOND_US
"""By how much a time may lie in the future, before it was noted by a clock that was wrong."""

_MOST_WEIGHT = 3.0
_WINDOW_US = 60 * SECOND_US
_WINDOW_OF_SILENCE_US = 600 * SECOND_US
_FIRST_S = 15.0
"""How long it is open the first time; twice as long each time after that."""
_LONGEST_S = 7 * 86_400.0
_PROBE_US = 60 * SECOND_US
"""A probe that nobody heard of again for so long is taken for dead."""

_UNSAID_S = {F.RATE_LIMIT: 10.0, F.QUOTA_EXHAUSTED: 3_600.0, F.AUTH_ERROR: 60.0}
"""How long to leave a model alone after a failure that says so by itself, but not until when.

A key is tried again soon: nobody tells us that it was replaced.
"""
_WEIGHTS = {"loading": 0.0, "overloaded": 0.5, "proxy_away": 0.0}
"""By code; a busy server is not a dead one, and one that still loads its model is well.

Of a server behind a proxy that is away nothing is known, and the proxy is tried again at no cost.
"""
_MISSING = "model_missing"
OF_THE_KEY = frozenset({F.QUOTA_EXHAUSTED, F.AUTH_ERROR})
"""Failures that hold for all models behind the same key."""


@dataclass(frozen=True, slots=True)
class Breaker:
    """The state of one breaker.

    Attributes:
        weight: of the failures since `since_us`.
        trips: how often it opened since all was well.
        open_until_us: 0 while it is closed.
        probe_until_us: until when a probe may be under way; 0 when none is.
        category: of the last failure.
    """

    weight: float = 0.0
    since_us: int = 0
    trips: int = 0
    open_until_us: int = 0
    probe_until_us: int = 0
    category: str = ""


def objection(breaker: Breaker, now_us: int) -> str:
    """Why a call is not let through, as a clause; empty when one is."""
    if now_us < breaker.open_until_us:
        return (
            f"is left alone until {clock_time(breaker.open_until_us, now_us)} ({breaker.category})"
        )
    if now_us < breaker.probe_until_us:
        return f"is just being tried again after {breaker.category}"
    return ""


def credible(breaker: Breaker, now_us: int) -> Breaker:
    """The state, unless it is of a time that has not come: the clock was wrong when it was noted."""
    return breaker if breaker.since_us <= now_us + AHEAD_US else Breaker()


def let_through(breaker: Breaker, now_us: int) -> Breaker:
    """The state once a call was let through; a breaker that was open lets no second one pass."""
    return replace(breaker, probe_until_us=now_us + _PROBE_US) if breaker.open_until_us else breaker


def after_failure(breaker: Breaker, failure: Failure, now_us: int, cooldown_s: float) -> Breaker:
    """The state after a failure of the server.

    Args:
        breaker: the state before.
        failure: what went wrong.
        now_us: when.
        cooldown_s: the longest time for which it opens when the server does not say how long.
    """
    half_open = 0 < breaker.open_until_us <= now_us
    silent = failure.category is F.TIMEOUT
    window_us = _WINDOW_OF_SILENCE_US if silent else _WINDOW_US
    fresh = now_us - breaker.since_us > window_us
    weight = _weight(failure) + (0.0 if fresh else breaker.weight)
    since_us = now_us if fresh else breaker.since_us
    failed = replace(
        breaker,
        weight=weight,
        since_us=since_us,
        probe_until_us=0,
        category=failure.category.value,
    )
    said_s = _said(failure, cooldown_s)
    if said_s is None and weight < _MOST_WEIGHT and not (half_open and _weight(failure)):
        return failed
    pause_s = (
        min(cooldown_s, _FIRST_S * 2.0 ** min(breaker.trips, 20)) if said_s is None else said_s
    )
    until_us = now_us + int(min(pause_s, _LONGEST_S) * SECOND_US)
    return replace(
        failed, trips=breaker.trips + 1, open_until_us=max(until_us, breaker.open_until_us)
    )


def silences(breaker: Breaker) -> int | None:
    """How often it opened, where the last thing that is known of the model is its silence."""
    return breaker.trips if breaker.category == F.TIMEOUT.value else None


def clock_time(at_us: int, now_us: int) -> str:
    """A time as `15:33 UTC`, with the day when that is not today."""
    at, now = (datetime.fromtimestamp(us / SECOND_US, UTC) for us in (at_us, now_us))
    return at.strftime("%H:%M UTC" if at.date() == now.date() else "%Y-%m-%d %H:%M UTC")


def _weight(failure: Failure) -> float:
    return _WEIGHTS.get(failure.code, 1.0)


def _said(failure: Failure, cooldown_s: float) -> float | None:
    """For how long one failure alone opens the breaker; None when it does not."""
    if failure.code == _MISSING:
        return cooldown_s
    if failure.after_s is not None and failure.code not in _WEIGHTS:
        return failure.after_s
    return _UNSAID_S.get(failure.category)
