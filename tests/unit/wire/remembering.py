"""A memory of what models refuse, and servers that refuse."""

from __future__ import annotations

import json

from tests.unit.wire.raw_server import whole


class Remembered:
    """A memory that forgets nothing."""

    def __init__(self) -> None:
        self.parts: dict[tuple[str, str], set[str]] = {}
        self.limits: dict[tuple[str, str], int] = {}

    def refused(self, provider: str, model: str) -> frozenset[str]:
        return frozenset(self.parts.get((provider, model), ()))

    def refuse(self, provider: str, model: str, part: str) -> None:
        self.parts.setdefault((provider, model), set()).add(part)

    def limit(self, provider: str, model: str) -> int | None:
        return self.limits.get((provider, model))

    def learn_limit(self, provider: str, model: str, tokens: int) -> None:
        self.limits[provider, model] = tokens


def refusal(parameter: str) -> bytes:
    """A model that does not know a parameter, in OpenAI's words."""
    message = f"Unsupported parameter: '{parameter}' is not supported with this model."
    return bad(message, param=parameter, code="unsupported_parameter")


def bad(message: str, **more: str) -> bytes:
    """A request that is refused with these words."""
    error = {"message": message, "type": "invalid_request_error", **more}
    return whole(json.dumps({"error": error}).encode(), 400)
