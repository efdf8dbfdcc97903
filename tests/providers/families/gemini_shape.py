"""What Gemini refuses in a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.providers.answers import Status
from tests.providers.family import Json, unknown

if TYPE_CHECKING:
    from tests.providers.asked import Traits

_KNOWN = frozenset(
    [
        "cachedContent",
        "contents",
        "generationConfig",
        "labels",
        "model",
        "safetySettings",
        "serviceTier",
        "store",
        "systemInstruction",
        "toolConfig",
        "tools",
    ]
)
_CONFIG = frozenset(
    [
        "candidateCount",
        "enableEnhancedCivicAnswers",
        "frequencyPenalty",
        "imageConfig",
        "logprobs",
        "maxOutputTokens",
        "mediaResolution",
        "presencePenalty",
        "responseJsonSchema",
        "responseLogprobs",
        "responseMimeType",
        "responseModalities",
        "responseSchema",
        "seed",
        "speechConfig",
        "stopSequences",
        "temperature",
        "thinkingConfig",
        "topK",
        "topP",
    ]
)
_THINKING = frozenset({"includeThoughts", "thinkingBudget", "thinkingLevel"})
_LEVELS = ("MINIMAL", "LOW", "MEDIUM", "HIGH")


def error(code: int, status: str, message: str, *details: Json) -> Status:
    """An error body of Gemini's."""
    inner: Json = {"code": code, "message": message, "status": status}
    if details:
        inner["details"] = list(details)
    return Status(code, {"error": inner})


def check(body: Any, traits: Traits) -> Status | None:
    """The refusal of a request that is not quite right; None for a good one."""
    if not isinstance(body, dict):
        return error(400, "INVALID_ARGUMENT", "Invalid JSON payload received.")
    config = body.get("generationConfig", {})
    thinking = config.get("thinkingConfig", {})
    return (
        _check_names(body, _KNOWN, "")
        or _check_names(config, _CONFIG, " at 'generation_config'")
        or _check_names(thinking, _THINKING, " at 'generation_config.thinking_config'")
        or _check_contents(body)
        or _check_config(config, thinking, traits)
    )


def _check_names(part: Json, known: frozenset[str], where: str) -> Status | None:
    name = unknown(part, known)
    if name is None:
        return None
    message = f'Invalid JSON payload received. Unknown name "{name}"{where}: Cannot find field.'
    detail = {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [{"description": message}],
    }
    return error(400, "INVALID_ARGUMENT", message, detail)


def _check_contents(body: Json) -> Status | None:
    contents = body.get("contents")
    if not contents:
        return _invalid("* GenerateContentRequest.contents: contents is not specified")
    for number, content in enumerate(contents):
        if content.get("role", "user") not in {"user", "model"}:
            return _invalid("Please use a valid role: user, model.")
        if not content.get("parts"):
            where = f"GenerateContentRequest.contents[{number}].parts"
            return _invalid(f"* {where}: contents.parts must not be empty.")
    system = body.get("systemInstruction")
    if system is not None and not system.get("parts"):
        return _invalid("* GenerateContentRequest.system_instruction.parts: must not be empty.")
    return None


def _check_config(config: Json, thinking: Json, traits: Traits) -> Status | None:
    structured = "responseJsonSchema" in config or "responseSchema" in config
    if structured and config.get("responseMimeType") != "application/json":
        return _invalid(
            "Function calling config or response schema is only supported with mime type"
            " 'application/json'"
        )
    if thinking and (not traits.reasoning or "thinkingConfig" in traits.refuses):
        return _invalid("Thinking is not enabled for this model")
    if thinking.get("thinkingLevel", "LOW").upper() not in _LEVELS:
        return _invalid("Invalid value at 'generation_config.thinking_config.thinking_level'")
    if "thinkingBudget" in thinking and "thinkingLevel" in thinking:
        return _invalid("You can only set only one of thinking budget and thinking level.")
    return None


def _invalid(message: str) -> Status:
    return error(400, "INVALID_ARGUMENT", message)
