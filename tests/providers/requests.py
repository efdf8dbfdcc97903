"""One good request for each family, as its real API takes it."""

from __future__ import annotations

from typing import Any

FAMILIES = ("openai", "openai-responses", "anthropic", "gemini", "ollama")

_KEYS = {
    "openai": {"authorization": "Bearer sk-x"},
    "openai-responses": {"authorization": "Bearer sk-x"},
    "anthropic": {"x-api-key": "sk-x", "anthropic-version": "2023-06-01"},
    "gemini": {"x-goog-api-key": "sk-x"},
    "ollama": {},
}
_PATHS = {
    "openai": "/v1/chat/completions",
    "openai-responses": "/v1/responses",
    "anthropic": "/v1/messages",
    "gemini": "/v1beta/models/m:streamGenerateContent?alt=sse",
    "ollama": "/api/chat",
}


def good(family: str, **changes: Any) -> tuple[str, dict[str, str], dict[str, Any]]:
    """Path, headers and body of a streamed request to the model `m`; None takes a field away."""
    body = {**_body(family), **changes}
    path = _PATHS[family]
    if family == "gemini" and changes.get("stream") is False:
        path = path.replace(":streamGenerateContent?alt=sse", ":generateContent")
        del body["stream"]
    filled = {name: value for name, value in body.items() if value is not None}
    return path, dict(_KEYS[family]), filled


def _body(family: str) -> dict[str, Any]:
    messages = [{"role": "user", "content": "Fix it."}]
    match family:
        case "openai":
            options = {"include_usage": True}
            return {"model": "m", "messages": messages, "stream": True, "stream_options": options}
        case "openai-responses":
            return {"model": "m", "input": messages, "stream": True, "store": False}
        case "anthropic":
            return {"model": "m", "messages": messages, "max_tokens": 100, "stream": True}
        case "gemini":
            return {"contents": [{"role": "user", "parts": [{"text": "Fix it."}]}]}
        case _:
            return {"model": "m", "messages": messages, "stream": True, "truncate": False}
