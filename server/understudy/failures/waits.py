"""How long a provider asks to wait.

The forms, in the order in which they count: `x-should-retry`, `retry-after-ms` and
`x-ms-retry-after-ms`, `retry-after` in seconds or as an HTTP date (RFC 9110, 10.2.3), Google's
`RetryInfo`, the words of the message, `x-ratelimit-reset-*` and `anthropic-ratelimit-*-reset`.
"""

from __future__ import annotations

import math
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from understudy.failures.clock_times import until_told_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LONGEST_RETRY_S = 120.0
"""Who asks for a longer wait does not get the same request again; the same limit as in OpenAI's SDK."""
_LONGEST_S = 31 * 86400.0

_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "\u00b5s": 1e-6, "ns": 1e-9}
_PARTS = r"(?:[0-9]{1,12}(?:\.[0-9]{1,12})?(?:ms|us|\u00b5s|ns|h|m|s)){1,6}(?![A-Za-z])"
_DURATION = re.compile(_PARTS)
_STEP = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,12})?)(ms|us|\u00b5s|ns|h|m|s)")
_NUMBER = re.compile(r"\s*([0-9]{1,15}(?:\.[0-9]{1,15})?)\s*")

_LONG_UNITS = (
    (re.compile(r"(?i)h|\u5c0f\u65f6|\u6642\u9593|std|stunde"), 3600.0),
    (re.compile(r"(?i)ms|milli|\u6beb\u79d2|\u30df\u30ea"), 1e-3),
    (re.compile(r"(?i)m|\u5206"), 60.0),
    (re.compile(r"(?i)d|\u5929|\u65e5|tag"), 86400.0),
    (re.compile(r"(?i)s|\u79d2"), 1.0),
)
_NUMBER_WORDS = (
    r"(?P<count>[0-9]{1,9}(?:\.[0-9]{1,6})?)\s?"
    r"(?P<unit>milliseconds?|seconds?|secs?|minutes?|mins?|hours?|days?"
    r"|Sekunden?|Minuten?|Stunden?|Tag(?:en?)?"
    r"|\u6beb\u79d2|\u79d2|\u5206\u949f|\u5206\u9418|\u5206|\u5c0f\u65f6|\u6642\u9593|\u5929|\u65e5)"
)
_SAID = (
    re.compile(
        rf"(?i)(?:try(?:ing)? again|retry(?:ing)?|wait|resets?|replenished|available)"
        rf"(?: (?:in|after|for|about|at least|approximately|another)){{0,3}} ?~?"
        rf"(?:(?P<duration>{_PARTS})|{_NUMBER_WORDS}|(?P<clock>[0-9]{{1,3}}:[0-9]{{2}}:[0-9]{{2}})(?![0-9:]))"
    ),
    re.compile(rf"(?i)\bin {_NUMBER_WORDS} (?:erneut|wieder|nochmals|noch einmal)"),
    re.compile(
        rf"{_NUMBER_WORDS} ?(?:\u540e|\u5f8c|\u4ee5\u5185|\u4e4b\u540e)?(?:\u306b)?"
        r" ?(?:\u518d\u8bd5|\u91cd\u8bd5|\u91cd\u65b0|\u518d\u8a66\u884c|\u518d\u5ea6|\u518d)"
    ),
)


@dataclass(frozen=True, slots=True)
class Wait:
    """What a provider says about trying again.

    Attributes:
        seconds: never negative; None when nothing was said.
        again: False when the provider said that trying again is no use.
    """

    seconds: float | None = None
    again: bool = True

    @property
    def worth_it(self) -> bool:
        """Whether the same may be asked again after the wait."""
        return self.again and (self.seconds is None or self.seconds <= LONGEST_RETRY_S)


def read_wait(
    headers: Mapping[str, str],
    text: str = "",
    delays: Iterable[str] = (),
    now: float | None = None,
) -> Wait:
    """The wait that a reply asks for.

    Args:
        headers: names in any case.
        text: the error's message, not the whole body.
        delays: `retryDelay` values of Google's `RetryInfo`.
        now: seconds since 1970; by default what the server's own clock showed, or else ours.
    """
    lower = {name.casefold(): value.strip() for name, value in headers.items()}
    clock = answered_at(lower) if now is None else now
    again = lower.get("x-should-retry", "").casefold() != "false"
    for seconds in _offers(lower, text, delays, clock):
        if seconds is not None and math.isfinite(seconds) and seconds >= 0:
            return Wait(min(seconds, _LONGEST_S), again)
    return Wait(None, again)


