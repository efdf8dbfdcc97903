"""Refusals in OpenAI's words, for both of its families."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.providers.answers import Status

if TYPE_CHECKING:
    from tests.providers.family import Json


def refusal(
    message: str, *, code: str | None = None, param: str | None = None, status: int = 400
) -> Status:
    """An error body of OpenAI's."""
    kind = "invalid_request_error"
    return Status(
        status, {"error": {"message": message, "type": kind, "param": param, "code": code}}
    )


def unsupported(name: str, instead: str = "") -> Status:
    """A parameter that this model does not take."""
    use = f" Use '{instead}' instead." if instead else ""
    message = f"Unsupported parameter: '{name}' is not supported with this model.{use}"
    return refusal(message, code="unsupported_parameter", param=name)


def wrong_key() -> Status:
    """A key that is not known; the real API shows its ends too."""
    message = (
        "Incorrect API key provided: sk-wrong*****************3456. You can find your API key at"
        " https://platform.openai.com/account/api-keys."
    )
    return refusal(message, code="invalid_api_key", status=401)


def no_key() -> Status:
    """No key at all."""
    return refusal(
        "You didn't provide an API key. You need to provide your API key in an Authorization header"
        " using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
        status=401,
    )


def no_such_model(model: str) -> Status:
    """A model that does not exist."""
    message = f"The model `{model}` does not exist or you do not have access to it."
    return refusal(message, code="model_not_found", status=404)


def check_schema(schema: object, where: str) -> Status | None:
    """What strict structured output asks of a schema's objects."""
    if not isinstance(schema, dict):
        return refusal(f"Missing required parameter: '{where}.schema'.", param=f"{where}.schema")
    if schema.get("type") != "object":
        return _bad_schema(where, "schema must be a JSON Schema of 'type: \"object\"'")
    for one in _objects(schema):
        if one.get("additionalProperties") is not False:
            return _bad_schema(
                where, "'additionalProperties' is required to be supplied and to be false."
            )
        if set(one.get("required", [])) != set(one.get("properties", {})):
            return _bad_schema(
                where,
                "'required' is required to be supplied and to be an array including every key in"
                " properties.",
            )
    return None


def _bad_schema(where: str, what: str) -> Status:
    return refusal(
        f"Invalid schema for {where} 'edit': In context=(), {what}",
        code="invalid_json_schema",
        param=where,
    )


def _objects(schema: Json) -> list[Json]:
    found = [schema] if schema.get("type") == "object" else []
    inner = [*schema.get("properties", {}).values(), schema.get("items")]
    for one in inner:
        if isinstance(one, dict):
            found += _objects(one)
    return found
