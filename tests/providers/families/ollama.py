"""Ollama's own chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.providers.answers import Status
from tests.providers.family import Json, bearer, dumps, key_is_wrong

if TYPE_CHECKING:
    from tests.providers.answers import Filtered, Says
    from tests.providers.asked import Asked, Traits

_LEVELS = ("low", "medium", "high")
_FINISH = {"length": "length", "window": "length"}


class Ollama:
    """`POST /api/chat`."""

    id = "ollama"
    content_type = "application/x-ndjson"

    def model_of(self, asked: Asked) -> str | None:
        """The body's model."""
        if not asked.path.endswith("/api/chat"):
            return None
        return str(asked.body.get("model", "")) if isinstance(asked.body, dict) else ""

    def check(self, asked: Asked, traits: Traits) -> Status | None:
        """No key unless one is set; unknown fields are overlooked, wrong types are not."""
        if traits.key and key_is_wrong(bearer(asked), traits):
            return self.wrong_key()
        body = asked.body
        if not isinstance(body, dict):
            return _error(400, "invalid character 'x' looking for beginning of value")
        return _check_types(body) or _check_messages(body) or _check_thinking(body, traits)

    def wants_stream(self, asked: Asked) -> bool:
        """A stream unless the body says otherwise."""
        return asked.body.get("stream") is not False

    def headers(self) -> Json:
        """Nothing."""
        return {}

    def opening(self, _asked: Asked, _says: Says) -> list[bytes]:
        """Nothing comes before the first piece."""
        return []

    def deltas(self, asked: Asked, says: Says) -> list[bytes]:
        """Thinking stands in a field of its own."""
        return [
            *(
                _line(asked, {"message": _message("", thinking=piece), "done": False})
                for piece in says.thinking_pieces
            ),
            *(self.delta(asked, piece) for piece in says.text_pieces),
        ]

    def delta(self, asked: Asked, piece: str) -> bytes:
        """One more piece."""
        return _line(asked, {"message": _message(piece), "done": False})

    def closing(self, asked: Asked, says: Says) -> list[bytes]:
        """The last line, with counts and times in nanoseconds."""
        return [_line(asked, {"message": _message(""), **_end(says)})]

    def whole(self, asked: Asked, says: Says) -> Json:
        """One line with everything."""
        message = _message(says.text, thinking=says.thinking)
        return {"model": asked.model, "created_at": _AT, "message": message, **_end(says)}

    def overloaded(self) -> Json:
        """What a line with an error carries."""
        return {"error": "server busy, please try again.  maximum pending requests exceeded"}

    def error_event(self, body: Any) -> bytes:
        """A line."""
        return dumps(body) + b"\n"

    def keep_alive(self) -> bytes:
        """An empty line; Ollama itself sends nothing."""
        return b"\n"

    def filtered(self, _asked: Asked, _what: Filtered) -> Status | tuple[bytes, ...]:
        """Nothing is filtered on one's own machine."""
        raise ValueError("Ollama has no filter.")

    def wrong_key(self) -> Status:
        """As a model in Ollama's cloud says it."""
        body = {"error": "unauthorized", "signin_url": "https://ollama.com/connect?name=x&key=y"}
        return Status(401, body)

    def no_such_model(self, _asked: Asked, model: str) -> Status:
        """As Ollama says it."""
        return _error(404, f"model '{model}' not found")


_AT = "2026-11-20T10:00:00.123456789Z"


def _check_types(body: Json) -> Status | None:
    if not body.get("model"):
        return _error(400, "model is required")
    if not isinstance(body.get("messages"), list):
        return _error(400, "messages must be a list")
    if not isinstance(body.get("options", {}), dict):
        return _error(400, "json: cannot unmarshal into Go struct field ChatRequest.options")
    return None


def _check_messages(body: Json) -> Status | None:
    for message in body["messages"]:
        if message.get("role") not in {"system", "user", "assistant", "tool"}:
            return _error(400, f"invalid role: {message.get('role')}")
        if not isinstance(message.get("content"), str):
            return _error(
                400,
                "json: cannot unmarshal array into Go struct field"
                " ChatRequest.messages.content of type string",
            )
    return None


def _check_thinking(body: Json, traits: Traits) -> Status | None:
    think = body.get("think")
    if think not in {None, True, False, *_LEVELS}:
        return _error(400, f'invalid think value: "{think}" (must be "high", "medium", "low")')
    if think and not traits.reasoning:
        return _error(400, f'"{body["model"]}" does not support thinking')
    return None


def _error(status: int, message: str) -> Status:
    return Status(status, {"error": message})


def _message(content: str, *, thinking: str = "") -> Json:
    thought = {"thinking": thinking} if thinking else {}
    return {"role": "assistant", "content": content, **thought}


def _line(asked: Asked, fields: Json) -> bytes:
    return dumps({"model": asked.model, "created_at": _AT, **fields}) + b"\n"


def _end(says: Says) -> Json:
    usage = says.usage
    counts: Json = {}
    if usage is not None:
        counts = {"prompt_eval_count": usage.input, "eval_count": usage.output}
    return {
        "done": True,
        "done_reason": _FINISH.get(says.finish, "stop"),
        "total_duration": 2_000_000_000,
        "load_duration": int(says.load_s * 1e9),
        "prompt_eval_duration": 300_000_000,
        "eval_duration": 1_500_000_000,
        **counts,
    }
