"""The floors: httpx alone, and httpx with the least that makes a text of its chunks."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx

from tests.benchmarks.callers.questions import KEY, MAX_OUTPUT, SYSTEM, USER

if TYPE_CHECKING:
    from tests.benchmarks.callers.jobs import Job


async def bytes_only(job: Job) -> str:
    """Read the reply, and look at nothing of it."""
    async with _stream(job) as response:
        async for _ in response.aiter_raw():
            pass
    return ""


async def by_hand(job: Job) -> str:
    """What anybody would write by hand for one provider on a day when nothing fails."""
    read = _anthropic_piece if job["family"] == "anthropic" else _openai_piece
    pieces, rest = [], b""
    async with _stream(job) as response:
        response.raise_for_status()
        async for chunk in response.aiter_raw():
            *events, rest = (rest + chunk).split(b"\n\n")
            for event in events:
                content = event[event.index(b"data: ") + 6 :]
                if content != b"[DONE]":
                    pieces.append(read(json.loads(content)))
    return "".join(pieces)


def _openai_piece(event: Any) -> str:
    choices = event["choices"]
    return (choices[0]["delta"].get("content") or "") if choices else ""


def _anthropic_piece(event: Any) -> str:
    return event["delta"].get("text", "") if event["type"] == "content_block_delta" else ""


def _stream(job: Job) -> Any:
    url, headers, body = _anthropic(job) if job["family"] == "anthropic" else _openai(job)
    content = json.dumps(body, ensure_ascii=False).encode()
    headers["content-type"] = "application/json"
    return _client().stream("POST", url, headers=headers, content=content)


def _openai(job: Job) -> tuple[str, dict[str, str], dict[str, Any]]:
    body = {
        "model": job["model"],
        "messages": [{"role": "system", "content": SYSTEM}, {"role": "user", "content": USER}],
        "max_completion_tokens": MAX_OUTPUT,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    return f"{job['url']}/v1/chat/completions", {"authorization": f"Bearer {KEY}"}, body


def _anthropic(job: Job) -> tuple[str, dict[str, str], dict[str, Any]]:
    body = {
        "model": job["model"],
        "system": SYSTEM,
        "messages": [{"role": "user", "content": USER}],
        "max_tokens": MAX_OUTPUT,
        "stream": True,
    }
    headers = {"x-api-key": KEY, "anthropic-version": "2023-06-01"}
    return f"{job['url']}/v1/messages", headers, body


@cache
def _client() -> httpx.AsyncClient:
    return httpx.AsyncClient(trust_env=False, timeout=30)
