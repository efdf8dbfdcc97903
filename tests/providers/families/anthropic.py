"""Anthropic's messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.providers.families import anthropic_shape
from tests.providers.families.anthropic_shape import error
from tests.providers.family import Json, key_is_wrong, sse

if TYPE_CHECKING:
    from tests.providers.answers import Filtered, Says, Status
    from tests.providers.asked import Asked, Traits

_STOP = {
    "stop": "end_turn",
    "length": "max_tokens",
    "window": "model_context_window_exceeded",
    "content_filter": "refusal",
    "refusal": "refusal",
}


class Anthropic:
    """`POST …/v1/messages`."""

    id = "anthropic"
    content_type = "text/event-stream; charset=utf-8"

    def model_of(self, asked: Asked) -> str | None:
        """The body's model."""
        if not asked.path.endswith("/messages"):
            return None
        return str(asked.body.get("model", "")) if isinstance(asked.body, dict) else ""

    def check(self, asked: Asked, traits: Traits) -> Status | None:
        """Key first, then the headers, then the shape of the body."""
        given = asked.headers.get("x-api-key", "")
        if key_is_wrong(given, traits):
            return self.wrong_key() if given else error("authentication_error", _NO_KEY, 401)
        if "anthropic-version" not in asked.headers:
            return error("invalid_request_error", "anthropic-version: header is required")
        return anthropic_shape.check(asked.body, traits)

    def wants_stream(self, asked: Asked) -> bool:
        """As the body says."""
        return asked.body.get("stream") is True

    def headers(self) -> Json:
        """What the API adds."""
        return {"request-id": "req_scripted", "anthropic-organization-id": "scripted"}

    def opening(self, asked: Asked, says: Says) -> list[bytes]:
        """The message that begins, with what the prompt took."""
        message = {**self.whole(asked, says), "content": [], "stop_reason": None}
        message["usage"] = {**message["usage"], "output_tokens": 1}
        return [
            sse({"type": "message_start", "message": message}, "message_start"),
            self.keep_alive(),
        ]

    def deltas(self, asked: Asked, says: Says) -> list[bytes]:
        """A block for thinking with its signature, and one for the text."""
        events = []
        if says.thinking:
            events.append(_start(0, {"type": "thinking", "thinking": "", "signature": ""}))
            events += [
                _delta(0, {"type": "thinking_delta", "thinking": piece})
                for piece in says.thinking_pieces
            ]
            events.append(_delta(0, {"type": "signature_delta", "signature": "c2NyaXB0ZWQ="}))
            events.append(_stop(0))
        if says.text:
            events.append(_start(1, {"type": "text", "text": ""}))
            events += [self.delta(asked, piece) for piece in says.text_pieces]
        return events

    def delta(self, _asked: Asked, piece: str) -> bytes:
        """One more piece."""
        return _delta(1, {"type": "text_delta", "text": piece})

    def closing(self, _asked: Asked, says: Says) -> list[bytes]:
        """The open block's end, the reason with all that was used, and the end."""
        details = {"category": "cyber"} if _STOP[says.finish] == "refusal" else None
        change: Json = {"stop_reason": _STOP[says.finish], "stop_sequence": None}
        if details:
            change["stop_details"] = details
        usage = _usage(says) if says.usage else {"output_tokens": 1}
        last = {"type": "message_delta", "delta": change, "usage": usage}
        return [
            *([_stop(1)] if says.text else []),
            sse(last, "message_delta"),
            sse({"type": "message_stop"}, "message_stop"),
        ]

    def whole(self, asked: Asked, says: Says) -> Json:
        """A `message`."""
        content: list[Json] = []
        if says.thinking:
            content.append(
                {"type": "thinking", "thinking": says.thinking, "signature": "c2NyaXB0ZWQ="}
            )
        if says.text:
            content.append({"type": "text", "text": says.text})
        return {
            "id": "msg_scripted",
            "type": "message",
            "role": "assistant",
            "model": asked.model,
            "content": content,
            "stop_reason": _STOP[says.finish],
            "stop_sequence": None,
            "usage": _usage(says),
        }

    def overloaded(self) -> Json:
        """What an `error` event carries."""
        return {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}

    def error_event(self, body: Any) -> bytes:
        """`event: error`."""
        return sse(body, "error")

    def keep_alive(self) -> bytes:
        """A ping."""
        return sse({"type": "ping"}, "ping")

    def filtered(self, _asked: Asked, what: Filtered) -> Status | tuple[bytes, ...]:
        """A status either way: the answer is blocked as a whole."""
        if what.what == "prompt":
            message = "Output blocked by content filtering policy"
            return error("invalid_request_error", message)
        body = {
            "type": "error",
            "error": {
                "type": "invalid_request_error",
                "message": "Output blocked by content filtering policy",
            },
        }
        return (self.keep_alive(), self.error_event(body))

    def wrong_key(self) -> Status:
        """As Anthropic says it."""
        return error("authentication_error", "invalid x-api-key", 401)

    def no_such_model(self, _asked: Asked, model: str) -> Status:
        """As Anthropic says it."""
        return error("not_found_error", f"model: {model}", 404)


_NO_KEY = "x-api-key header is required"


def _start(index: int, block: Json) -> bytes:
    event = {"type": "content_block_start", "index": index, "content_block": block}
    return sse(event, "content_block_start")


def _delta(index: int, delta: Json) -> bytes:
    event = {"type": "content_block_delta", "index": index, "delta": delta}
    return sse(event, "content_block_delta")


def _stop(index: int) -> bytes:
    return sse({"type": "content_block_stop", "index": index}, "content_block_stop")


def _usage(says: Says) -> Json:
    usage = says.usage
    if usage is None:
        return {}
    cached, written = usage.cached or 0, usage.cache_written or 0
    return {
        # What a cache gave or took is not part of the input here, unlike everywhere else.
        "input_tokens": (usage.input or 0) - cached - written,
        "cache_creation_input_tokens": written,
        "cache_read_input_tokens": cached,
        "output_tokens": usage.output,
        "output_tokens_details": {"thinking_tokens": usage.reasoning},
        "service_tier": "standard",
    }
