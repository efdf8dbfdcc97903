"""What goes wrong with the first of two models, and what the scripted models of it do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.benchmarks.callers.questions import MENDED
from tests.providers.answers import (
    EMPTY,
    ErrorEvent,
    Hangs,
    HtmlPage,
    Refuses,
    Reset,
    Says,
    Status,
    Truncated,
    WrongKey,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.providers.answers import Answer

GOOD = "good"
"""The second model."""
GOOD_TEXT = f"```python\n{MENDED}```\n"
ONE_PIECE, MANY_PIECES = "one-piece", "many-pieces"
PIECES = 200
_WORDS = "".join(f"w{at:03} " for at in range(PIECES))
"""All different: the peer takes a model that repeats itself for a broken one."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to fail.

    Attributes:
        answer: what the model does; None where nothing does anything.
        cuts: whether the answer stops half way.
    """

    id: str
    title: str
    answer: Answer | None
    cuts: bool = False


def _refusal(status: int, code: str, message: str, kind: str, **headers: str) -> Status:
    error = {"message": message, "type": kind, "param": None, "code": code}
    return Status(
        status, {"error": error}, {key.replace("_", "-"): headers[key] for key in headers}
    )


NOBODY = "nobody"
NO_MODEL = "no-model"
FAULTS = (
    Fault("wrong-key", "401, wrong key", WrongKey()),
    Fault(
        "rate-limit",
        "429, with a wait of 1 s",
        _refusal(
            429,
            "rate_limit_exceeded",
            "Rate limit reached for requests per min (RPM): Limit 3, Used 3, Requested 1."
            " Please try again in 1s.",
            "requests",
            retry_after="1",
        ),
    ),
    Fault(
        "no-quota",
        "429, insufficient_quota",
        _refusal(
            429,
            "insufficient_quota",
            "You exceeded your current quota, please check your plan and billing details.",
            "insufficient_quota",
        ),
    ),
    Fault(
        "server-error",
        "500",
        Status(
            500,
            {
                "error": {
                    "message": "The server had an error while processing your request.",
                    "type": "server_error",
                    "param": None,
                    "code": None,
                }
            },
        ),
    ),
    Fault(
        "overloaded",
        "503, overloaded",
        _refusal(
            503,
            "server_is_overloaded",
            "The engine is currently overloaded, please try again later.",
            "server_error",
        ),
    ),
    Fault(NO_MODEL, "404, no such model", None),
    Fault(NOBODY, "connection refused", None),
    Fault("reset", "reset in mid-stream", Reset(), cuts=True),
    Fault("truncated", "truncated stream", Truncated(), cuts=True),
    Fault("error-event", "error event inside a 200", ErrorEvent(), cuts=True),
    Fault("page", "web page with a 200", HtmlPage(200)),
    Fault("empty", "empty answer", EMPTY),
    Fault("refusal", "refusal", Refuses()),
)
"""The thirteen."""
HANG = Fault("hang", "a hang", Hangs())

SCRIPTS: Mapping[str, Sequence[Answer]] = {
    GOOD: [Says(GOOD_TEXT)],
    ONE_PIECE: [Says(_WORDS[:5], chunks=1)],
    MANY_PIECES: [Says(_WORDS, chunks=PIECES)],
    **{one.id: [one.answer] for one in (*FAULTS, HANG) if one.answer is not None},
}
