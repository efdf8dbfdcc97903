"""What chat completions refuse in a request, in the words of whoever serves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.providers.answers import Status
from tests.providers.families.openai_errors import check_schema, refusal, unsupported
from tests.providers.family import Json, unknown

if TYPE_CHECKING:
    from tests.providers.asked import Traits

_OPENAI = frozenset(
    [
        "audio",
        "frequency_penalty",
        "function_call",
        "functions",
        "logit_bias",
        "logprobs",
        "max_completion_tokens",
        "max_tokens",
        "messages",
        "metadata",
        "modalities",
        "model",
        "n",
        "parallel_tool_calls",
        "prediction",
        "presence_penalty",
        "prompt_cache_key",
        "prompt_cache_options",
        "prompt_cache_retention",
        "reasoning_effort",
        "response_format",
        "safety_identifier",
        "seed",
        "service_tier",
        "stop",
        "store",
        "stream",
        "stream_options",
        "temperature",
        "tool_choice",
        "tools",
        "top_logprobs",
        "top_p",
        "user",
        "verbosity",
        "web_search_options",
    ]
)
_MISTRAL = frozenset(
    [
        "frequency_penalty",
        "guardrails",
        "max_tokens",
        "messages",
        "metadata",
        "model",
        "n",
        "parallel_tool_calls",
        "prediction",
        "presence_penalty",
        "prompt_cache_key",
        "prompt_mode",
        "random_seed",
        "reasoning_effort",
        "response_format",
        "safe_prompt",
        "stop",
        "stream",
        "temperature",
        "tool_choice",
        "tools",
        "top_p",
    ]
)
_GROQ = frozenset(
    [
        "citation_options",
        "compound_custom",
        "disable_tool_validation",
        "documents",
        "exclude_domains",
        "frequency_penalty",
        "function_call",
        "functions",
        "include_domains",
        "include_reasoning",
        "logit_bias",
        "logprobs",
        "max_completion_tokens",
        "max_tokens",
        "messages",
        "metadata",
        "model",
        "n",
        "parallel_tool_calls",
        "presence_penalty",
        "reasoning_effort",
        "reasoning_format",
        "response_format",
        "search_settings",
        "seed",
        "service_tier",
        "stop",
        "store",
        "stream",
        "stream_options",
        "temperature",
        "tool_choice",
        "tools",
        "top_logprobs",
        "top_p",
        "user",
    ]
)
_ROLES = {
    "openai": ("developer", "system", "user", "assistant", "tool", "function"),
    "mistral": ("system", "user", "assistant", "tool"),
    "groq": ("system", "user", "assistant", "tool", "function", "developer"),
    "compatible": ("system", "user", "assistant", "tool"),
}
_SAMPLING = ("temperature", "top_p", "presence_penalty", "frequency_penalty")


def check(body: Any, traits: Traits) -> Status | None:
    """The refusal of a request that is not quite right; None for a good one."""
    if not isinstance(body, dict):
        return refusal("We could not parse the JSON body of your request.")
    return (
        _check_fields(body, traits)
        or _check_messages(body, traits)
        or _check_stream(body)
        or _check_parameters(body, traits)
        or _check_format(body, traits)
    )


def _check_fields(body: Json, traits: Traits) -> Status | None:
    refused = next((name for name in body if name in traits.refuses), None)
    if refused:
        return unsupported(refused)
    if traits.dialect == "mistral" and (name := unknown(body, _MISTRAL)):
        return _extra(name, body[name])
    if traits.dialect == "groq" and (name := unknown(body, _GROQ)):
        return refusal(f"property '{name}' is unsupported")
    if traits.dialect == "openai" and (name := unknown(body, _OPENAI)):
        return refusal(f"Unrecognized request argument supplied: {name}")
    return None


def _extra(name: str, value: object) -> Status:
    detail = {
        "type": "extra_forbidden",
        "loc": ["body", name],
        "msg": "Extra inputs are not permitted",
        "input": value,
    }
    body = {
        "object": "error",
        "message": {"detail": [detail]},
        "type": "invalid_request_error",
        "param": None,
        "code": None,
    }
    return Status(422, body)


def _check_messages(body: Json, traits: Traits) -> Status | None:
    if not body.get("model"):
        return refusal("you must provide a model parameter")
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        return refusal("Missing required parameter: 'messages'.", param="messages")
    roles = _ROLES[traits.dialect]
    for number, message in enumerate(messages):
        if message.get("role") not in roles:
            known = ", ".join(f"'{role}'" for role in roles)
            return refusal(
                f"Invalid value: '{message.get('role')}'. Supported values are: {known}.",
                code="invalid_value",
                param=f"messages[{number}].role",
            )
        if not isinstance(message.get("content"), str | list):
            return refusal(
                f"Invalid type for 'messages[{number}].content': expected one of a string or array"
                " of objects, but got null instead.",
                code="invalid_type",
                param=f"messages[{number}].content",
            )
    return None


def _check_stream(body: Json) -> Status | None:
    options = body.get("stream_options")
    if options is None:
        return None
    if body.get("stream") is not True:
        return refusal(
            "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
            param="stream_options",
        )
    if name := unknown(options, frozenset({"include_usage", "include_obfuscation"})):
        return refusal(
            f"Unknown parameter: 'stream_options.{name}'.",
            code="unknown_parameter",
            param=f"stream_options.{name}",
        )
    return None


def _check_parameters(body: Json, traits: Traits) -> Status | None:
    if traits.dialect != "openai":
        return None
    if "max_tokens" in body and "max_completion_tokens" in body:
        return refusal(
            "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported."
        )
    if traits.reasoning:
        return _check_reasoning(body)
    return unsupported("reasoning_effort") if "reasoning_effort" in body else None


def _check_reasoning(body: Json) -> Status | None:
    if "max_tokens" in body:
        return unsupported("max_tokens", "max_completion_tokens")
    for name in _SAMPLING:
        if body.get(name, 1 if name in {"temperature", "top_p"} else 0) not in {0, 1}:
            return refusal(
                f"Unsupported value: '{name}' does not support {body[name]} with this model. Only"
                " the default (1) value is supported.",
                code="unsupported_value",
                param=name,
            )
    return None


def _check_format(body: Json, traits: Traits) -> Status | None:
    form = body.get("response_format")
    if form is None:
        return None
    if form.get("type") not in {"text", "json_object", "json_schema"}:
        return refusal(
            f"Invalid value: '{form.get('type')}'. Supported values are: 'json_object',"
            " 'json_schema', and 'text'.",
            code="invalid_value",
            param="response_format.type",
        )
    described = form.get("json_schema", {})
    if form["type"] == "json_schema" and not described.get("name"):
        where = "response_format.json_schema.name"
        return refusal(f"Missing required parameter: '{where}'.", param=where)
    if form["type"] == "json_schema" and described.get("strict") and traits.dialect == "openai":
        return check_schema(described.get("schema"), "response_format")
    return None
