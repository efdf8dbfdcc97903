"""Asks a scripted model with plain httpx, and reads replies in the plainest way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx

from tests.providers.requests import good

if TYPE_CHECKING:
    from tests.providers.scripted import ScriptedServer

HANG_UP_S = 1.0
"""Within this time, a server knows that its client has gone."""
SHORT = httpx.Timeout(5, read=0.3)


async def ask(
    client: httpx.AsyncClient, server: ScriptedServer, family: str, **changes: Any
) -> httpx.Response:
    """A good request of a family, but for the changes, read to its end."""
    path, headers, body = good(family, **changes)
    return await client.post(server.url + path, headers=headers, json=body)


def events(reply: httpx.Response) -> list[Any]:
    """The JSON of every event; lines are cut as the formats say, not as httpx does."""
    lines = reply.content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    data = [line.removeprefix(b"data: ") for line in lines if not line.startswith((b":", b"event"))]
    return [json.loads(one) for one in data if one and one != b"[DONE]"]


def heard(reply: httpx.Response, family: str) -> str:
    """The text of a streamed answer, by the plainest reading of each format."""
    found = ""
    for event in events(reply):
        match family:
            case "openai":
                found += "".join(one["delta"].get("content") or "" for one in event["choices"])
            case "openai-responses":
                text = event["type"] == "response.output_text.delta"
                found += event["delta"] if text else ""
            case "anthropic":
                found += event.get("delta", {}).get("text", "")
            case "gemini":
                parts = event["candidates"][0].get("content", {}).get("parts", [])
                found += "".join(part["text"] for part in parts if not part.get("thought"))
            case _:
                found += event["message"]["content"]
    return found
