"""LM Studio on this machine. A loaded model tells the context that it was loaded with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.core.failures import CallError
from understudy.core.json_rows import count, inside, listed, text
from understudy.models.observed import Found
from understudy.providers import COMPATIBLE, Provider

if TYPE_CHECKING:
    from understudy.providers import Ask

_NOT_LOADED = 4_096
"""What it loads a model with when nobody says otherwise."""
_CHAT = frozenset({"llm", "vlm", ""})


async def list_models(ask: Ask) -> tuple[Found, ...]:
    """Its models; versions before 0.4 tell them in another place."""
    try:
        rows = listed(await ask("/api/v1/models"), "models")
    except CallError:
        rows = listed(await ask("/api/v0/models"), "data")
    return tuple(_found(row) for row in rows if _name(row) and text(row, "type") in _CHAT)


def _name(row: dict[str, Any]) -> str:
    return text(row, "key") or text(row, "id")


def _found(row: dict[str, Any]) -> Found:
    loaded = [inside(instance, "config") for instance in listed(row, "loaded_instances")]
    windows = [count(config, "context_length") for config in loaded]
    most = count(row, "max_context_length")
    window = next((one for one in windows if one), None) or count(row, "loaded_context_length")
    abilities = row.get("capabilities")
    can = {"structured-output"}
    if isinstance(abilities, dict):
        can |= {"tools"} if abilities.get("trained_for_tool_use") is True else set()
        can |= {"vision"} if abilities.get("vision") is True else set()
    elif isinstance(abilities, list) and "tool_use" in abilities:
        can.add("tools")
    return Found(
        name=_name(row),
        window=window or min(_NOT_LOADED, most or _NOT_LOADED),
        window_max=window or most,
        capabilities=frozenset(can),
    )


PROVIDER = Provider(
    id="lmstudio",
    title="LM Studio",
    family="openai",
    base_url="http://127.0.0.1:1234/v1",
    quirks=COMPATIBLE,
    any_name=True,
    grants=_NOT_LOADED,
    list_models=list_models,
)
