"""Our own calls as the engine makes them, in turns with the floors and in one process with them."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.benchmarks.callers.jobs import Job, do_jobs, spent
from tests.benchmarks.callers.questions import KEY, MAX_OUTPUT, SYSTEM, USER
from tests.benchmarks.callers.raw_httpx import by_hand, bytes_only
from understudy.wire import Endpoint, Limits, Message, Request
from understudy.wire.call import call


async def do(job: Job) -> dict[str, Any]:
    ways = {"ours": ours, "bytes": bytes_only, "by hand": by_hand}
    return await spent(ways[job["way"]], job)


async def ours(job: Job) -> str:
    request = Request(
        model=job["model"],
        messages=(Message("system", SYSTEM, stable=True), Message("user", USER)),
        max_output=MAX_OUTPUT,
    )
    endpoint = Endpoint("benchmark", job["family"], f"{job['url']}/v1", KEY)
    reply = await call(request, endpoint, Limits(deadline=time.monotonic() + 30))
    return reply.text


if __name__ == "__main__":
    do_jobs(do)