def answered_at(headers: Mapping[str, str]) -> float:
    """When a reply was made, in seconds since 1970: by its header `date`, else now.

    So the same reply means the same whenever it is read, and a clock that is wrong here does not
    matter.
    """
    lower = {name.casefold(): value for name, value in headers.items()}
    told = _date(lower.get("date", ""), 0.0)
    return time.time() if told is None else told


def go_duration(text: str) -> float | None:
    """Seconds of `1h2m3s`, `12ms` or `14.2s`, as Go writes durations; None for anything else."""
    if not _DURATION.fullmatch(text.strip()):
        return None
    return sum(float(number) * _UNITS[unit] for number, unit in _STEP.findall(text))


def said_wait(text: str, now: float) -> float | None:
    """The wait that a message tells in words, in seconds; None when it tells none."""
    for pattern in _SAID:
        found = pattern.search(text)
        if found is not None:
            return _told(found.groupdict())
    return until_told_time(text, now)


def until_midnight_pacific(now: float) -> float:
    """Seconds to the midnight at which Google's daily quotas begin anew.

    Where the system has no time zones, standard time is taken, which is at most an hour late.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    moment = datetime.fromtimestamp(now, UTC)
    try:
        here = moment.astimezone(ZoneInfo("America/Los_Angeles"))
    except (ZoneInfoNotFoundError, OSError, ValueError):
        here = (moment - timedelta(hours=8)).replace(tzinfo=UTC)
    passed = timedelta(hours=here.hour, minutes=here.minute, seconds=here.second)
    return 86400.0 - passed.total_seconds()


def _offers(
    headers: Mapping[str, str], text: str, delays: Iterable[str], now: float
) -> Iterator[float | None]:
    for name in ("retry-after-ms", "x-ms-retry-after-ms"):
        yield _scaled(_number(headers.get(name, "")), 1e-3)
    yield _number(headers.get("retry-after", ""))
    yield _date(headers.get("retry-after", ""), now)
    yield from map(go_duration, delays)
    yield said_wait(text, now)
    yield _when_spent(_openai_resets(headers, now))
    yield _when_spent(_anthropic_resets(headers, now))
    yield _minus(_number(headers.get("anthropic-ratelimit-unified-reset", "")), now)


def _openai_resets(headers: Mapping[str, str], now: float) -> Iterator[float | None]:
    for what in ("-requests", "-tokens", ""):
        if _number(headers.get(f"x-ratelimit-remaining{what}", "")) == 0:
            value = headers.get(f"x-ratelimit-reset{what}", "")
            yield go_duration(value)
            yield _epoch(_number(value), now)


def _anthropic_resets(headers: Mapping[str, str], now: float) -> Iterator[float | None]:
    for what in ("requests", "tokens", "input-tokens", "output-tokens"):
        if _number(headers.get(f"anthropic-ratelimit-{what}-remaining", "")) == 0:
            yield _iso(headers.get(f"anthropic-ratelimit-{what}-reset", ""), now)


def _when_spent(resets: Iterable[float | None]) -> float | None:
    """All that is spent must be there again, so the last reset counts."""
    return max((each for each in resets if each is not None and each >= 0), default=None)


def _number(text: str) -> float | None:
    found = _NUMBER.fullmatch(text)
    return None if found is None else float(found[1])


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _minus(value: float | None, now: float) -> float | None:
    return None if value is None else _until(value, now)


def _epoch(value: float | None, now: float) -> float | None:
    """Seconds from a plain number: a length of time, seconds since 1970, or milliseconds."""
    if value is None or value < 1e9:
        return value
    return _until(value / 1000 if value >= 1e12 else value, now)


def _date(text: str, now: float) -> float | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # The asctime form has no zone and means UTC.
    return _from(moment if moment.tzinfo else moment.replace(tzinfo=UTC), now)


def _iso(text: str, now: float) -> float | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return _from(moment if moment.tzinfo else moment.replace(tzinfo=UTC), now)


def _from(moment: datetime, now: float) -> float | None:
    try:
        return _until(moment.timestamp(), now)
    except (OverflowError, OSError, ValueError):
        return None


def _until(moment: float, now: float) -> float:
    """Whole seconds, rounded up, so that what is read twice within one says the same."""
    return float(math.ceil(moment - now))


def _told(groups: Mapping[str, str | None]) -> float | None:
    if duration := groups.get("duration"):
        return go_duration(duration)
    if clock := groups.get("clock"):
        hours, minutes, seconds = map(int, clock.split(":"))
        return hours * 3600.0 + minutes * 60 + seconds
    count, unit = groups.get("count"), groups.get("unit")
    if not count or not unit:
        return None
    return float(count) * next(
        (factor for pattern, factor in _LONG_UNITS if pattern.match(unit)), 1.0
    )
