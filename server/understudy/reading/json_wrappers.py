"""What vendors and models put around the arguments of a tool call."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEYS = (
    "arguments",
    "input",
    "parameters",
    "args",
    "function",
    "functionCall",
    "function_call",
    "tool_calls",
    "tool_call",
    "tool_use",
    "content",
    "choices",
    "message",
    "parts",
    "result",
    "response",
    "output",
    "answer",
)
"""Under these the OpenAI, Anthropic and Gemini APIs, and models that learned from them, put it."""
_DEEPEST = 8
_MOST = 200


def unwrapped(value: Any) -> Iterator[tuple[Any, str]]:
    """The value, and then what it may be a wrapper of, from the outside in, with what that took."""
    yield value, ""
    for _ in range(_DEEPEST):
        inner = _inner(value)
        if inner is None:
            return
        value = inner
        yield value, "taken out of a tool call"


def _inner(value: Any) -> Any:
    """What a wrapper holds; None when it is none."""
    if isinstance(value, str):
        return _decoded(value)
    if isinstance(value, list):
        return _of_all(value)
    if not isinstance(value, dict):
        return None
    for key in _KEYS:
        if isinstance(value.get(key), dict | list) or _decoded(value.get(key)) is not None:
            return value[key]
    return None


def _of_all(values: list[Any]) -> Any:
    """What the only wrapper of a list holds, or a list of what each of several does."""
    if len(values) > _MOST or not any(isinstance(one, dict) for one in values):
        return None
    found = [inner for one in values if (inner := _inner(one)) is not None]
    if not found:
        return None
    return found[0] if len(found) == 1 else found


def _decoded(value: Any) -> Any:
    if not isinstance(value, str) or value.lstrip()[:1] not in {"{", "["}:
        return None
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None
