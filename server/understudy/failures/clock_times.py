"""Times of day at which a limit begins anew, as messages tell them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_AT = (
    r"(?:(?P<year>[0-9]{4})[-/\u5e74](?P<month>[0-9]{1,2})[-/\u6708](?P<day>[0-9]{1,2})\u65e5?[ T]?)?"
    r"(?<![0-9:])(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"(?P<utc> ?(?:UTC|GMT|Z)\b)?"
)


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to tell a time.

    Attributes:
        hours: by how many the clock of those who write so is ahead of UTC, where they name no
            zone; None where nobody can tell.
    """

    pattern: re.Pattern[str]
    hours: int | None = None


_WAYS = (
    _Way(
        re.compile(rf"(?i)(?:resets?|again|until|available)(?: (?:at|after|until|on)){{0,2}} {_AT}")
    ),
    # China and Japan each have one time.
    _Way(
        re.compile(
            _AT + r"[^0-9'\"`]{0,8}?(?:\u91cd\u7f6e|\u91cd[\u8bbe\u8a2d]|\u6062[\u590d\u5fa9])"
        ),
        8,
    ),
    _Way(re.compile(_AT + r"[^0-9'\"`]{0,8}?(?:\u30ea\u30bb\u30c3\u30c8|\u56de\u5fa9)"), 9),
    _Way(
        re.compile(r"(?i)\bum " + _AT + r"(?: Uhr)?[^0-9'\"`]{0,20}?(?:zur\u00fcck|wieder|erneut)")
    ),
)


def until_told_time(text: str, now: float) -> float | None:
    """Whole seconds, rounded up, to the time that a message tells; None when it tells none.

    Args:
        text: the message.
        now: seconds since 1970.
    """
    for way in _WAYS:
        for found in way.pattern.finditer(text):
            ahead = 0 if found["utc"] else way.hours
            if ahead is not None:
                return _until(found, now + ahead * 3600)
    return None


def _until(found: re.Match[str], now: float) -> float | None:
    """Seconds to a time on a clock that shows `now`; without a date, to the next such time."""
    shown = datetime.fromtimestamp(now, UTC)
    year, month, day, hour, minute, second = (
        int(found[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    try:
        if year:
            then = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        else:
            then = shown.replace(hour=hour, minute=minute, second=second, microsecond=0)
            then += timedelta(days=then < shown)
    except (ValueError, OverflowError):
        return None
    left = math.ceil((then - shown).total_seconds())
    return float(left) if left >= 0 else None
