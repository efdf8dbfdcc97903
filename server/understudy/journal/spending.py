"""What calls may cost: amounts are reserved before a call and settled after it.

Days and months are those of UTC. Every function wants a connection within a transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from understudy.core.clock import SECOND_US
from understudy.core.ids import new_id
from understudy.journal.breaker import AHEAD_US
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

Scope = Literal["request", "day", "month", "provider"]
"""What a limit is for; `provider` is a provider's month."""

SCOPES: tuple[Scope, ...] = ("request", "day", "month", "provider")
_LEASE_US = 600 * SECOND_US
"""An amount of which nothing was heard for so long belongs to a process that died."""
_ROUNDING_USD = 1e-9


@dataclass(frozen=True, slots=True)
class Wish:
    """An amount to be reserved.

    Attributes:
        request: the id of what the user asked for.
        upper_usd: the most that it can be.
        caps: the most that may be spent in all; what is not in it has no limit.
    """

    request: str
    provider: str
    upper_usd: float
    caps: Mapping[Scope, float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Booking:
    """What came of a wish.

    Attributes:
        id: names the amount; empty when it was not reserved.
        over: the limit that stood against it; None when none did. With neither, another program
            holds the file.
        spent: what was spent or reserved before, in US dollars.
    """

    id: str
    over: Scope | None
    spent: Mapping[Scope, float]


def reserve(connection: sqlite3.Connection, wish: Wish, now_us: int) -> Booking:
    """Put an amount aside unless that exceeds a limit."""
    before = spent(connection, wish.request, wish.provider, now_us)
    for scope in SCOPES:
        cap = wish.caps.get(scope)
        if cap is not None and before[scope] + wish.upper_usd > cap + _ROUNDING_USD:
            return Booking("", scope, before)
    booking = Booking(new_id(), None, before)
    connection.execute(
        "INSERT INTO spending (id, request, provider, at_us, until_us, upper_usd)"
        " VALUES (:id, :request, :provider, :at_us, :until_us, :upper_usd)",
        {
            "id": booking.id,
            "request": clean("request", wish.request),
            "provider": clean("provider", wish.provider),
            "at_us": now_us,
            "until_us": now_us + _LEASE_US,
            "upper_usd": wish.upper_usd,
        },
    )
    return booking


def settle(connection: sqlite3.Connection, booking: str, cost_usd: float | None) -> None:
    """Replace a reserved amount by the real one; the whole of it when that is not known."""
    connection.execute(
        "UPDATE spending SET cost_usd = COALESCE(:cost_usd, upper_usd) WHERE id = :id",
        {"id": booking, "cost_usd": cost_usd},
    )


def spent(
    connection: sqlite3.Connection, request: str, provider: str, now_us: int
) -> dict[Scope, float]:
    """What was spent, or is reserved: by a request, today, this month, by a provider this month."""
    now = datetime.fromtimestamp(now_us / SECOND_US, UTC)
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    row = connection.execute(
        _SPENT,
        {
            "request": clean("request", request),
            "provider": clean("provider", provider),
            "day_us": int(day.timestamp()) * SECOND_US,
            "month_us": int(day.replace(day=1).timestamp()) * SECOND_US,
            "now_us": now_us,
            "known_us": now_us + AHEAD_US,
        },
    ).fetchone()
    return {scope: float(amount or 0.0) for scope, amount in zip(SCOPES, row, strict=True)}


def forget(connection: sqlite3.Connection, before_us: int) -> None:
    """Delete amounts that no limit looks at any more."""
    connection.execute("DELETE FROM spending WHERE at_us < ?", (before_us,))


_SPENT = """
    WITH counted AS (
        SELECT request, provider, at_us,
               CASE WHEN cost_usd IS NOT NULL THEN cost_usd
                    WHEN until_us > :now_us THEN upper_usd ELSE 0 END AS usd
        FROM spending WHERE at_us >= MIN(:month_us, :now_us - 86400000000))
    SELECT SUM(CASE WHEN request = :request THEN usd ELSE 0 END),
           SUM(CASE WHEN at_us BETWEEN :day_us AND :known_us THEN usd ELSE 0 END),
           SUM(CASE WHEN at_us BETWEEN :month_us AND :known_us THEN usd ELSE 0 END),
           SUM(CASE WHEN provider = :provider AND at_us BETWEEN :month_us AND :known_us
                    THEN usd ELSE 0 END)
    FROM counted"""
"""A request that began last month still counts as a whole, and what a wrong clock put into a month
to come does not count for this one."""
