"""Deliver a request to a collector, again where that may help.

What may be repeated: https://opentelemetry.io/docs/specs/otlp/#otlphttp-response. A server that took
a request and was too slow to say so gets it twice, which is harmless: spans keep their ids.
"""

from __future__ import annotations

import gzip
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from understudy.failures.waits import read_wait
from understudy.telemetry.protobuf import fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.telemetry.target import Target
    from understudy.wire.posting import Posted

_RETRYABLE = frozenset({429, 502, 503, 504})
_TRIES = 6
_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 60.0
_NO_SUCH = frozenset({404, 405, 415, 501})


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a request.

    Attributes:
        taken: whether the collector has it, but for `refused` of its spans or points.
        why: what went wrong, in a word; empty when nothing did.
        final: whether the collector does not want it.
        unserved: whether there is nobody who takes such requests.
    """

    taken: bool
    refused: int = 0
    why: str = ""
    final: bool = False
    unserved: bool = False


class Patience(Protocol):
    """How long it may take. Answers change when the program ends."""

    def left_s(self) -> float:
        """How many seconds one try may take."""

    async def wait(self, seconds: float) -> bool:
        """Wait; False when there is no time for another try."""


async def deliver(url: str, message: bytes, target: Target, patience: Patience) -> Delivered:
    """Send a message until it is taken, or refused for good, or there is no more time."""
    from understudy.wire.posting import post_bytes

    body = gzip.compress(message, compresslevel=6, mtime=0)
    headers = {
        **target.headers,
        "content-type": "application/x-protobuf",
        "content-encoding": "gzip",
    }
    number = 0
    while True:
        number += 1
        posted = await post_bytes(
            url, body, headers, proxy=target.proxy, timeout_s=patience.left_s()
        )
        verdict = judge(posted)
        if verdict is not None:
            return verdict
        wait_s = pause(posted, number)
        if wait_s > _LONGEST_WAIT_S or number == _TRIES or not await patience.wait(wait_s):
            return Delivered(taken=False, why=_word(posted))


def judge(posted: Posted) -> Delivered | None:
    """What an answer says; None where the same may be tried again."""
    if posted.trouble == "header":
        return Delivered(taken=False, why="header")
    if posted.status in _RETRYABLE or not posted.status:
        return None
    if 200 <= posted.status < 300:
        refused, said = partial_success(posted.content)
        return Delivered(taken=True, refused=refused, why="partial" if refused or said else "")
    unserved = posted.status in _NO_SUCH
    return Delivered(taken=False, why=_word(posted), final=True, unserved=unserved)


def partial_success(content: bytes) -> tuple[int, str]:
    """How many spans or points an answer says were refused, and why; `(0, "")` for none."""
    try:
        partial = fields(content).get(1, b"")
        told = fields(partial) if isinstance(partial, bytes) else {}
    except ValueError:
        return 0, ""
    refused, said = told.get(1, 0), told.get(2, b"")
    return (
        refused if isinstance(refused, int) else 0,
        said.decode("utf-8", "replace") if isinstance(said, bytes) else "",
    )


def pause(posted: Posted, number: int, chance: Callable[[], float] = random.random) -> float:
    """Seconds before the next try: as the server says, else longer with the number of the last."""
    told = read_wait(posted.headers).seconds
    if told is not None:
        return told
    return float(chance() * _FIRST_WAIT_S * 2 ** (number - 1))


def _word(posted: Posted) -> str:
    return posted.trouble or f"http-{posted.status}"
