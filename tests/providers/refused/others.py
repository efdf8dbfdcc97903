"""How local servers and gateways say no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.providers.answers import Status
from tests.providers.refused.row import (
    AUTH,
    CANNOT,
    DOWN,
    FILTER,
    OVERFLOW,
    QUOTA,
    RATE,
    TIMEOUT,
    Row,
)

if TYPE_CHECKING:
    from understudy.core.failures import FailureCategory


def _local(name: str, code: int, message: str, category: FailureCategory) -> Row:
    return Row(name, "ollama", "ollama", Status(code, {"error": message}), category)


_OLLAMA = (
    _local("not pulled", 404, 'model "qwen9" not found, try pulling it first', DOWN),
    _local("not there", 404, "model 'qwen9' not found", DOWN),
    _local("no tools", 400, '"gemma" does not support tools', CANNOT),
    _local("no thinking", 400, '"gemma" does not support thinking', CANNOT),
    _local(
        "the prompt is too long",
        400,
        "the prompt is longer than the context length currently"
        " available to the model; set a larger num_ctx",
        OVERFLOW,
    ),
    _local("the input is too long", 400, "the input length exceeds the context length", OVERFLOW),
    _local("busy", 503, "server busy, please try again.  maximum pending requests exceeded", DOWN),
    _local(
        "no memory",
        500,
        "model requires more system memory (48.2 GiB) than is available (15.1 GiB)",
        DOWN,
    ),
    _local("the runner ended", 500, "llama runner process has terminated: signal: killed", DOWN),
    _local("not signed in", 401, "unauthorized", AUTH),
    _local("may not", 403, "this model requires a subscription", AUTH),
)
_N_CTX = {
    "error": {
        "code": 400,
        "message": "request (9412 tokens) exceeds the available context size (8192 tokens), try"
        " increasing it",
        "type": "exceed_context_size_error",
        "n_prompt_tokens": 9412,
        "n_ctx": 8192,
    }
}
_VLLM = (
    "This model's maximum context length is 4096 tokens. However, you requested 1024 output tokens"
    " and your prompt contains at least 3073 input tokens, for a total of at least 4097 tokens."
    " Please reduce the length of the input prompt or the number of requested output tokens."
    " (parameter=input_tokens, value=3073)"
)
_N_KEEP = (
    "The number of tokens to keep from the initial prompt is greater than the context length"
    " (n_keep: 13055>= n_ctx: 4096). Try to load the model with a larger context length, or provide"
    " a shorter input."
)
_FIRST_TOKENS = (
    "Trying to keep the first 14538 tokens when context the overflows. However, the model is loaded"
    " with context length of only 2048 tokens, which is not enough. Try to load the model with a"
    " larger context length, or provide a shorter input"
)


def _compatible(name: str, provider: str, status: Status, category: FailureCategory) -> Row:
    return Row(name, provider, "openai", status, category)


def _router(code: int, message: str, **metadata: object) -> Status:
    return Status(code, {"error": {"code": code, "message": message, "metadata": metadata}})


_OTHERS = (
    _compatible("the context is too small", "llamacpp", Status(400, _N_CTX), OVERFLOW),
    _compatible("the context is too small, with a 500", "llamacpp", Status(500, _N_CTX), OVERFLOW),
    _compatible(
        "still loading",
        "llamacpp",
        Status(
            503, {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}
        ),
        DOWN,
    ),
    _compatible(
        "the context is too small",
        "vllm",
        Status(
            400,
            {
                "error": {
                    "message": _VLLM,
                    "type": "BadRequestError",
                    "param": "input_tokens",
                    "code": 400,
                }
            },
        ),
        OVERFLOW,
    ),
    _compatible(
        "the context is too small, without an error",
        "vllm",
        Status(
            400,
            {
                "object": "error",
                "message": _VLLM,
                "type": "BadRequestError",
                "param": None,
                "code": 400,
            },
        ),
        OVERFLOW,
    ),
    _compatible(
        "nothing is left for the answer",
        "vllm",
        Status(
            400,
            {
                "object": "error",
                "message": "max_tokens must be at least 1, got -186.",
                "type": "BadRequestError",
                "code": 400,
            },
        ),
        OVERFLOW,
    ),
    _compatible("too many to keep", "lmstudio", Status(400, {"error": _FIRST_TOKENS}), OVERFLOW),
    _compatible("too many to keep, newer", "lmstudio", Status(400, {"error": _N_KEEP}), OVERFLOW),
    _compatible(
        "exceeded", "lmstudio", Status(400, {"error": "Context size has been exceeded."}), OVERFLOW
    ),
    _compatible(
        "no credits",
        "openrouter",
        _router(402, "Insufficient credits. Add more using https://openrouter.ai/settings/credits"),
        QUOTA,
    ),
    _compatible(
        "moderated",
        "openrouter",
        _router(
            403,
            "Your input was flagged",
            reasons=["violence"],
            flagged_input="x",
            provider_name="x",
        ),
        FILTER,
    ),
    _compatible("too late", "openrouter", _router(408, "Request timed out"), TIMEOUT),
    _compatible(
        "too many requests",
        "openrouter",
        _router(429, "Provider returned error", provider_name="x"),
        RATE,
    ),
    _compatible(
        "the provider is down",
        "openrouter",
        _router(502, "Provider returned error", provider_name="x"),
        DOWN,
    ),
    _compatible("no provider", "openrouter", _router(503, "No instances available (yet)"), DOWN),
)
ROWS = (*_OLLAMA, *_OTHERS)
