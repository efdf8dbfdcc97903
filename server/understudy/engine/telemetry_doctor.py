"""Where runs are told, and how that goes."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.core.failures import UnavailableError
from understudy.core.plural import plural
from understudy.engine.finding import Finding, State
from understudy.telemetry.counts import Told, told
from understudy.telemetry.target import STANDARD, address, shown, target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.config.settings import Settings

_TOPIC = "telemetry"
_WORDS = {
    "connect": "it did not accept a connection",
    "dns": "its name is not known",
    "proxy": "the proxy before it wants a name and a password",
    "proxy_away": "the proxy before it can't be reached",
    "tls": "its certificate can't be trusted",
    "reset": "the connection broke",
    "timeout_connect": "it did not accept a connection in time",
    "timeout_total": "it did not answer in time",
    "header": "a header can't be sent as it is",
    "partial": "it refused a part of what it was sent",
    "not-reachable": "it could not be sent to",
}
"""What went wrong, by the words that are kept of it. Statuses of HTTP stand for themselves."""


async def examine_telemetry(settings: Settings) -> Finding:
    """To whom runs are told, how many spans went there, and what went wrong last."""
    telemetry = settings.telemetry
    if not address(telemetry):
        text = "No collector is told of runs."
        if telemetry.otlp_endpoint == STANDARD:
            text = f"`{STANDARD}` names no collector, so none is told of runs."
        return Finding(_TOPIC, "otlp", State.OK, text)
    origin = shown(telemetry) or "otlp"
    try:
        await target(settings)
        counted = told(journal_file(), address(telemetry))
    except UnavailableError as failure:
        remedy = "Correct `telemetry.otlp_endpoint` and `telemetry.otlp_headers`."
        return Finding(_TOPIC, origin, State.PROBLEM, str(failure), remedy)
    text = "; ".join(_sentences(counted, content=telemetry.content)) + "."
    if counted.failed and counted.failed_us > counted.sent_us:
        remedy = "See that the collector runs, and that it takes OTLP over HTTP with protobuf."
        return Finding(_TOPIC, origin, State.NOTE, text, remedy)
    return Finding(_TOPIC, origin, State.OK, text)


def _sentences(counted: Told, *, content: bool) -> Iterator[str]:
    what = "runs are told with prompts and answers" if content else "runs are told without any text"
    numbers = f"{plural(counted.sent, 'span')} sent, {counted.dropped} dropped"
    yield f"{what}; {numbers}, {counted.refused} refused"
    if counted.failed:
        at = datetime.datetime.fromtimestamp(counted.failed_us / 1e6, datetime.UTC)
        status = counted.failed.removeprefix("http-")
        why = _WORDS.get(counted.failed, f"it answered with {status}")
        yield f"last trouble on {at:%Y-%m-%d %H:%M} UTC: {why}"
