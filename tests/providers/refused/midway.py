"""How providers say no in the middle of a stream, whose status was a success."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.providers.answers import ErrorEvent
from understudy.core.failures import FailureCategory

if TYPE_CHECKING:
    from tests.providers.family import Json


@dataclass(frozen=True, slots=True)
class Midway:
    """One event that ends a stream with an error."""

    name: str
    provider: str
    family: str
    body: Any
    category: FailureCategory

    @property
    def answer(self) -> ErrorEvent:
        """The stream with this event in it."""
        return ErrorEvent(self.body)


def _anthropic(kind: str, message: str) -> Json:
    return {"type": "error", "error": {"type": kind, "message": message}}


def _failed(code: str, message: str) -> Json:
    error = {"code": code, "message": message}
    response = {"id": "resp_x", "object": "response", "status": "failed", "error": error}
    return {"type": "response.failed", "sequence_number": 9, "response": response}


def _event(code: str, message: str) -> Json:
    return {"type": "error", "code": code, "message": message, "param": None, "sequence_number": 9}


def _router(code: int, message: str) -> Json:
    choice = {"index": 0, "delta": {"content": ""}, "finish_reason": "error"}
    return {
        "id": "gen-x",
        "object": "chat.completion.chunk",
        "error": {"code": code, "message": message},
        "choices": [choice],
    }


_N_CTX = {
    "code": 400,
    "message": "request (9412 tokens) exceeds the available context size (8192 tokens), try"
    " increasing it",
    "type": "exceed_context_size_error",
    "n_prompt_tokens": 9412,
    "n_ctx": 8192,
}
_SGLANG = {
    "object": "error",
    "message": "The input (9412 tokens) is longer than the model's context length (8192 tokens).",
    "type": "BadRequestError",
    "code": 400,
}
_DOWN = FailureCategory.PROVIDER_UNAVAILABLE
_RATE = FailureCategory.RATE_LIMIT
_OVERFLOW = FailureCategory.CONTEXT_OVERFLOW

MIDWAY = (
    Midway(
        "an error of the server",
        "openai",
        "openai",
        {
            "error": {
                "message": "The server had an error processing your request.",
                "type": "server_error",
                "param": None,
                "code": None,
            }
        },
        _DOWN,
    ),
    Midway(
        "too many requests",
        "openai",
        "openai-responses",
        _failed("rate_limit_exceeded", "Rate limit reached for gpt-5.6."),
        _RATE,
    ),
    Midway(
        "an error of the server",
        "openai",
        "openai-responses",
        _failed("server_error", "The model failed to generate a response."),
        _DOWN,
    ),
    Midway(
        "the prompt is forbidden",
        "openai",
        "openai-responses",
        _failed("invalid_prompt", "Invalid prompt: violating our usage policy."),
        FailureCategory.CONTENT_FILTERED,
    ),
    Midway(
        "too long",
        "openai",
        "openai-responses",
        _event(
            "context_length_exceeded",
            "Your input exceeds the context window of this model. Please adjust your input and try"
            " again.",
        ),
        _OVERFLOW,
    ),
    Midway(
        "no quota",
        "openai",
        "openai-responses",
        _event("insufficient_quota", "You exceeded your current quota."),
        FailureCategory.QUOTA_EXHAUSTED,
    ),
    Midway(
        "overloaded",
        "anthropic",
        "anthropic",
        _anthropic("overloaded_error", "Overloaded"),
        _DOWN,
    ),
    Midway(
        "too many requests",
        "anthropic",
        "anthropic",
        _anthropic("rate_limit_error", "Number of tokens has exceeded your rate limit."),
        _RATE,
    ),
    Midway(
        "overloaded",
        "gemini",
        "gemini",
        {"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}},
        _DOWN,
    ),
    Midway(
        "overloaded, in a list",
        "gemini",
        "gemini",
        [{"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}}],
        _DOWN,
    ),
    Midway(
        "the runner ended",
        "ollama",
        "ollama",
        {"error": "an error was encountered while running the model: CUDA error"},
        _DOWN,
    ),
    Midway("too long", "llamacpp", "openai", {"error": _N_CTX}, _OVERFLOW),
    Midway("too long", "custom", "openai", {"error": _SGLANG}, _OVERFLOW),
    Midway("too long, without an error", "custom", "openai", _SGLANG, _OVERFLOW),
    Midway(
        "the provider is down",
        "openrouter",
        "openai",
        _router(502, "Provider disconnected unexpectedly"),
        _DOWN,
    ),
    Midway("too many requests", "openrouter", "openai", _router(429, "Rate limited"), _RATE),
)
