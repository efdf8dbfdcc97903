"""Fix files one by one, a few at a time, without writing any."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.cli.indexes import indexed
from understudy.core.ids import new_id
from understudy.core.runs import aligned_runs, old_line
from understudy.engine.checking import close_checkers
from understudy.engine.outcome import takes_part
from understudy.engine.services import Services, recorder_in
from understudy.engine.sweep import Sweep
from understudy.engine.tested_sweep import tested
from understudy.languages import language_of
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from understudy.cli.indexes import Indexes
    from understudy.engine.evidence import CheckReport
    from understudy.engine.outcome import Outcome
    from understudy.engine.reach import Reach
    from understudy.engine.services import Event
    from understudy.engine.setup import Setup
    from understudy.journal.store import Journal
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.source_files import SourceFile

_AT_ONCE = 4
_LOAD_S = 1.0
"""How long the first edit waits for what the journal knows about earlier ones."""


@dataclass(frozen=True, slots=True)
class FileJob:
    """A file to fix, in its workspace folder."""

    source: SourceFile
    root: Path
    setup: Setup


@dataclass(frozen=True, slots=True)
class FixRequest:
    """What is asked for all files.

    Attributes:
        wanted: which of the checkers' findings are worked on.
        model: ask this model alone; None for the route of the settings.
        listen: hears what is done for which file; None for the event when a file is done.
        reach: the way to models over the network.
        test: whether the user asks for tests to be run on what was found.
        id: names the request, which has one budget for all files.
    """

    wanted: Callable[[Diagnostic], bool]
    model: str | None
    listen: Callable[[FileJob, Event | None], None]
    reach: Reach
    test: bool = False
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of a file's diagnostics.

    Attributes:
        outcomes: one for each diagnostic, in the order in which they were worked on.
        gone_along: those of `outcomes` whose problem went away with the edit of another.
        reports: what the checkers said last.
        text: the file with all edits of band auto and confirm.
        note: what tests said, or why they were not run; empty where they were not wanted.
    """

    job: FileJob
    start: View
    outcomes: tuple[Outcome, ...]
    gone_along: tuple[Outcome, ...]
    reports: tuple[CheckReport, ...]
    text: str
    note: str = ""

    def taken(self) -> tuple[Outcome, ...]:
        """The outcomes whose edits are part of `text`."""
        return tuple(outcome for outcome in self.outcomes if takes_part(outcome))

    def line(self, outcome: Outcome) -> int:
        """Where an outcome's diagnostic stands in the file as it was, counted from 1."""
        if outcome.diagnostic is None:
            return 1
        now = outcome.view.index
        runs = aligned_runs(self.start.index.lines, now.lines)
        return old_line(runs, now.line_of(outcome.diagnostic.span.start)) + 1

    @property
    def changed(self) -> bool:
        """Whether there is something to write."""
        return self.text != self.start.text


async def fix_files(
    jobs: Sequence[FileJob], request: FixRequest, journal: Journal
) -> tuple[FileResult, ...]:
    """Work on all files; the results are in the order of `jobs`. The journal is left open."""
    journal.start()
    # Copies of projects and their tests take all that the machine has; one at a time is enough.
    turns = _Turns(asyncio.Semaphore(min(_AT_ONCE, max(2, os.cpu_count() or 2))), asyncio.Lock())
    try:
        await asyncio.to_thread(journal.flush, _LOAD_S)
        async with indexed(jobs) as indexes, asyncio.TaskGroup() as group:
            world = _World(journal, indexes, turns)
            tasks = [group.create_task(_fix(job, request, world)) for job in jobs]
        return tuple(task.result() for task in tasks)
    finally:
        await close_checkers()
        await request.reach.close()


@dataclass(frozen=True, slots=True)
class _Turns:
    """Who may work: some on files at the same time, one of them on tests."""

    files: asyncio.Semaphore
    tests: asyncio.Lock


@dataclass(frozen=True, slots=True)
class _World:
    """What all files share."""

    journal: Journal
    indexes: Indexes
    turns: _Turns


async def _fix(job: FileJob, request: FixRequest, world: _World) -> FileResult:
    journal, turns = world.journal, world.turns
    async with turns.files:
        services = Services(
            settings=job.setup.settings,
            recorder=recorder_in(journal, job.setup.settings),
            past=journal.history,
            surface="cli",
            listen=lambda event: request.listen(job, event),
            reach=request.reach,
            state=request.reach.state(job.setup.settings),
            request=request.id,
            index=world.indexes.over,
        )
        sweep = Sweep(
            start=_view(job),
            services=services,
            wanted=request.wanted,
            model=request.model,
            job=new_id(),
        )
        async for _ in sweep.steps():
            pass
        async with turns.tests:
            found = await tested(sweep, asked=request.test)
        request.listen(job, None)
        return FileResult(
            job=job,
            start=sweep.start,
            outcomes=found.outcomes,
            gone_along=sweep.gone_along if found.stands else (),
            reports=sweep.reports,
            text=found.text,
            note=found.note,
        )


def _view(job: FileJob) -> View:
    path = job.source.path
    return View(
        uri=path.as_uri(),
        text=job.source.text,
        policy=job.setup.policy,
        language=language_of(path, job.source.text) or "",
        path=path,
        root=job.root,
        environment=job.setup.settings.python.environment,
    )
