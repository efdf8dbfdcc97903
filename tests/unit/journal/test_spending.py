from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.journal.models import Clock
from understudy.journal.ledger import Ledger, MemoryLedger
from understudy.journal.spending import Wish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from understudy.journal.spending import Booking, Scope

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC).timestamp()
DAY_S = 86_400


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def ledger(clock: Clock) -> Iterator[Ledger]:
    made = MemoryLedger(clock=clock)
    yield made
    made.close()


def book(
    ledger: Ledger,
    usd: float,
    caps: Mapping[Scope, float] | None = None,
    *,
    request: str = "R",
    provider: str = "acme",
) -> Booking:
    return ledger.reserve(Wish(request, provider, usd, caps or {}))


def test_an_amount_counts_from_the_moment_it_is_set_aside(ledger: Ledger) -> None:
    assert book(ledger, 0.6, {"request": 1.0}).id
    refused = book(ledger, 0.6, {"request": 1.0})
    assert (refused.id, refused.over) == ("", "request")
    assert refused.spent["request"] == 0.6
    assert book(ledger, 0.4, {"request": 1.0}).id


def test_the_real_cost_takes_the_place_of_the_upper_bound(ledger: Ledger) -> None:
    first, second = book(ledger, 0.6), book(ledger, 0.3)
    ledger.settle(first.id, 0.1)
    ledger.settle(second.id, None)
    assert ledger.spent("R")["request"] == pytest.approx(0.4)


def test_each_scope_has_a_sum_of_its_own(ledger: Ledger, clock: Clock) -> None:
    book(ledger, 1.0)
    book(ledger, 2.0, request="S", provider="other")
    assert ledger.spent("R", "other") == {
        "request": 1.0,
        "day": 3.0,
        "month": 3.0,
        "provider": 2.0,
    }


def test_days_and_months_begin_at_midnight_utc(ledger: Ledger, clock: Clock) -> None:
    ledger.settle(book(ledger, 1.0).id, 1.0)
    clock.now = NOON + DAY_S / 2 - 1
    assert ledger.spent()["day"] == 1.0
    clock.now += 2
    assert ledger.spent("R", "acme") == {"request": 1.0, "day": 0, "month": 0, "provider": 0}
    clock.now = NOON - 0.6 * DAY_S
    ledger.settle(book(ledger, 2.0).id, 2.0)
    clock.now = NOON
    assert (ledger.spent()["day"], ledger.spent()["month"]) == (1.0, 3.0)


def test_what_a_dead_process_set_aside_expires(ledger: Ledger, clock: Clock) -> None:
    booking = book(ledger, 1.0)
    clock.now += 601
    assert ledger.spent("R")["request"] == 0
    ledger.settle(booking.id, 0.25)
    assert ledger.spent("R")["request"] == 0.25


def test_sums_survive_a_restart(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "journal.sqlite3"
    first = Ledger(path, clock=clock)
    first.settle(book(first, 1.0).id, 0.75)
    first.close()
    second = Ledger(path, clock=clock)
    assert second.spent("R")["day"] == 0.75
    second.close()


def test_many_at_once_never_exceed_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    ledgers = [Ledger(path) for _ in range(3)]
    granted: list[bool] = []
    start = threading.Barrier(12)

    def reserve(ledger: Ledger) -> None:
        start.wait()
        granted.extend(bool(book(ledger, 0.1, {"day": 1.0}).id) for _ in range(3))

    threads = [threading.Thread(target=reserve, args=(one,)) for one in ledgers * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(granted) == 10
    assert ledgers[0].spent()["day"] == pytest.approx(1.0)
    for ledger in ledgers:
        ledger.close()


@given(
    st.lists(
        st.tuples(st.floats(0, 2), st.none() | st.floats(0, 1), st.booleans()),
        max_size=12,
    )
)
def test_no_order_of_reserving_and_settling_exceeds_a_limit(
    calls: list[tuple[float, float | None, bool]],
) -> None:
    ledger = MemoryLedger(clock=Clock(NOON))
    open_ones: list[tuple[str, float]] = []
    for upper, share, settles in calls:
        booking = book(ledger, upper, {"day": 2.5})
        if booking.id:
            open_ones.append((booking.id, upper))
        if settles and open_ones:
            name, most = open_ones.pop(0)
            ledger.settle(name, None if share is None else share * most)
        assert ledger.spent()["day"] <= 2.5 + 1e-6
    ledger.close()
