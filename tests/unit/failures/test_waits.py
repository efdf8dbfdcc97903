from __future__ import annotations

import calendar
import math
import time
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.failures.waits import (
    Wait,
    answered_at,
    go_duration,
    read_wait,
    said_wait,
    until_midnight_pacific,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After-Ms": "1400", "Retry-After": "9"}, 1.4),
        ({"x-ms-retry-after-ms": "2500.5"}, 2.5005),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0.25"}, 0.25),
        ({"retry-after": "Sun, 22 Nov 2026 12:00:30 GMT"}, 30),
        ({"retry-after": "Sun Nov 22 12:00:30 2026"}, 30),
        ({"retry-after": "Sunday, 22-Nov-26 12:00:30 GMT"}, 30),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6m0s"}, 360),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "12ms"}, 0.012),
        ({"x-ratelimit-remaining-tokens": "5", "x-ratelimit-reset-tokens": "12ms"}, None),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW) + 5)}, 5),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": f"{int(NOW) + 5}000"}, 5),
        (
            {
                "anthropic-ratelimit-tokens-remaining": "0",
                "anthropic-ratelimit-tokens-reset": "2026-11-22T12:00:11Z",
                "anthropic-ratelimit-requests-remaining": "0",
                "anthropic-ratelimit-requests-reset": "2026-11-22T12:00:03Z",
            },
            11,
        ),
        ({"anthropic-ratelimit-tokens-reset": "2026-11-22T12:00:11Z"}, None),
        ({"anthropic-ratelimit-unified-reset": str(int(NOW) + 60)}, 60),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "1e400"}, None),
        ({"retry-after": "9" * 400}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT"}, None),
        ({}, None),
    ],
)
def test_headers_tell_the_wait(headers: dict[str, str], seconds: float | None) -> None:
    found = read_wait(headers, now=NOW).seconds
    assert found == (None if seconds is None else pytest.approx(seconds))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Please try again in 1.4s. Visit", 1.4),
        ("Please try again in 6m0s.", 360),
        ("Please try again in 20ms.", 0.02),
        ("Please try again in 1h2m3s", 3723),
        ("Please retry in 14.2s", 14.2),
        ("Please retry after 13 seconds.", 13),
        ("Please wait 42 seconds before retrying.", 42),
        ("Try again in 2 minutes", 120),
        ("resets in 3 hours", 10800),
        ("Quota will be replenished in 04:12:33.", 15153),
        ("Your quota will reset at 15:33 UTC", 12780),
        ("It resets at 11:00 UTC.", 82800),
        ("请在 12 秒后重试", 12),
        ("30 秒後に再試行してください", 30),
        ("Bitte in 20 Sekunden erneut versuchen.", 20),
        ("try again later", None),
        ("there are 20 seconds in it", None),
        ("reset at 99:99 UTC", None),
        ("将于 15:33 UTC 重置", 12780),
        ("您的限额将在 2026-11-05 12:00:00 重置。", None),
        ("12:60 重置", None),
        ("15:33 UTC にリセットされます", 12780),
        ("Es wird um 15:33 UTC zurückgesetzt.", 12780),
        ("Es wird um 15:33 Uhr zurückgesetzt.", None),
    ],
)
def test_words_tell_the_wait(text: str, seconds: float | None) -> None:
    found = said_wait(text, NOW)
    assert found == (None if seconds is None else pytest.approx(seconds))


def test_the_forms_count_in_their_order() -> None:
    headers = {
        "retry-after-ms": "1000",
        "retry-after": "2",
        "x-ratelimit-remaining-tokens": "0",
        "x-ratelimit-reset-tokens": "5s",
    }
    said, delays = "Please try again in 4s", ["3s"]
    order = []
    for name in ("retry-after-ms", "retry-after", "delays", "said", "x-ratelimit-reset-tokens"):
        order.append(read_wait(headers, said, delays, now=NOW).seconds)
        headers.pop(name, None)
        delays = [] if name == "delays" else delays
        said = "" if name == "said" else said
    assert order == [1, 2, 3, 4, 5]


def test_a_form_that_is_no_number_lets_the_next_one_speak() -> None:
    assert read_wait({"retry-after-ms": "NaN", "retry-after": "3"}, now=NOW).seconds == 3


def test_a_provider_may_say_that_trying_again_is_no_use() -> None:
    wait = read_wait({"X-Should-Retry": "false", "retry-after": "1"}, now=NOW)
    assert wait == Wait(1.0, again=False)
    assert not wait.worth_it


def test_two_minutes_are_the_longest_wait_that_is_worth_it() -> None:
    assert Wait(120).worth_it
    assert not Wait(120.1).worth_it
    assert Wait(None).worth_it


def test_a_wait_of_years_is_cut_to_a_month() -> None:
    assert read_wait({"retry-after": "999999999999"}, now=NOW).seconds == 31 * 86400


def test_midnight_in_california_is_eight_hours_behind_in_winter() -> None:
    assert until_midnight_pacific(NOW) == 20 * 3600


@given(st.text(max_size=60))
def test_no_text_gives_a_wait_that_is_no_number(text: str) -> None:
    for wait in (
        read_wait({"retry-after": text}, text, [text], NOW),
        read_wait({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": text}, now=NOW),
        read_wait({"anthropic-ratelimit-unified-reset": text}, now=NOW),
    ):
        assert wait.seconds is None or (wait.seconds >= 0 and math.isfinite(wait.seconds))


@given(st.integers(0, 10**6))
def test_an_http_date_is_read_to_the_second(seconds: int) -> None:
    moment = datetime.fromtimestamp(NOW + seconds, UTC)
    headers = {"retry-after": format_datetime(moment, usegmt=True)}
    assert read_wait(headers, now=NOW).seconds == seconds


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
def test_durations_are_read_as_go_writes_them(hours: int, minutes: int, seconds: int) -> None:
    assert go_duration(f"{hours}h{minutes}m{seconds}s") == hours * 3600 + minutes * 60 + seconds
    assert go_duration(f"{hours}h {minutes}m") is None


def test_a_time_of_day_is_told_by_the_clock_of_whoever_names_no_zone() -> None:
    day = "2026-11-23 12:00:00"
    at = calendar.timegm((2026, 11, 23, 12, 0, 0))
    assert said_wait(f"您的限额将在 {day} 重置。", at - 10 * 3600) == 2 * 3600
    assert said_wait("額は 12:00 にリセットされます", at - 10 * 3600) == 3600


def test_a_wait_until_a_time_is_whole_seconds_by_the_servers_own_clock() -> None:
    headers = {"Date": "Mon, 23 Nov 2026 15:00:00 GMT"}
    first, second = (read_wait(headers, "It resets at 15:33 UTC.") for _ in range(2))
    assert first == second
    assert first.seconds == 33 * 60
    assert said_wait("It resets at 15:33 UTC.", NOW + 0.25) == 12780.0


def test_a_date_that_is_none_leaves_our_own_clock() -> None:
    assert answered_at({"date": "yesterday"}) == pytest.approx(time.time(), abs=60)
