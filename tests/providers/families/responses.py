"""OpenAI's responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.providers.families import openai_errors, responses_shape
from tests.providers.family import Json, bearer, key_is_wrong, sse

if TYPE_CHECKING:
    from tests.providers.answers import Filtered, Says, Status
    from tests.providers.asked import Asked, Traits

_REASONS = {
    "length": "max_output_tokens",
    "window": "max_output_tokens",
    "content_filter": "content_filter",
}


class Responses:
    """`POST …/responses`."""

    id = "openai-responses"
    content_type = "text/event-stream; charset=utf-8"

    def model_of(self, asked: Asked) -> str | None:
        """The body's model."""
        if not asked.path.endswith("/responses"):
            return None
        return str(asked.body.get("model", "")) if isinstance(asked.body, dict) else ""

    def check(self, asked: Asked, traits: Traits) -> Status | None:
        """Key first, then the shape of the body."""
        given = bearer(asked) or asked.headers.get("api-key", "")
        if key_is_wrong(given, traits):
            return openai_errors.wrong_key() if given else openai_errors.no_key()
        return responses_shape.check(asked.body, traits)

    def wants_stream(self, asked: Asked) -> bool:
        """As the body says."""
        return asked.body.get("stream") is True

    def headers(self) -> Json:
        """What the API adds."""
        return {"x-request-id": "req_scripted", "openai-processing-ms": "12"}

    def opening(self, asked: Asked, _says: Says) -> list[bytes]:
        """The response that begins."""
        response = _response(asked, "in_progress")
        return [
            _event("response.created", response=response),
            _event("response.in_progress", response=response),
        ]

    def deltas(self, _asked: Asked, says: Says) -> list[bytes]:
        """Summaries of thinking, then one message with one part."""
        events = [_thought(piece) for piece in says.thinking_pieces]
        if not says.text:
            return events
        kind = (
            "response.refusal.delta" if says.finish == "refusal" else "response.output_text.delta"
        )
        item = {"id": "msg_1", "type": "message", "role": "assistant", "content": []}
        place = {"item_id": "msg_1", "output_index": 1, "content_index": 0}
        events.append(
            _event(
                "response.output_item.added", output_index=1, item={**item, "status": "in_progress"}
            )
        )
        part = {"type": "output_text", "annotations": [], "text": ""}
        events.append(_event("response.content_part.added", **place, part=part))
        return events + [_event(kind, **place, delta=piece) for piece in says.text_pieces]

    def delta(self, _asked: Asked, piece: str) -> bytes:
        """One more piece."""
        place = {"item_id": "msg_1", "output_index": 1, "content_index": 0}
        return _event("response.output_text.delta", **place, delta=piece)

    def closing(self, asked: Asked, says: Says) -> list[bytes]:
        """The text once more, and the whole response."""
        events = []
        if says.text and says.finish != "refusal":
            place = {"item_id": "msg_1", "output_index": 1, "content_index": 0}
            events.append(_event("response.output_text.done", **place, text=says.text))
        whole = self.whole(asked, says)
        return [*events, _event(f"response.{whole['status']}", response=whole)]

    def whole(self, asked: Asked, says: Says) -> Json:
        """A `response`."""
        reason = _REASONS.get(says.finish)
        response = _response(asked, "incomplete" if reason else "completed")
        response["incomplete_details"] = {"reason": reason} if reason else None
        response["output"] = _output(says)
        response["usage"] = _usage(says)
        return response

    def overloaded(self) -> Json:
        """What an `error` event carries."""
        return {
            "type": "error",
            "code": "server_is_overloaded",
            "message": "Our servers are currently overloaded. Please try again later.",
            "param": None,
            "sequence_number": 9,
        }

    def error_event(self, body: Any) -> bytes:
        """`error`, or `response.failed` when the body is a response."""
        return sse(body, body.get("type", "error") if isinstance(body, dict) else "error")

    def keep_alive(self) -> bytes:
        """A comment."""
        return b": keep-alive\n\n"

    def filtered(self, asked: Asked, what: Filtered) -> Status | tuple[bytes, ...]:
        """A status for the prompt, a reason for the answer."""
        if what.what == "prompt":
            return openai_errors.refusal(
                "Invalid prompt: your prompt was flagged as potentially violating our usage policy."
                " Please try again with a different prompt.",
                code="invalid_prompt",
            )
        response = _response(asked, "incomplete")
        response["incomplete_details"] = {"reason": "content_filter"}
        return (self.delta(asked, "half"), _event("response.incomplete", response=response))

    def wrong_key(self) -> Status:
        """As OpenAI says it."""
        return openai_errors.wrong_key()

    def no_such_model(self, _asked: Asked, model: str) -> Status:
        """As OpenAI says it."""
        return openai_errors.refusal(
            f"The requested model '{model}' does not exist.", code="model_not_found", param="model"
        )


def _event(kind: str, **fields: Any) -> bytes:
    return sse({"type": kind, "sequence_number": 4, **fields}, kind)


def _thought(piece: str) -> bytes:
    place = {"item_id": "rs_1", "output_index": 0, "summary_index": 0}
    return _event("response.reasoning_summary_text.delta", **place, delta=piece)


def _response(asked: Asked, status: str) -> Json:
    return {
        "id": "resp_scripted",
        "object": "response",
        "created_at": 1795000000,
        "status": status,
        "error": None,
        "incomplete_details": None,
        "model": asked.model,
        "output": [],
        "usage": None,
        "store": False,
    }


def _output(says: Says) -> list[Json]:
    items: list[Json] = []
    if says.thinking:
        summary = [{"type": "summary_text", "text": says.thinking}]
        items.append({"id": "rs_1", "type": "reasoning", "summary": summary})
    if says.text:
        part: Json = {"type": "output_text", "annotations": [], "text": says.text}
        if says.finish == "refusal":
            part = {"type": "refusal", "refusal": says.text}
        message = {"id": "msg_1", "type": "message", "role": "assistant", "status": "completed"}
        items.append({**message, "content": [part]})
    return items


def _usage(says: Says) -> Json | None:
    usage = says.usage
    if usage is None:
        return None
    return {
        "input_tokens": usage.input,
        "input_tokens_details": {
            "cached_tokens": usage.cached,
            "cache_write_tokens": usage.cache_written,
        },
        "output_tokens": usage.output,
        "output_tokens_details": {"reasoning_tokens": usage.reasoning},
        "total_tokens": (usage.input or 0) + (usage.output or 0),
    }
