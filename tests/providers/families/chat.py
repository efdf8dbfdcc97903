"""Chat completions, as OpenAI and every compatible server speak them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.providers.families import chat_shape, openai_errors
from tests.providers.family import Json, bearer, key_is_wrong, sse

if TYPE_CHECKING:
    from tests.providers.answers import Filtered, Says, Status
    from tests.providers.asked import Asked, Traits

_FINISH = {"window": "length", "refusal": "stop"}


class Chat:
    """`POST …/chat/completions`."""

    id = "openai"
    content_type = "text/event-stream; charset=utf-8"

    def __init__(self) -> None:
        self.traits: dict[str, Traits] = {}

    def model_of(self, asked: Asked) -> str | None:
        """The body's model; Azure's may stand in the address."""
        if not asked.path.endswith("/chat/completions"):
            return None
        body = asked.body if isinstance(asked.body, dict) else {}
        in_path = asked.path.partition("/deployments/")[2].partition("/")[0]
        return in_path or str(body.get("model", ""))

    def check(self, asked: Asked, traits: Traits) -> Status | None:
        """Key first, then the shape of the body."""
        self.traits[asked.model] = traits
        given = bearer(asked) or asked.headers.get("api-key", "")
        if key_is_wrong(given, traits):
            return openai_errors.wrong_key() if given else openai_errors.no_key()
        return chat_shape.check(asked.body, traits)

    def wants_stream(self, asked: Asked) -> bool:
        """As the body says."""
        return asked.body.get("stream") is True

    def headers(self) -> Json:
        """What the API adds."""
        return {"x-request-id": "req_scripted", "openai-processing-ms": "12"}

    def opening(self, asked: Asked, _says: Says) -> list[bytes]:
        """The role, before any text."""
        return [self._event(asked, {"role": "assistant", "content": "", "refusal": None})]

    def deltas(self, asked: Asked, says: Says) -> list[bytes]:
        """Thinking stands in a field of its own, and a refusal too."""
        field = "refusal" if says.finish == "refusal" else "content"
        thinking = self.traits[asked.model].thinking_field
        return [
            *(self._event(asked, {thinking: piece}) for piece in says.thinking_pieces),
            *(self._event(asked, {field: piece}) for piece in says.text_pieces),
        ]

    def delta(self, asked: Asked, piece: str) -> bytes:
        """One more piece."""
        return self._event(asked, {"content": piece})

    def closing(self, asked: Asked, says: Says) -> list[bytes]:
        """The reason, usage if it was asked for, and the mark of the end."""
        finish = _FINISH.get(says.finish, says.finish)
        if self.traits[asked.model].dialect == "mistral":
            # Mistral tells the usage unasked, with the reason.
            last = {"index": 0, "delta": {"content": ""}, "finish_reason": finish}
            usage = {"usage": _usage(says)} if says.usage else {}
            return [sse({**_chunk(asked, [last]), **usage}), sse(b"[DONE]")]
        events = [self._event(asked, {}, finish)]
        if says.usage and self._with_usage(asked):
            events.append(sse({**_chunk(asked, []), "usage": _usage(says)}))
        return [*events, sse(b"[DONE]")]

    def whole(self, asked: Asked, says: Says) -> Json:
        """A `chat.completion`."""
        refused = says.finish == "refusal"
        message: Json = {"role": "assistant", "content": None if refused else says.text}
        message["refusal"] = says.text if refused else None
        if says.thinking:
            message[self.traits[asked.model].thinking_field] = says.thinking
        finish = _FINISH.get(says.finish, says.finish)
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
        usage = {"usage": _usage(says)} if says.usage else {}
        return {**_chunk(asked, [choice]), "object": "chat.completion", **usage}

    def overloaded(self) -> Json:
        """In the words of a chunk."""
        return {
            "error": {
                "message": "The engine is currently overloaded, please try again later",
                "type": "server_error",
                "param": None,
                "code": "server_is_overloaded",
            }
        }

    def error_event(self, body: Any) -> bytes:
        """`data:` with an `error`."""
        return sse(body)

    def keep_alive(self) -> bytes:
        """A comment, as OpenRouter sends it."""
        return b": OPENROUTER PROCESSING\n\n"

    def filtered(self, asked: Asked, what: Filtered) -> Status | tuple[bytes, ...]:
        """A status for the prompt, a reason for the answer."""
        if what.what == "prompt":
            return openai_errors.refusal(
                "Your request was rejected as a result of our safety system.",
                code="content_policy_violation",
            )
        return (self.delta(asked, "half"), self._event(asked, {}, "content_filter"), sse(b"[DONE]"))

    def wrong_key(self) -> Status:
        """As OpenAI says it."""
        return openai_errors.wrong_key()

    def no_such_model(self, _asked: Asked, model: str) -> Status:
        """As OpenAI says it."""
        return openai_errors.no_such_model(model)

    def _event(self, asked: Asked, delta: Json, finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        usage = {"usage": None} if self._with_usage(asked) else {}
        return sse({**_chunk(asked, [choice]), **usage, "obfuscation": "xQ7"})

    def _with_usage(self, asked: Asked) -> bool:
        return bool((asked.body.get("stream_options") or {}).get("include_usage"))


def _chunk(asked: Asked, choices: list[Json]) -> Json:
    return {
        "id": "chatcmpl-scripted",
        "object": "chat.completion.chunk",
        "created": 1795000000,
        "model": asked.model,
        "service_tier": "default",
        "system_fingerprint": "fp_scripted",
        "choices": choices,
    }


def _usage(says: Says) -> Json:
    usage = says.usage
    if usage is None:
        return {}
    return {
        "prompt_tokens": usage.input,
        "completion_tokens": usage.output,
        "total_tokens": (usage.input or 0) + (usage.output or 0),
        "prompt_tokens_details": {
            "cached_tokens": usage.cached,
            "cache_write_tokens": usage.cache_written,
            "audio_tokens": 0,
        },
        "completion_tokens_details": {"reasoning_tokens": usage.reasoning, "audio_tokens": 0},
    }
