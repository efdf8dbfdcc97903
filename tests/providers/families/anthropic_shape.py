"""What Anthropic's messages refuse in a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.providers.answers import Status
from tests.providers.family import Json, unknown

if TYPE_CHECKING:
    from tests.providers.asked import Traits

_KNOWN = frozenset(
    [
        "cache_control",
        "container",
        "context_management",
        "diagnostics",
        "fallbacks",
        "inference_geo",
        "max_tokens",
        "mcp_servers",
        "messages",
        "metadata",
        "model",
        "output_config",
        "service_tier",
        "speed",
        "stop_sequences",
        "stream",
        "system",
        "temperature",
        "thinking",
        "tool_choice",
        "tools",
        "top_k",
        "top_p",
    ]
)
_CONFIG = frozenset({"effort", "format"})
_MOST_MARKS = 4


def error(kind: str, message: str, status: int = 400, **more: Any) -> Status:
    """An error body of Anthropic's."""
    inner = {"type": kind, "message": message, **more}
    return Status(status, {"type": "error", "error": inner, "request_id": "req_scripted"})


def check(body: Any, traits: Traits) -> Status | None:
    """The refusal of a request that is not quite right; None for a good one."""
    if not isinstance(body, dict):
        return _invalid("The request body is not valid JSON")
    return (
        _check_fields(body, traits)
        or _check_parameters(body, traits)
        or _check_turns(body["messages"])
        or _check_end(body["messages"])
        or _check_marks(body)
        or _check_output(body)
    )


def _check_fields(body: Json, traits: Traits) -> Status | None:
    refused = next((name for name in body if name in traits.refuses), None)
    if refused:
        return _invalid(f"{refused}: Extra inputs are not permitted")
    if name := unknown(body, _KNOWN):
        return _invalid(f"{name}: Extra inputs are not permitted")
    if name := unknown(body.get("output_config") or {}, _CONFIG):
        return _invalid(f"output_config.{name}: Extra inputs are not permitted")
    for name in ("model", "max_tokens", "messages"):
        if name not in body:
            return _invalid(f"{name}: Field required")
    return None


def _check_parameters(body: Json, traits: Traits) -> Status | None:
    if not isinstance(body["max_tokens"], int) or body["max_tokens"] < 0:
        return _invalid("max_tokens: Input should be greater than or equal to 0")
    if traits.reasoning and "temperature" in body:
        return _invalid("`temperature` is deprecated for this model.")
    return None


def _check_turns(messages: list[Json]) -> Status | None:
    for number, message in enumerate(messages):
        if message.get("role") not in {"user", "assistant"}:
            return _invalid(
                f'messages: Unexpected role "{message.get("role")}". Allowed roles are "user" or'
                ' "assistant". The Messages API accepts a top-level `system` parameter, not'
                ' "system" as an input message role.'
            )
        if not message.get("content"):
            return _invalid(
                f"messages.{number}: all messages must have non-empty content except for the"
                " optional final assistant message"
            )
        if any(not part.get("text", "x") for part in _parts(message["content"])):
            return _invalid("messages: text content blocks must be non-empty")
    return None


def _check_end(messages: list[Json]) -> Status | None:
    if not messages:
        return _invalid("messages: at least one message is required")
    if messages[-1]["role"] == "assistant":
        return _invalid(
            "This model does not support assistant message prefill. The conversation must end with"
            " a user message."
        )
    return None


def _check_marks(body: Json) -> Status | None:
    parts = _parts(body.get("system"))
    for message in body["messages"]:
        parts += _parts(message["content"])
    if any(not part.get("text", "x") for part in parts):
        return _invalid("system: text content blocks must be non-empty")
    marks = sum("cache_control" in part for part in parts) + ("cache_control" in body)
    if marks > _MOST_MARKS:
        return _invalid(
            f"A maximum of {_MOST_MARKS} blocks with cache_control may be provided. Found {marks}."
        )
    return None


def _check_output(body: Json) -> Status | None:
    form = (body.get("output_config") or {}).get("format")
    if form is not None and (form.get("type") != "json_schema" or "schema" not in form):
        return _invalid("output_config.format: Input tag expected to be 'json_schema'")
    if form is not None and form["schema"].get("additionalProperties") is not False:
        return _invalid(
            "output_config.format.schema: For 'object' type, 'additionalProperties' must be"
            " explicitly set to false"
        )
    return None


def _parts(content: Any) -> list[Json]:
    return [part for part in content if isinstance(part, dict)] if isinstance(content, list) else []


def _invalid(message: str) -> Status:
    return error("invalid_request_error", message)
