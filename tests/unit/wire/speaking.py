"""Each family is spoken to at an endpoint, and heard through the events that it sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.wire import Endpoint
from understudy.wire.families import all_families

if TYPE_CHECKING:
    from understudy.wire.reader import Reader


def endpoint(family: str, *quirks: str, **fields: Any) -> Endpoint:
    """A place on the internet that nobody connects to."""
    base = {"provider": "acme", "family": family, "base_url": "https://acme.test/v1", "key": "k-1"}
    return Endpoint(**{**base, "quirks": frozenset(quirks), **fields})


def read(family: str, *events: Any) -> Reader:
    """A family's reader after these events."""
    reader = all_families()[family].reader()
    for event in events:
        reader.read(event)
    return reader


def heard(reader: Reader) -> tuple[str, str, str]:
    """The text, the thinking and the provider's word for the end."""
    return "".join(reader.texts), "".join(reader.thoughts), reader.finish


def chunk(finish: str | None = None, **delta: Any) -> Any:
    """An event of a chat completion."""
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
