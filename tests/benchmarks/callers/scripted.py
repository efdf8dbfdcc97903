"""The scripted provider in a process of its own: one model for each fault, and good ones."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.benchmarks.callers.jobs import Job, do_jobs
from tests.benchmarks.faults import SCRIPTS
from tests.providers.scripted import ScriptedServer

_server = ScriptedServer(SCRIPTS)


async def do(job: Job) -> Any:
    """Start, or tell what was asked since the last time."""
    if job["what"] == "start":
        await _server.__aenter__()
        return _server.url
    asked, _server.asked[:] = list(_server.asked), []
    return [
        {
            "model": one.model,
            "at": one.at,
            "finished_at": one.finished_at,
            "hung_up_at": one.hung_up_at,
            "refused": one.refused,
        }
        for one in asked
    ]


if __name__ == "__main__":
    do_jobs(do)
