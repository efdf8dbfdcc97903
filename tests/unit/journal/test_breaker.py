from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.journal.models import failure
from understudy.core.failures import FailureCategory as F
from understudy.journal.breaker import Breaker, after_failure, clock_time, let_through, objection

NOW = 1_760_000_000_000_000
S = 1_000_000
COOLDOWN_S = 300.0


def failed(*times: int, category: F = F.PROVIDER_UNAVAILABLE, code: str = "") -> Breaker:
    """A breaker after failures at these seconds."""
    state = Breaker()
    for at in times:
        state = after_failure(state, failure(category, code=code), NOW + at * S, COOLDOWN_S)
    return state


def open_s(state: Breaker, at: int = 0) -> float:
    return max(state.open_until_us - NOW - at * S, 0) / S


def test_failures_that_lie_far_apart_do_not_add_up() -> None:
    assert open_s(failed(0, 20, 40), 40) == 15
    assert failed(0, 50, 100, 150).open_until_us == 0


@pytest.mark.parametrize("apart_s", [1, 31, 120])
def test_silences_add_up_though_each_takes_its_time(apart_s: int) -> None:
    times = [apart_s * n for n in range(3)]
    assert failed(*times[:2], category=F.TIMEOUT).open_until_us == 0
    assert open_s(failed(*times, category=F.TIMEOUT), times[-1]) == 15


def test_silences_hours_apart_do_not_add_up() -> None:
    assert failed(*range(0, 20_000, 3_600), category=F.TIMEOUT).open_until_us == 0


@pytest.mark.parametrize(
    ("category", "code", "needed"),
    [
        (F.PROVIDER_UNAVAILABLE, "", 3),
        (F.PROVIDER_UNAVAILABLE, "overloaded", 6),
        (F.TIMEOUT, "timeout_first_token", 3),
        (F.PROVIDER_UNAVAILABLE, "model_missing", 1),
        (F.RATE_LIMIT, "", 1),
        (F.QUOTA_EXHAUSTED, "", 1),
        (F.AUTH_ERROR, "", 1),
    ],
)
def test_each_kind_of_failure_has_its_weight(category: F, code: str, needed: int) -> None:
    assert failed(*range(needed - 1), category=category, code=code).open_until_us == 0
    assert failed(*range(needed), category=category, code=code).open_until_us > 0


@pytest.mark.parametrize("code", ["loading", "proxy_away"])
def test_a_server_that_loads_its_model_or_was_not_reached_by_a_proxy_is_well(code: str) -> None:
    assert failed(*range(30), code=code).open_until_us == 0


def test_pauses_double_up_to_the_cool_down() -> None:
    state, at, pauses = Breaker(), 0, []
    for _ in range(3):
        state = after_failure(state, failure(F.PROVIDER_UNAVAILABLE), NOW, COOLDOWN_S)
    for _ in range(7):
        pauses.append(open_s(state, at))
        at += int(pauses[-1])
        state = after_failure(state, failure(F.PROVIDER_UNAVAILABLE), NOW + at * S, COOLDOWN_S)
    assert pauses == [15, 30, 60, 120, 240, 300, 300]


def test_a_pause_that_the_server_asks_for_is_kept_exactly() -> None:
    state = after_failure(Breaker(), failure(F.RATE_LIMIT, after_s=12.5), NOW, COOLDOWN_S)
    assert open_s(state) == 12.5
    assert objection(state, NOW) == "is left alone until 08:53 UTC (rate_limit)"
    assert objection(state, NOW + 13 * S) == ""


def test_a_later_failure_never_shortens_a_pause() -> None:
    state = after_failure(Breaker(), failure(F.QUOTA_EXHAUSTED, after_s=900.0), NOW, COOLDOWN_S)
    state = after_failure(state, failure(F.AUTH_ERROR), NOW + S, COOLDOWN_S)
    assert open_s(state) == 900


def test_a_closed_breaker_lets_everybody_through() -> None:
    assert let_through(Breaker(), NOW) == Breaker()


def test_the_day_is_named_when_it_is_another_one() -> None:
    assert clock_time(NOW, NOW) == "08:53 UTC"
    assert clock_time(NOW + 86_400 * S, NOW) == "2025-10-10 08:53 UTC"


@given(
    st.lists(
        st.tuples(
            st.sampled_from([F.PROVIDER_UNAVAILABLE, F.RATE_LIMIT, F.TIMEOUT, F.QUOTA_EXHAUSTED]),
            st.none() | st.floats(0, 1e12),
            st.integers(0, 1_000),
        ),
        max_size=40,
    )
)
def test_every_pause_ends(script: list[tuple[F, float | None, int]]) -> None:
    state, now = Breaker(), NOW
    for category, after_s, later in script:
        now += later * S
        state = after_failure(state, failure(category, after_s=after_s), now, COOLDOWN_S)
    assert objection(state, now + 8 * 86_400 * S) == ""
