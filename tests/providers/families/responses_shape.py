"""What OpenAI's responses refuse in a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.providers.families.openai_errors import check_schema, refusal, unsupported
from tests.providers.family import Json, unknown

if TYPE_CHECKING:
    from tests.providers.answers import Status
    from tests.providers.asked import Traits

_KNOWN = frozenset(
    [
        "background",
        "context_management",
        "conversation",
        "include",
        "input",
        "instructions",
        "max_output_tokens",
        "max_tool_calls",
        "metadata",
        "model",
        "parallel_tool_calls",
        "previous_response_id",
        "prompt",
        "prompt_cache_key",
        "prompt_cache_options",
        "prompt_cache_retention",
        "reasoning",
        "safety_identifier",
        "service_tier",
        "store",
        "stream",
        "stream_options",
        "temperature",
        "text",
        "tool_choice",
        "tools",
        "top_logprobs",
        "top_p",
        "truncation",
        "user",
    ]
)
_INNER = {
    "text": frozenset({"format", "verbosity"}),
    "reasoning": frozenset({"effort", "summary", "generate_summary"}),
    "stream_options": frozenset({"include_obfuscation"}),
    "prompt_cache_options": frozenset({"mode", "ttl"}),
}
_PARTS = {
    "user": ("input_text", "input_image", "input_file"),
    "system": ("input_text", "input_image", "input_file"),
    "developer": ("input_text", "input_image", "input_file"),
    "assistant": ("output_text", "refusal"),
}
_LEAST_OUTPUT = 16


def check(body: Any, traits: Traits) -> Status | None:
    """The refusal of a request that is not quite right; None for a good one."""
    if not isinstance(body, dict):
        return refusal("We could not parse the JSON body of your request.")
    return (
        _check_fields(body, traits)
        or _check_parameters(body, traits)
        or _check_input(body.get("input"))
        or _check_format((body.get("text") or {}).get("format"))
    )


def _check_fields(body: Json, traits: Traits) -> Status | None:
    if name := unknown(body, _KNOWN):
        return _unknown(name)
    for outer, known in _INNER.items():
        if name := unknown(body.get(outer) or {}, known):
            return _unknown(f"{outer}.{name}")
    refused = next((name for name in body if name in traits.refuses), None)
    if refused:
        return unsupported(refused)
    return None if body.get("model") else _required("model")


def _check_parameters(body: Json, traits: Traits) -> Status | None:
    if not traits.reasoning and "effort" in (body.get("reasoning") or {}):
        return unsupported("reasoning.effort")
    if traits.reasoning and body.get("temperature", 1) != 1:
        return unsupported("temperature")
    if body.get("max_output_tokens", _LEAST_OUTPUT) < _LEAST_OUTPUT:
        return refusal(
            "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but"
            f" got {body['max_output_tokens']} instead.",
            code="integer_below_min_value",
            param="max_output_tokens",
        )
    return None


def _check_input(given: object) -> Status | None:
    if isinstance(given, str) and given:
        return None
    if not isinstance(given, list) or not given:
        return _required("input")
    for number, message in enumerate(given):
        allowed = _PARTS.get(message.get("role"))
        if allowed is None:
            return _wrong(message.get("role"), tuple(_PARTS), f"input[{number}]")
        content = message.get("content")
        for place, part in enumerate(content if isinstance(content, list) else []):
            if part.get("type") not in allowed:
                where = f"input[{number}].content[{place}]"
                return _wrong(part.get("type"), allowed, where)
    return None


def _check_format(form: Json | None) -> Status | None:
    if form is None or form.get("type") != "json_schema":
        return None
    if not form.get("name"):
        return _required("text.format.name")
    return check_schema(form.get("schema"), "text.format") if form.get("strict") else None


def _unknown(name: str) -> Status:
    return refusal(f"Unknown parameter: '{name}'.", code="unknown_parameter", param=name)


def _required(name: str) -> Status:
    message = f"Missing required parameter: '{name}'."
    return refusal(message, code="missing_required_parameter", param=name)


def _wrong(value: object, allowed: tuple[str, ...], where: str) -> Status:
    known = ", ".join(f"'{one}'" for one in allowed)
    message = f"Invalid value: '{value}'. Supported values are: {known}."
    return refusal(message, code="invalid_value", param=where)
