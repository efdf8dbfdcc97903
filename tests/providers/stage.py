"""A workspace with one broken file, and scripted models that mend it or fail."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from tests.providers.answers import Says, Status
from understudy.config.learning_settings import LearningSettings
from understudy.config.policy import Policy, Trust
from understudy.config.settings import (
    CheckerSettings,
    ModelSettings,
    ProviderSettings,
    Settings,
)
from understudy.engine.checking import check, close_checkers
from understudy.engine.problems import problems
from understudy.engine.reach import Reach, open_reach
from understudy.engine.run import How, fix
from understudy.engine.services import Services
from understudy.journal.records import Call
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from tests.providers.asked import Asked
    from tests.providers.scripted import ScriptedServer
    from understudy.engine.outcome import Outcome
    from understudy.index.facts import Index

TEXT = (
    "def total(items):\n"
    "    result = 0\n"
    "    for item in items:\n"
    "        result += item.price\n"
    "    return something_else_entirely\n"
)
MENDED = TEXT.replace("something_else_entirely", "result")
GOOD = Says(f"The sum is in `result`.\n```python\n{MENDED}```")
WORSE = Says(
    f"```python\n{TEXT.replace('something_else_entirely', 'another_wrong_one')}```",
    thinking="secret thoughts of the first model",
)
OVERFLOW = Status(
    400,
    {
        "error": {
            "message": "This model's maximum context length is 2000 tokens. However, your"
            " messages resulted in 9000 tokens.",
            "type": "invalid_request_error",
            "code": "context_length_exceeded",
        }
    },
)


@dataclass
class Stage:
    """A workspace with one broken file, two models, and a place for what is recorded."""

    server: ScriptedServer
    root: Path
    settings: Settings
    rows: list[object] = field(default_factory=list)
    text: str = TEXT
    name: str = "basket.py"
    clouds: frozenset[str] = frozenset()
    request: str = ""
    index: Index | None = None

    def record(self, row: object) -> None:
        """Part of what a recorder must have."""
        self.rows.append(row)

    @property
    def asked(self) -> list[Asked]:
        """The questions that were sent, oldest first."""
        return [one for one in self.server.asked if one.model]

    @property
    def models(self) -> list[str]:
        """The models that were asked, in order."""
        return [one.model for one in self.asked]

    @property
    def calls(self) -> list[Call]:
        """The journal's rows about calls."""
        return [row for row in self.rows if isinstance(row, Call)]

    async def fix(self, model: str | None = None, times: int = 1) -> Outcome:
        """Runs at once, in a process of their own as far as memory goes; gives the last one."""
        path = self.root / self.name
        policy = Policy(Trust.TRUSTED, clouds=self.clouds)
        view = View(path.as_uri(), self.text, policy, version=1, path=path, root=self.root)
        reach: Reach = open_reach(self.settings, self)
        services = Services(
            settings=self.settings,
            recorder=self,
            reach=reach,
            state=reach.ledger,
            request=self.request,
            index=lambda _: self.index,
        )
        try:
            found = problems(await check(view, self.settings))[0]
            runs = [fix(view, found, services, How(model=model)) for _ in range(times)]
            outcomes = await asyncio.gather(*runs)
            assert len({one.status for one in outcomes}) == 1
            return outcomes[-1]
        finally:
            await reach.close()
            await close_checkers()


def two_models(server: ScriptedServer) -> Settings:
    """`builtin/rules`, then `acme/one`, then `acme/two`."""
    return Settings(
        checkers=MappingProxyType({"basedpyright": CheckerSettings(enabled=False)}),
        providers=MappingProxyType(
            {
                "acme": ProviderSettings(
                    kind="openai", base_url=server.base_url("openai"), key="{env:ACME_KEY}"
                )
            }
        ),
        models=MappingProxyType({"acme/one": ModelSettings(), "acme/two": ModelSettings()}),
        model_routing=MappingProxyType({"debugging": ("builtin/rules", "acme/one", "acme/two")}),
        # What is drawn from a run's id would be another thing in each run of a test.
        learning=LearningSettings(exploration=0.0),
    )
