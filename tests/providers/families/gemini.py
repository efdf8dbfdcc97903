"""Gemini's generateContent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from tests.providers.families import gemini_shape
from tests.providers.families.gemini_shape import error
from tests.providers.family import Json, key_is_wrong, sse

if TYPE_CHECKING:
    from tests.providers.answers import Filtered, Says, Status
    from tests.providers.asked import Asked, Traits

_PATH = re.compile(r"/models/([^/:]+):(streamGenerateContent|generateContent)$")
_FINISH = {
    "stop": "STOP",
    "length": "MAX_TOKENS",
    "window": "MAX_TOKENS",
    "content_filter": "SAFETY",
    # There is no word for a refusal: the model says it.
    "refusal": "STOP",
}


class Gemini:
    """`POST …/models/{model}:streamGenerateContent?alt=sse`."""

    id = "gemini"
    content_type = "text/event-stream"

    def model_of(self, asked: Asked) -> str | None:
        """The address's model."""
        found = _PATH.search(asked.path)
        return unquote(found[1]) if found else None

    def check(self, asked: Asked, traits: Traits) -> Status | None:
        """Key first, then the shape of the body."""
        given = asked.headers.get("x-goog-api-key", "")
        if "key" in asked.query:
            return error(400, "INVALID_ARGUMENT", "A key in an address ends in logs.")
        if key_is_wrong(given, traits):
            return self.wrong_key() if given else error(403, "PERMISSION_DENIED", _NO_KEY)
        return gemini_shape.check(asked.body, traits)

    def wants_stream(self, asked: Asked) -> bool:
        """As the address says."""
        return asked.path.endswith(":streamGenerateContent") and asked.query.get("alt") == ["sse"]

    def headers(self) -> Json:
        """What the API adds."""
        return {"server-timing": "gfet4t7; dur=12", "x-content-type-options": "nosniff"}

    def opening(self, _asked: Asked, _says: Says) -> list[bytes]:
        """Nothing comes before the first piece."""
        return []

    def deltas(self, asked: Asked, says: Says) -> list[bytes]:
        """Thoughts are marked; every piece repeats what was used so far."""
        return [
            *(
                sse(_chunk(asked, says, [{"text": piece, "thought": True}]))
                for piece in says.thinking_pieces
            ),
            *(sse(_chunk(asked, says, [{"text": piece}])) for piece in says.text_pieces),
        ]

    def delta(self, asked: Asked, piece: str) -> bytes:
        """One more piece."""
        return sse(_chunk(asked, None, [{"text": piece}]))

    def closing(self, asked: Asked, says: Says) -> list[bytes]:
        """The reason, and a signature for thoughts."""
        parts = [{"text": "", "thoughtSignature": "c2NyaXB0ZWQ="}] if says.text else []
        last = _chunk(asked, says, parts, _FINISH[says.finish])
        if not parts:
            del last["candidates"][0]["content"]
        return [sse(last)]

    def whole(self, asked: Asked, says: Says) -> Any:
        """A `GenerateContentResponse`; a stream without `alt=sse` is a list of them."""
        parts: list[Json] = [{"text": says.thinking, "thought": True}] if says.thinking else []
        parts += [{"text": says.text}] if says.text else []
        one = _chunk(asked, says, parts, _FINISH[says.finish])
        return [one] if asked.path.endswith(":streamGenerateContent") else one

    def overloaded(self) -> Json:
        """What an error in a stream carries."""
        message = "The model is overloaded. Please try again later."
        return {"error": {"code": 503, "message": message, "status": "UNAVAILABLE"}}

    def error_event(self, body: Any) -> bytes:
        """`data:` with an `error`."""
        return sse(body)

    def keep_alive(self) -> bytes:
        """A comment."""
        return b": keep-alive\n\n"

    def filtered(self, asked: Asked, what: Filtered) -> Status | tuple[bytes, ...]:
        """Inside a 200 either way: no candidates for the prompt, a reason for the answer."""
        if what.what == "prompt":
            blocked = _chunk(asked, None, [])
            del blocked["candidates"]
            return (sse({**blocked, "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}),)
        cut = _chunk(asked, None, [], "RECITATION")
        del cut["candidates"][0]["content"]
        return (self.delta(asked, "half"), sse(cut))

    def wrong_key(self) -> Status:
        """As Gemini says it: with a 400."""
        reason = {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "API_KEY_INVALID",
            "domain": "googleapis.com",
            "metadata": {"service": "generativelanguage.googleapis.com"},
        }
        message = "API key not valid. Please pass a valid API key."
        return error(400, "INVALID_ARGUMENT", message, reason)

    def no_such_model(self, _asked: Asked, model: str) -> Status:
        """As Gemini says it."""
        return error(
            404,
            "NOT_FOUND",
            f"models/{model} is not found for API version v1beta, or is not supported for"
            " generateContent. Call ListModels to see the list of available models and their"
            " supported methods.",
        )


_NO_KEY = (
    "Method doesn't allow unregistered callers (callers without established identity). Please use"
    " API Key or other form of API consumer identity to call this API."
)


def _chunk(asked: Asked, says: Says | None, parts: list[Json], finish: str = "") -> Json:
    candidate: Json = {"content": {"parts": parts, "role": "model"}, "index": 0}
    if finish:
        candidate["finishReason"] = finish
    usage = {"usageMetadata": _usage(says)} if says and says.usage else {}
    return {
        "candidates": [candidate],
        **usage,
        "modelVersion": asked.model,
        "responseId": "scripted",
    }


def _usage(says: Says) -> Json:
    usage = says.usage
    if usage is None:
        return {}
    counts = {
        "promptTokenCount": usage.input,
        "candidatesTokenCount": (usage.output or 0) - (usage.reasoning or 0),
        "totalTokenCount": (usage.input or 0) + (usage.output or 0),
    }
    # Counts of nothing are left out, as everywhere in this API.
    if usage.cached:
        counts["cachedContentTokenCount"] = usage.cached
    if usage.reasoning:
        counts["thoughtsTokenCount"] = usage.reasoning
    return counts
