"""A world in which each model succeeds at each task with a planted rate, on a real journal."""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from understudy.config.settings import ModelSettings, ProviderSettings, RoutingSettings, Settings
from understudy.engine.learned import experience_of
from understudy.engine.router import route
from understudy.engine.situation import Situation
from understudy.journal.database import open_for_writing
from understudy.journal.records import Call, CallJudged, Run, RunEnded
from understudy.journal.trials import trials
from understudy.journal.writing import write
from understudy.models.registry import find_model
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from pathlib import Path

    from understudy.engine.learned import Experience

START_US = 1_760_000_000_000_000
MINUTE_US = 60_000_000
ONE, TWO, THREE = "one/model", "two/model", "three/model"
SAME_PRICE = (2.0, 10.0)

Rates = dict[str, dict[str, float]]


def settings_with(
    models: Mapping[str, tuple[float, float]] = MappingProxyType(
        dict.fromkeys((ONE, TWO, THREE), SAME_PRICE)
    ),
    strategy: str = "balanced",
    **values: Any,
) -> Settings:
    """Models of one provider each, by their prices."""
    known = {
        name: ModelSettings(price_in=price_in, price_out=price_out, context_window=32_000)
        for name, (price_in, price_out) in models.items()
    }
    providers = {
        name.partition("/")[0]: ProviderSettings(base_url="https://models.example/v1")
        for name in models
    }
    given: dict[str, Any] = {"routing": RoutingSettings(strategy), **values}
    return Settings(models=MappingProxyType(known), providers=MappingProxyType(providers), **given)


@dataclass
class World:
    """Runs, one after the other: routed by the router, answered by the dice, written down.

    Attributes:
        rates: how often each model succeeds, by task.
    """

    path: Path
    settings: Settings
    rates: Rates
    seed: int = 7
    language: str = "python"
    start_us: int = START_US
    done: int = 0
    _dice: random.Random = field(init=False)
    _file: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - dice that fall the same way each time
        self._file = open_for_writing(self.path)

    def close(self) -> None:
        self._file.close()

    @property
    def now_us(self) -> int:
        return self.start_us + self.done * MINUTE_US

    def experience(self) -> Experience:
        return experience_of(trials(self.path), self.now_us)

    def choice(self, task: str) -> str:
        """The model over the network that the router would ask first now."""
        return self._order(task)[0]

    def run(self, task: str, *models: str) -> None:
        """One task, by the models of the route, or by these."""
        run = f"RUN{self.done:05}"
        order = models or self._order(task)
        rows: list[Any] = [
            Run(run, self.now_us, "w", task, "lsp", self.language, "a.py", 1),
        ]
        last = ""
        for number, last in enumerate(order, 1):
            good = self._dice.random() < self.rates[task][last]
            rows += self._called(run, number, last, good=good)
            if good:
                break
        rows.append(RunEnded(run, "offered", last, 1.0))
        assert write(self._file, rows) == 0
        self.done += 1

    def _called(self, run: str, number: int, model: str, *, good: bool) -> list[Any]:
        found = find_model(self.settings, model)
        assert found is not None
        cost = (4_000 * (found.price_in or 0) + 1_000 * (found.price_out or 0)) / 1e6
        call = Call(
            id=f"{run}C{number}",
            run_id=run,
            number=number,
            at_us=self.now_us + number,
            model=model,
            provider=found.provider,
            how="first" if number == 1 else "next",
            status="answered",
            input_tokens=4_000,
            output_tokens=1_000,
            cost_usd=cost,
            seconds=9.0,
        )
        return [call] if good else [call, CallJudged(call.id, "type_error")]

    def _order(self, task: str) -> list[str]:
        situation = Situation(language=self.language, experience=self.experience())
        found = route(all_tasks()[task], self.settings, None, situation)
        return [name for name in found.models if name in self.settings.models]


def simulated(world: World, tasks: list[str], times: int) -> None:
    """So many runs in all, the tasks in turn."""
    for number in range(times):
        world.run(tasks[number % len(tasks)])


def closing_world(path: Path, rates: Rates, **values: Any) -> closing[World]:
    settings = values.pop("settings", None) or settings_with()
    return closing(World(path, settings, rates, **values))
