"""What a scripted server must know of an API family."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.providers.answers import Filtered, Says, Status
    from tests.providers.asked import Asked, Traits

Json = dict[str, Any]


class Family(Protocol):
    """How one API family is spoken. Every event is whole, with the blank line that ends it."""

    id: str
    content_type: str

    def model_of(self, asked: Asked, /) -> str | None:
        """The model that a request asks for; None when the request is not of this family."""

    def check(self, asked: Asked, traits: Traits, /) -> Status | None:
        """How the real API refuses the request for its key, shape or parameters."""

    def wants_stream(self, asked: Asked, /) -> bool:
        """Whether the reply is to be streamed."""

    def headers(self) -> Mapping[str, str]:
        """The headers that the real API adds to every reply."""

    def opening(self, asked: Asked, says: Says, /) -> list[bytes]:
        """The events before the first piece."""

    def deltas(self, asked: Asked, says: Says, /) -> list[bytes]:
        """The pieces of the answer, thinking first."""

    def delta(self, asked: Asked, piece: str, /) -> bytes:
        """One more piece of text."""

    def closing(self, asked: Asked, says: Says, /) -> list[bytes]:
        """The events after the last piece."""

    def whole(self, asked: Asked, says: Says, /) -> Any:
        """The answer in one JSON value."""

    def overloaded(self) -> Json:
        """What an error event in a stream carries when the provider is overloaded."""

    def error_event(self, body: Any, /) -> bytes:
        """An event of a stream with an error in it."""

    def keep_alive(self) -> bytes:
        """A sign of life that carries nothing."""

    def filtered(self, asked: Asked, what: Filtered, /) -> Status | tuple[bytes, ...]:
        """How the filter shows itself: a status, or all events of a stream."""

    def wrong_key(self) -> Status:
        """How a wrong key is refused."""

    def no_such_model(self, asked: Asked, model: str, /) -> Status:
        """How a model that does not exist is refused."""


def dumps(value: Any) -> bytes:
    """JSON in which every character stands for itself, as it does on the real wire."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def sse(data: Any, event: str = "") -> bytes:
    """One server-sent event."""
    content = data if isinstance(data, bytes) else dumps(data)
    named = b"event: " + event.encode() + b"\n" if event else b""
    return named + b"data: " + content + b"\n\n"


def bearer(asked: Asked) -> str:
    """The key of an `Authorization: Bearer` header; empty when there is none."""
    scheme, _, key = asked.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def key_is_wrong(given: str, traits: Traits) -> bool:
    """Whether a key is not the one that is asked for."""
    if traits.key is None:
        return False
    return not given or (traits.key != "" and given != traits.key)


def unknown(body: Json, known: frozenset[str]) -> str | None:
    """The first field of an object that is not known."""
    return next((name for name in body if name not in known), None)
