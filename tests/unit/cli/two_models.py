"""Settings with two models, and runs of theirs in the journal."""

from __future__ import annotations

import time

from tests.unit.engine.simulated import closing_world
from understudy.config.paths import journal_file

LEARNING = """
[providers.one]
base_url = "http://127.0.0.1:9/v1"
[providers.two]
base_url = "http://127.0.0.1:9/v1"
[models."one/model"]
price_in = 2.0
price_out = 10.0
[models."two/model"]
price_in = 2.0
price_out = 10.0
"""


def worked(times: int, rates: dict[str, float], *tasks: str) -> None:
    """Each model in turn, in runs of its own, at one task after the other."""
    start_us = time.time_ns() // 1_000 - 3_600_000_000
    every = tasks or ("explain",)
    planted = dict.fromkeys(every, rates)
    with closing_world(journal_file(), planted, start_us=start_us) as world:
        for number in range(times):
            task = every[number // len(rates) % len(every)]
            world.run(task, list(rates)[number % len(rates)])
