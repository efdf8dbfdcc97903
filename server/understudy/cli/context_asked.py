"""`understudy context`: which files are asked about, by which settings, with which index."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.cli.configured import configured
from understudy.cli.inquiring import view_of
from understudy.engine.context_at import Wanted, change_pins, context_at
from understudy.engine.reach import open_reach
from understudy.engine.services import Nowhere, Services
from understudy.workspace.roots import root_of

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.cli.indexes import Indexes
    from understudy.config.pin_record import PinChange
    from understudy.engine.context_at import Seen
    from understudy.engine.reach import Reach
    from understudy.engine.setup import Setup
    from understudy.tasks import Task

MOST_BUDGET = 10_000_000


@dataclass(frozen=True, slots=True)
class Question:
    """Some lines of a file.

    Attributes:
        lines: counted from 0; none for the whole file.
        budget: in tokens; None for that of the settings.
        message: of a problem there; empty for none.
    """

    path: Path
    lines: range
    budget: int | None = None
    message: str = ""


class Asked:
    """Answers questions of one process: folders are set up once, and read once."""

    def __init__(self, task: Task, model: str | None, indexes: Indexes, wait_s: float) -> None:
        self._task, self._model = task, model
        self._indexes, self._wait_s = indexes, wait_s
        self._setups: dict[Path, Setup] = {}
        self._reach: Reach | None = None

    async def answer(self, question: Question, change: PinChange | None = None) -> Seen:
        """What a model would be shown, after a change of what is pinned.

        Raises:
            UnderstudyError: with a sentence why there is no answer.
        """
        root, setup = await self._ready(question.path)
        return await asyncio.to_thread(self._answer, question, change, root, setup)

    async def close(self) -> None:
        """Let go of files."""
        if self._reach is not None:
            await self._reach.close()

    async def _ready(self, path: Path) -> tuple[Path, Setup]:
        """The folder of a file, once it was read."""
        root = root_of(path)
        if root not in self._setups:
            setup = await asyncio.to_thread(configured, root)
            self._setups[root] = setup
            self._indexes.start(root, setup.settings)
            await self._indexes.wait([root], self._wait_s, tell=True)
        return root, self._setups[root]

    def _answer(
        self, question: Question, change: PinChange | None, root: Path, setup: Setup
    ) -> Seen:
        view = view_of(question.path, root, setup, question.lines)
        lines = view.index.lines_of(view.selection)
        wanted = Wanted(
            view, question.lines or lines, question.budget, question.message, self._model
        )
        if self._reach is None:
            self._reach = open_reach(setup.settings, Nowhere())
        services = Services(
            settings=setup.settings, task=self._task, reach=self._reach, index=self._indexes.over
        )
        if change:
            change_pins(change, wanted, services)
        return context_at(wanted, services)
