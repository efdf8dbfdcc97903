"""llama.cpp's server on this machine. It serves one model, with the context it was started with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.json_rows import count, inside, listed, text
from understudy.models.observed import Found
from understudy.providers import COMPATIBLE, Provider

if TYPE_CHECKING:
    from understudy.providers import Ask


async def list_models(ask: Ask) -> tuple[Found, ...]:
    """The model that is loaded, and how much context each of the server's slots has."""
    names = [text(row, "id") for row in listed(await ask("/v1/models"), "data")]
    props = await ask("/props")
    window = count(inside(props, "default_generation_settings"), "n_ctx")
    tools = inside(props, "chat_template_caps").get("supports_tools") is True
    can = frozenset({"structured-output", *(["tools"] if tools else [])})
    return tuple(
        Found(name=name, window=window, window_max=window, capabilities=can)
        for name in names
        if name
    )


PROVIDER = Provider(
    id="llamacpp",
    title="llama.cpp",
    family="openai",
    base_url="http://127.0.0.1:8080/v1",
    quirks=COMPATIBLE,
    any_name=True,
    grants=8_192,
    list_models=list_models,
)
