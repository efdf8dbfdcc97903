"""Moments as the journal has them: microseconds since 1970 in UTC."""

from __future__ import annotations

import time
from datetime import UTC, datetime

SECOND_US = 1_000_000
HOUR_US = 3_600 * SECOND_US
DAY_US = 24 * HOUR_US


def now_us() -> int:
    """The time."""
    return time.time_ns() // 1_000


def iso_time(at_us: int) -> str:
    """A moment for programs, to the second, such as `2026-01-31T12:00:00+00:00`."""
    return datetime.fromtimestamp(at_us // SECOND_US, UTC).isoformat()
