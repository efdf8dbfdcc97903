"""Whether a model's server answers, and lists the model."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from understudy.core.failures import CallError
from understudy.core.json_rows import text
from understudy.engine.finding import Finding, State

if TYPE_CHECKING:
    from understudy.models.registry import Model
    from understudy.providers import Provider
    from understudy.wire import Endpoint

_TIMEOUT_S = 5.0
_LISTS = {
    "openai": "/models",
    "openai-responses": "/models",
    "anthropic": "/v1/models",
    "gemini": "/v1beta/models",
    "ollama": "/api/tags",
}
"""Where each API tells its models."""


def finding(subject: str, state: State, said: str, remedy: str = "") -> Finding:
    """What was found about one subject, such as its key."""
    return Finding("models", subject, state, said, remedy)


async def reach(provider: Provider, endpoint: Endpoint, model: Model) -> Finding:
    """Whether its server answers, and lists it."""
    from understudy.wire.get import get_json

    started = time.monotonic()
    try:
        answer = await get_json(endpoint, _list_path(endpoint), timeout_s=_TIMEOUT_S)
    except CallError as error:
        not_there = error.failure.code == "not_running"
        remedy = _start(provider, endpoint) if not_there else ""
        return finding("server", State.BROKEN, str(error), remedy)
    took = f"{(time.monotonic() - started) * 1000:.0f} ms"
    names = _listed(answer)
    if names and model.name not in names and f"{model.name}:latest" not in names:
        state = State.BROKEN if model.locality == "local" else State.NOTE
        said = f"It answered in {took}, and does not list `{model.name}`."
        pull = f"`ollama pull {model.name}` gets it." if endpoint.family == "ollama" else ""
        return finding("server", state, said, pull)
    return finding("server", State.OK, f"It answered in {took}.")


def _start(provider: Provider, endpoint: Endpoint) -> str:
    if provider.title == provider.id:
        # A server of the user's own, of which nothing is known but its address.
        return f"Start the server at {endpoint.base_url}, or correct its `base_url`."
    return f"Start {provider.title}."


def _list_path(endpoint: Endpoint) -> str:
    path = _LISTS[endpoint.family]
    base = endpoint.base_url.partition("?")[0]
    for prefix in ("/v1", "/v1beta", "/api"):
        if base.endswith(prefix) and path.startswith(f"{prefix}/"):
            return path.removeprefix(prefix)
    return path


def _listed(answer: Any) -> set[str]:
    """The names in a list of models, in any of the shapes that the APIs have."""
    rows = answer.get("data") or answer.get("models") if isinstance(answer, dict) else answer
    named = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    names = {text(row, key) for row in named for key in ("id", "name", "model", "key")}
    return {name.removeprefix("models/") for name in names if name}
