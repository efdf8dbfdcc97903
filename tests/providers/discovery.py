"""What local servers and gateways tell about themselves and their models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.providers.answers import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.providers.asked import Asked

WINDOW = 32768


@dataclass(frozen=True, slots=True)
class About:
    """What the server says about its models."""

    models: tuple[str, ...]
    window: int = WINDOW


def describe(asked: Asked, about: About) -> Status | None:
    """The reply to a request for facts; None for any other address."""
    made = _ADDRESSES.get(asked.path)
    if made is None and asked.path.endswith("/models"):
        made = _list
    return made(asked, about) if made else None


def _list(asked: Asked, about: About) -> Status:
    if asked.path.endswith("/v1beta/models"):
        return Status(200, {"models": [_gemini(model, about) for model in about.models]})
    return Status(200, {"object": "list", "data": [_openai(one, about) for one in about.models]})


def _openai(model: str, about: About) -> dict[str, Any]:
    # `max_model_len` is vLLM's, `context_length` OpenRouter's, `meta` llama.cpp's.
    return {
        "id": model,
        "object": "model",
        "created": 1795000000,
        "owned_by": "scripted",
        "max_model_len": about.window,
        "context_length": about.window,
        "meta": {"n_ctx_train": about.window, "n_params": 1000},
    }


def _gemini(model: str, about: About) -> dict[str, Any]:
    return {
        "name": f"models/{model}",
        "inputTokenLimit": about.window,
        "outputTokenLimit": 8192,
        "supportedGenerationMethods": ["generateContent"],
    }


def _tags(asked: Asked, about: About) -> Status:
    details = {"family": "qwen3", "parameter_size": "8B", "quantization_level": "Q4_K_M"}
    return Status(
        200,
        {
            "models": [
                {"name": model, "model": model, "size": 5_000_000_000, "details": details}
                for model in about.models
            ]
        },
    )


def _show(asked: Asked, about: About) -> Status:
    name = asked.body.get("model") if isinstance(asked.body, dict) else None
    if name not in about.models:
        return Status(404, {"error": f"model '{name}' not found"})
    return Status(
        200,
        {
            "details": {"family": "qwen3", "parameter_size": "8B"},
            "model_info": {
                "general.architecture": "qwen3",
                "qwen3.context_length": about.window,
            },
            "capabilities": ["completion", "tools", "insert", "thinking"],
        },
    )


def _lm_studio_or_router(asked: Asked, about: About) -> Status:
    """LM Studio's `models` and OpenRouter's `data`, which share an address."""
    models = [
        {
            "type": "llm",
            "key": model,
            "max_context_length": about.window,
            "loaded_instances": [{"id": model, "config": {"context_length": about.window}}],
            "capabilities": {"vision": False, "trained_for_tool_use": True},
        }
        for model in about.models
    ]
    return Status(200, {"models": models, "data": [_routed(one, about) for one in about.models]})


def _routed(model: str, about: About) -> dict[str, Any]:
    return {
        "id": model,
        "context_length": about.window,
        "pricing": {"prompt": "0.000001", "completion": "0.000002"},
        "top_provider": {"max_completion_tokens": 8192, "is_moderated": False},
        "supported_parameters": ["max_tokens", "reasoning", "structured_outputs", "tools"],
    }


def _props(asked: Asked, about: About) -> Status:
    return Status(
        200,
        {
            "default_generation_settings": {"n_ctx": about.window},
            "total_slots": 1,
            "model_path": "/models/scripted.gguf",
            "chat_template_caps": {"supports_tools": True},
            "build_info": "b1-scripted",
        },
    )


_ADDRESSES: dict[str, Callable[[Asked, About], Status]] = {
    "/api/tags": _tags,
    "/api/show": _show,
    "/api/version": lambda _asked, _about: Status(200, {"version": "0.24.1"}),
    "/api/ps": lambda _asked, _about: Status(200, {"models": []}),
    "/api/v1/models": _lm_studio_or_router,
    "/props": _props,
    "/health": lambda _asked, _about: Status(200, {"status": "ok"}),
}
