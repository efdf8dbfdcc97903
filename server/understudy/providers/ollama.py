"""Ollama on this machine.

It grants as much context as a request asks for, so what counts is what it will be asked for: what a
loaded model runs with, since another size would load it anew, and else a size that most machines
have memory for. The architecture's maximum is only the limit of that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.core.failures import CallError
from understudy.core.json_rows import count, inside, listed, text
from understudy.models.observed import Found
from understudy.providers import Provider

if TYPE_CHECKING:
    from understudy.providers import Ask

_GRANTS = 16_384
_MOST_SHOWN = 40
_ABILITIES = {"tools": "tools", "thinking": "reasoning", "vision": "vision", "insert": "fim"}
_NO_CHAT = frozenset({"embedding"})


async def list_models(ask: Ask) -> tuple[Found, ...]:
    """The models that were pulled, with what each can do."""
    names = [text(row, "name") for row in listed(await ask("/api/tags"), "models")]
    loaded = await _loaded(ask)
    found = [await _show(ask, name, loaded.get(name)) for name in names[:_MOST_SHOWN] if name]
    return tuple(one for one in found if one is not None)


async def _loaded(ask: Ask) -> dict[str, int]:
    """What each loaded model runs with. Old servers do not tell."""
    try:
        rows = listed(await ask("/api/ps"), "models")
    except CallError:
        return {}
    windows = {text(row, "name"): count(row, "context_length") for row in rows}
    return {name: window for name, window in windows.items() if window is not None}


async def _show(ask: Ask, name: str, loaded: int | None) -> Found | None:
    try:
        shown = await ask("/api/show", {"model": name})
    except CallError:
        return Found(name=name, window=loaded)
    abilities = shown.get("capabilities") if isinstance(shown, dict) else None
    words = [word for word in abilities or () if isinstance(word, str)]
    if words and _NO_CHAT.issuperset(words):
        return None
    most = _most(inside(shown, "model_info"))
    window = loaded or min(_GRANTS, most or _GRANTS)
    can = {_ABILITIES[word] for word in words if word in _ABILITIES}
    return Found(
        name=name,
        window=window,
        window_max=most,
        capabilities=frozenset(can | {"structured-output"}),
    )


def _most(info: dict[str, Any]) -> int | None:
    """The architecture's maximum; its key begins with the architecture's name."""
    keys = [key for key in info if key.endswith(".context_length")]
    return count(info, keys[0]) if keys else None


PROVIDER = Provider(
    id="ollama",
    title="Ollama",
    family="ollama",
    base_url="http://127.0.0.1:11434",
    any_name=True,
    grants=_GRANTS,
    list_models=list_models,
)
