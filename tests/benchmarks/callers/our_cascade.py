"""Two models and a broken function: a whole run of the engine, in which the second takes over."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.benchmarks.callers.jobs import Connects, Job, do_jobs
from tests.benchmarks.callers.questions import BROKEN, KEY
from understudy.config.policy import Policy, Trust
from understudy.config.settings import (
    CascadeSettings,
    CheckerSettings,
    ModelSettings,
    ProviderSettings,
    Settings,
)
from understudy.engine.checking import check
from understudy.engine.outcome import Status
from understudy.engine.problems import problems
from understudy.engine.reach import Reach, open_reach
from understudy.engine.run import How, solve
from understudy.engine.services import Nowhere, Services
from understudy.workspace.view import View

if TYPE_CHECKING:
    from understudy.engine.questions import Answered, Question

_CONNECTS = Connects()
_PROVIDERS = ("acme", "zenith")


@dataclass
class Heard(Reach):
    """The way to models, with the times of the first question and the last reply.

    What stands before the one and behind the other, such as the proof, is no fallback.
    """

    text: str | None = None
    asked_at: float = 0.0
    at: float = 0.0

    async def ask(self, question: Question, settings: Settings) -> Answered:
        self.asked_at = self.asked_at or time.monotonic()
        answered = await super().ask(question, settings)
        self.text, self.at = answered.reply.text, time.monotonic()
        return answered


async def do(job: Job) -> dict[str, Any]:
    """Ask the first of two models; the other one is to take over."""
    # What was remembered of the last fault would decide about this one.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        os.environ |= {"UNDERSTUDY_HOME": name, "BENCHMARK_KEY": KEY}
        settings = _settings(job)
        opened = open_reach(settings, Nowhere())
        reach = Heard(opened.caches, opened.ledger, opened.recorder)
        services = Services(settings=settings, reach=reach, state=reach.ledger)
        path = Path(name, "sample.py")
        view = View(path.as_uri(), BROKEN, Policy(Trust.TRUSTED), version=1, path=path)
        baseline = await check(view, settings)
        await reach.prepare()
        _CONNECTS.clear()
        outcome = await solve(view, problems(baseline)[0], services, How(baseline=baseline))
        await reach.close()
    return {
        "started_at": reach.asked_at,
        "connected_at": _CONNECTS.first(job["urls"][0]),
        "ended_at": reach.at,
        "text": reach.text if outcome.status == Status.OFFERED else None,
        "error": outcome.reason,
    }


def _settings(job: Job) -> Settings:
    models = tuple(
        f"{provider}/{job[at]}"
        for provider, at in zip(_PROVIDERS, ("first", "second"), strict=True)
    )
    return Settings(
        checkers={"basedpyright": CheckerSettings(enabled=False)},
        model_routing={"debugging": models},
        models={model: ModelSettings(price_in=0.1, price_out=0.4) for model in models},
        providers={
            provider: ProviderSettings(
                kind="openai", base_url=f"{url}/v1", key="{env:BENCHMARK_KEY}"
            )
            for provider, url in zip(_PROVIDERS, job["urls"], strict=True)
        },
        cascade=CascadeSettings(hedge_after_s=job["silence_s"]),
    )


if __name__ == "__main__":
    do_jobs(do)
