"""The peer's calls: one model through its Router, or two of which the second takes over.

Runs in the peer's own environment.
"""

from __future__ import annotations

import os
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # Else its import asks a server for prices.
os.environ["LITELLM_LOG"] = "CRITICAL"  # What it logs at failures would count as its time.

import litellm  # type: ignore[import-not-found]  # It is not in the project's environment.

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.benchmarks.callers.jobs import Connects, Job, do_jobs, spent
from tests.benchmarks.callers.questions import KEY, MAX_OUTPUT, SYSTEM, USER

CONNECTS = Connects()
MESSAGES = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": USER}]
litellm.telemetry = False
litellm.suppress_debug_info = True


async def do(job: Job) -> dict[str, Any]:
    return await (_fall_back(job) if job["way"] == "fall back" else spent(_ask, job))


async def _ask(job: Job) -> str:
    """One streamed call through the Router."""
    router = _router(job["url"], job["family"], job["model"])
    usage = {"include_usage": True}
    stream = await router.acompletion(
        model="first", messages=MESSAGES, stream=True, stream_options=usage
    )
    return await _read(stream)


async def _fall_back(job: Job) -> dict[str, Any]:
    """Ask the first of two models; the other one is to take over."""
    router = litellm.Router(
        model_list=[
            {"model_name": name, "litellm_params": _params(job["urls"][at], "openai", job[name])}
            for at, name in enumerate(("first", "second"))
        ],
        fallbacks=[{"first": ["second"]}],
        timeout=job["silence_s"],
        stream_timeout=job["silence_s"],
        **({} if job["retries"] is None else {"num_retries": job["retries"]}),
    )
    CONNECTS.clear()
    started, text, error = time.monotonic(), None, ""
    try:
        text = await _read(await router.acompletion(model="first", messages=MESSAGES, stream=True))
    except Exception as failure:  # noqa: BLE001 - whatever it raises, nobody was answered
        error = type(failure).__name__
    return {
        "started_at": started,
        "connected_at": CONNECTS.first(job["urls"][0]),
        "ended_at": time.monotonic(),
        "text": text,
        "error": error,
    }


async def _read(stream: Any) -> str:
    pieces = [chunk.choices[0].delta.content or "" async for chunk in stream if chunk.choices]
    return "".join(pieces)


@cache
def _router(url: str, family: str, model: str) -> Any:
    params = _params(url, family, model)
    return litellm.Router(model_list=[{"model_name": "first", "litellm_params": params}])


def _params(url: str, family: str, model: str) -> dict[str, Any]:
    base = url if family == "anthropic" else f"{url}/v1"
    return {
        "model": f"{family}/{model}",
        "api_base": base,
        "api_key": KEY,
        "max_tokens": MAX_OUTPUT,
    }


if __name__ == "__main__":
    do_jobs(do)
