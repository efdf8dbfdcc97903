"""`understudy context`: which files are asked about, by which settings, with which index."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli.configured import configured
from understudy.cli.inquiring import view_of
from understudy.config.pin_record import PinChange
from understudy.core.plain_files import is_there
from understudy.engine.checking import check, close_checkers
from understudy.engine.context_at import Wanted, context_at, with_problem
from understudy.engine.pin_change import change_pins
from understudy.engine.question_at import edits
from understudy.engine.reach import open_reach
from understudy.engine.services import Nowhere, Services
from understudy.workspace.roots import root_of

if TYPE_CHECKING:
    from understudy.cli.indexes import Indexes
    from understudy.config.pin_record import Pin
    from understudy.engine.context_at import Seen
    from understudy.engine.reach import Reach
    from understudy.engine.setup import Setup
    from understudy.tasks import Task
    from understudy.workspace.view import View

MOST_BUDGET = 10_000_000


@dataclass(frozen=True, slots=True)
class Question:
    """Some lines of a file.

    Attributes:
        lines: counted from 0; none for the whole file.
        budget: in tokens; None for that of the settings.
        message: of a problem there; empty for none.
        words: what the user would say.
    """

    path: Path
    lines: range
    budget: int | None = None
    message: str = ""
    words: str = ""


class Asked:
    """Answers questions of one process: folders are set up once, and read once."""

    def __init__(self, task: Task, model: str | None, indexes: Indexes, wait_s: float) -> None:
        self._task, self._model = task, model
        self._indexes, self._wait_s = indexes, wait_s
        self._setups: dict[Path, Setup] = {}
        self._reach: Reach | None = None

    async def answer(
        self, question: Question, change: PinChange | None = None, *, checked: bool = True
    ) -> Seen:
        """What a model would be shown, after a change of what is pinned.

        Args:
            question: about which lines.
            change: of what is pinned, with paths from the current folder or from the workspace's.
            checked: whether checkers look first, so that what they find counts as in a fix.

        Raises:
            UnderstudyError: with a sentence why there is no answer.
        """
        root, setup = await self._ready(question.path)
        view = await asyncio.to_thread(_view, question, root, setup)
        looks = checked and edits(self._task)
        reports = await check(view, setup.settings) if looks else ()
        wanted = Wanted(view, question.budget, self._model, reports, question.words)
        change = _below(root, change) if change else None
        return await asyncio.to_thread(self._answer, wanted, change, setup)

    async def close(self) -> None:
        """Let go of files and of checkers."""
        await close_checkers()
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

    def _answer(self, wanted: Wanted, change: PinChange | None, setup: Setup) -> Seen:
        if self._reach is None:
            self._reach = open_reach(setup.settings, Nowhere())
        services = Services(
            settings=setup.settings, task=self._task, reach=self._reach, index=self._indexes.over
        )
        if change:
            change_pins(change, wanted.view, services)
        return context_at(wanted, services)


def _view(question: Question, root: Path, setup: Setup) -> View:
    view = view_of(question.path, root, setup, question.lines)
    return with_problem(view, question.message)


def _below(root: Path, change: PinChange) -> PinChange:
    """The places of a change below the workspace folder."""

    def below(pins: tuple[Pin, ...]) -> tuple[Pin, ...]:
        return tuple(replace(one, path=_path_below(root, one.path)) for one in pins)

    return PinChange(below(change.pin), below(change.ban), below(change.unpin), below(change.unban))


def _path_below(root: Path, path: str) -> str:
    """A file of the current folder by its path below the workspace folder; else the path itself."""
    here = Path(os.path.abspath(path))  # noqa: PTH100 - `Path.absolute` keeps `..`
    return (
        here.relative_to(root).as_posix() if here.is_relative_to(root) and is_there(here) else path
    )
