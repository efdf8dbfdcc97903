"""Model servers that were found, with what to write to use them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.config.paths import config_file
from understudy.core.addresses import is_loopback
from understudy.core.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.engine.discovery import Discovery

_MOST_NAMED = 8


def as_json(found: Discovery) -> dict[str, Any]:
    """One server in JSON's types."""
    models = found.told.models if found.told else ()
    return {
        "provider": found.provider.id,
        "baseUrl": found.base_url,
        "found": found.told is not None,
        "configured": found.configured,
        "trouble": found.trouble,
        "models": [
            {"id": f"{found.provider.id}/{one.name}", "contextWindow": one.window} for one in models
        ],
        "configuration": "" if found.configured else _switch_on(found),
    }


def lines(found: Sequence[Discovery]) -> Iterator[str]:
    """What was found, for people."""
    there = [one for one in found if one.told is not None]
    for one in found:
        if one.told is None and (one.configured or not is_loopback(one.base_url)):
            yield f"{one.provider.title} at {one.base_url}: {one.trouble}"
    for one in there:
        yield from _server(one)
    if not there:
        yield "No model server answers on this machine."
    new = [one for one in there if not one.configured]
    if new:
        yield ""
        yield f"To use what was found, write into `{config_file()}`:"
        for one in new:
            yield ""
            yield from _switch_on(one).splitlines()


def _server(found: Discovery) -> Iterator[str]:
    models = found.told.models if found.told else ()
    state = "in use" if found.configured else "found"
    count = plural(len(models), "model")
    yield f"{found.provider.title} at {found.base_url}: {state}, {count}"
    for model in models[:_MOST_NAMED]:
        window = f", {model.window:,} tokens" if model.window else ""
        yield f"  {found.provider.id}/{model.name}{window}"
    if len(models) > _MOST_NAMED:
        yield f"  … and {len(models) - _MOST_NAMED} more"


def _switch_on(found: Discovery) -> str:
    """The lines of configuration that switch a server on."""
    return f"[providers.{found.provider.id}]\nenabled = true\n"
