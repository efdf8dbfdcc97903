"""From a task and the settings to the models that are asked, with everything known about all."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.report import Report, median_ms, ms, percentile, ratio, times, verdict
from tests.benchmarks.servers import workspace
from understudy.config.policy import Policy, Trust
from understudy.config.settings import ProviderSettings, Settings
from understudy.engine.learned import NOTHING, Experience, experience_of
from understudy.engine.router import route
from understudy.engine.situation import Situation
from understudy.journal.trials import Trial
from understudy.models.registry import Model, known_models
from understudy.models.vendors import vendors
from understudy.tasks.fix import TASK

ROUNDS = 300
WARM_UP = 20
BAR_S = 0.0002
FEWEST_MODELS = 140
TRIED = 12
RUNS = 2_000


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to choose."""

    name: str
    settings: Settings
    asked: str | None = None
    experience: Experience = NOTHING


def main() -> None:
    with workspace() as (_, home):
        os.environ["UNDERSTUDY_HOME"] = str(home)
        providers = {name: ProviderSettings(key="{env:BENCHMARK_KEY}") for name in vendors()}
        free = Settings(providers=providers)
        models = [one for one in known_models(free).values() if one.locality != "built-in"]
        if len(models) < FEWEST_MODELS:
            raise SystemExit(f"Only {len(models)} models are known, so the times say little.")
        named = (models[0].id, models[-1].id)
        chain = Settings(providers=providers, model_routing={"debugging": named})
        policy = Policy(Trust.TRUSTED, clouds=frozenset(vendors()))
        report = Report(
            "bench_route",
            "Choosing the models",
            f"The models to ask for a task, in their order, with {len(models)} known ones, "
            f"{ROUNDS} times.",
            ("Choice", "p50", "p95", "Floor: sort by price p50", "Ratio", "Bar for p50", "Verdict"),
        )
        for choice in (
            Choice("By the strategy, from all models", free),
            Choice(
                f"… of which {TRIED} were tried in {RUNS:,} runs", free, experience=tried(models)
            ),
            Choice("By a chain in the settings", chain),
            Choice("A model that the user names", free, asked=named[-1]),
        ):
            measure(report, choice, policy)
        report.publish()


def tried(models: list[Model]) -> Experience:
    """What some of the models did at several tasks in two languages."""
    some = models[:: len(models) // TRIED][:TRIED]
    runs = [
        Trial(
            run=f"R{number}",
            at_us=number,
            model=some[number % TRIED].id,
            task=("fix", "edit", "document")[number % 3],
            language=("python", "go")[number % 2],
            good=number % 4 > 0,
            usd=0.01,
            seconds=4.0,
        )
        for number in range(RUNS)
    ]
    return experience_of(runs, RUNS)


def measure(report: Report, choice: Choice, policy: Policy) -> None:
    known = known_models(choice.settings)
    ours: list[float] = []
    floor: list[float] = []
    for _ in range(WARM_UP + ROUNDS):
        started = time.perf_counter()
        situation = Situation(policy=policy, language="python", experience=choice.experience)
        route(TASK, choice.settings, choice.asked, situation)
        ours.append(time.perf_counter() - started)
        started = time.perf_counter()
        sorted(known.values(), key=lambda model: (model.price_in or 0.0, model.id))
        floor.append(time.perf_counter() - started)
    del ours[:WARM_UP], floor[:WARM_UP]
    report.add(
        choice.name,
        *(median_ms(ours), ms(percentile(ours, 95)), median_ms(floor), times(ratio(ours, floor))),
        *(f"< {ms(BAR_S)}", verdict(met=percentile(ours, 50) < BAR_S)),
    )


if __name__ == "__main__":
    main()
