"""What every family's reader has in common: the state of a reply that is on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from understudy.wire import Usage


MISSHAPEN = (TypeError, AttributeError, LookupError, ValueError, RecursionError)
"""What reading an event raises that is no JSON or not of the API's shape."""


_MOST_TOKENS = 1_000_000_000
"""No call has so many, and what is far above can't be stored, nor be paid."""
_FAR = 1 << 63


class Reader:
    """Takes the events of one reply. A family says how its events are read.

    `read` and `usage` may raise any of `MISSHAPEN`; the caller makes one failure of them.

    Attributes:
        finish: the provider's word for why the answer ended.
        whole: whether the answer is complete, even if the connection broke now.
        over: whether nothing of interest can follow.
        begun: whether the model has begun to answer or to think.
        error: an error that came instead of the answer or in its middle, as the provider's JSON.
        refusals: what the model says instead of an answer, where the API keeps that apart.
        loading_s: how long the server says that it loaded the model.
    """

    ends_by_reason: ClassVar[bool] = False
    """Whether no event is the last one, so that an answer may end with the reason for its end."""

    __slots__ = (
        "begun",
        "error",
        "finish",
        "loading_s",
        "model",
        "over",
        "refusals",
        "reply_id",
        "texts",
        "thoughts",
        "usage_said",
        "whole",
    )

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.thoughts: list[str] = []
        self.refusals: list[str] = []
        self.begun = False
        self.finish = ""
        self.whole = False
        self.over = False
        self.error: Any = None
        self.model = ""
        self.reply_id = ""
        self.loading_s = 0.0
        self.usage_said: dict[str, Any] = {}

    def read(self, event: Any) -> None:
        """Take one event, as decoded JSON."""
        raise NotImplementedError

    def usage(self) -> Usage:
        """The tokens, as far as they were told."""
        raise NotImplementedError

    @property
    def pieces(self) -> int:
        """How many pieces of answer and thinking came."""
        return len(self.texts) + len(self.thoughts) + len(self.refusals)

    def done(self) -> None:
        """Take `[DONE]`, which is no JSON."""
        self.over = True

    def end(self) -> None:
        """Take the end of a body that was read in good order."""

    def say(self, piece: object) -> None:
        """Take a piece of the answer. What is no text, or empty, says nothing."""
        if piece and isinstance(piece, str):
            self.begun = True
            self.texts.append(piece)

    def think(self, piece: object) -> None:
        """Take a piece of thinking."""
        if piece and isinstance(piece, str):
            self.begun = True
            self.thoughts.append(piece)

    def decline(self, piece: object) -> None:
        """Take a piece of a refusal."""
        if piece and isinstance(piece, str):
            self.begun = True
            self.refusals.append(piece)

    def stop(self, word: object) -> None:
        """Take the reason why the answer ended; None when there is none yet."""
        if word:
            self.finish = str(word)

    def fail(self, error: object) -> None:
        """Take an error; nothing that follows matters."""
        self.error = error
        self.over = True

    def name(self, model: object, reply_id: object) -> None:
        """Take the name of the model that answers, and the provider's id for the reply."""
        self.model = model if isinstance(model, str) else ""
        self.reply_id = reply_id if isinstance(reply_id, str) else ""


def of_the_first(answers: Any) -> list[Any]:
    """Those pieces of several answers that belong to the first one, which alone was asked for.

    A gateway may write several at once. Mixed, they would be no answer. One without a number is the
    first.
    """
    return [one for one in answers if not one.get("index")]


def count(value: object) -> int | None:
    """A number of tokens; None for what is none."""
    found = natural(value)
    return None if found is None or found > _MOST_TOKENS else found


def natural(value: object) -> int | None:
    """A whole number that is not below 0, nor beyond all use; None for what is none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value < _FAR else None


def total(*counts: int | None) -> int | None:
    """The sum of those that are known; None when none is."""
    known = [one for one in counts if one is not None]
    return sum(known) if known else None


def inner(value: Any, name: str) -> dict[str, Any]:
    """An object inside an object; empty where there is none."""
    found = value.get(name)
    return found if isinstance(found, dict) else {}
