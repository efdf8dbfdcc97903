"""Asking about one file on the command line: which lines, which models, and what is told."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from understudy.cli.configured import configured
from understudy.cli.indexes import indexed
from understudy.cli.local_servers import ask_local_servers
from understudy.cli.text import printable
from understudy.core.failures import BadRequestError
from understudy.core.plain_files import is_there
from understudy.core.text import Span
from understudy.engine.reach import open_reach
from understudy.engine.recording import open_journal
from understudy.engine.run import How
from understudy.engine.services import Services, recorder_in
from understudy.engine.setup import set_up
from understudy.engine.silent_providers import silent
from understudy.engine.telling import tell
from understudy.languages import language_of
from understudy.reading.thoughts import said
from understudy.workspace.roots import root_of
from understudy.workspace.source_files import read_source
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.config.settings import Settings
    from understudy.core.failures import Failure
    from understudy.engine.consult import Matter
    from understudy.engine.services import Event
    from understudy.engine.setup import Setup
    from understudy.engine.telling import Told
    from understudy.journal.store import Journal
    from understudy.tasks import Task

T = TypeVar("T")

_PLACE = re.compile(r"(?P<path>.+?):(?P<first>\d{1,9})(?:-(?P<last>\d{1,9}))?")
_STORE_S = 2.0
_MOST = 100_000
"""Characters that are shown while they come; what is longer is shown at its end."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question.

    Attributes:
        view: the file, with the lines selected that are meant.
        model: ask this model alone; None for the route of the task.
        lacking: sentences about providers that are in use and of which no model is known.
    """

    view: View
    setup: Setup
    task: Task
    model: str | None
    lacking: tuple[str, ...] = ()

    @property
    def root(self) -> Path | None:
        """The workspace folder."""
        return self.view.root


def inquiry(place: str, task: Task, model: str | None) -> Inquiry:
    """The question about `FILE`, `FILE:L` or `FILE:L1-L2`, lines counted from 1.

    Raises:
        RefusedError: the file can't be read.
        BadRequestError: it has no such lines.
    """
    path, lines = place_of(place)
    root = root_of(path)
    setup = configured(root)
    view = view_of(path, root, setup, lines)
    found = silent(setup.settings, ask_local_servers([setup]))
    lacking = () if model else tuple(one.told for one in found)
    return Inquiry(view, setup, task, model, lacking)


def view_of(path: Path, root: Path, setup: Setup, lines: range) -> View:
    """A file as it is on the disk, with these lines selected; without any, all of it.

    Raises:
        RefusedError: the file can't be read.
        BadRequestError: it has no such lines.
    """
    source = read_source(path)
    view = View(
        uri=path.as_uri(),
        text=source.text,
        policy=setup.policy,
        language=language_of(path, source.text) or "",
        path=path,
        root=root,
        environment=setup.settings.python.environment,
    )
    index = view.index
    if lines.stop > len(index):
        raise BadRequestError(f"`{path.name}` has {len(index)} lines.")
    selection = Span(0, len(view.text))
    if lines:
        selection = Span(index.start(lines.start), index.start(lines.stop))
    return replace(view, selection=selection)


def ask(asked: Inquiry, matter: Matter[T], listen: Callable[[Event], None]) -> Told[T]:
    """Ask the models, with the run written into the journal."""
    # What is spent counts for all folders, so none of them has a say in where that is kept.
    own = set_up(None).settings
    journal = open_journal(own)
    try:
        return asyncio.run(_ask(asked, matter, own, journal, listen))
    finally:
        journal.close(_STORE_S)


async def _ask(
    asked: Inquiry,
    matter: Matter[T],
    own: Settings,
    journal: Journal,
    listen: Callable[[Event], None],
) -> Told[T]:
    setup = asked.setup
    reach = open_reach(own, journal)
    journal.start()
    try:
        async with indexed([asked]) as indexes:
            services = Services(
                settings=setup.settings,
                recorder=recorder_in(journal, setup.settings),
                past=journal.history,
                task=asked.task,
                listen=listen,
                reach=reach,
                state=reach.state(setup.settings),
                index=indexes.over,
            )
            return await tell(matter, services, How(asked.model))
    finally:
        await reach.close()


def say(text: str) -> None:
    """Tell the user something beside the answer."""
    sys.stderr.write(f"understudy: {printable(text)}\n")


def write(text: str) -> None:
    """Write words of a model; nothing in them can steer the terminal."""
    lines = text.split("\n")
    sys.stdout.write("\n".join(map(printable, lines)))
    sys.stdout.flush()


@dataclass
class Terminal:
    """Shows the lines of an answer as they come."""

    _text: str = ""
    _shown: str = ""
    pieces: list[str] = field(default_factory=list)

    def hears(self, model: str, piece: str) -> None:  # noqa: ARG002 - the end tells who it was
        """Show what has come to the end of a line."""
        self.pieces.append(piece)
        if "\n" not in piece or len(self._text) > _MOST:
            return
        self._text += "".join(self.pieces)
        self.pieces.clear()
        answer = said(self._text).answer
        end = answer.rfind("\n") + 1
        if end > len(self._shown) and answer.startswith(self._shown):
            write(answer[len(self._shown) : end])
            self._shown = answer[:end]

    def loses(self, model: str, failure: Failure) -> None:
        """Say that what was shown does not count."""
        if self._shown:
            sys.stdout.write("\n")
            say(f"Withdrawn: {model} did not finish. {failure.message}")
        self._text = self._shown = ""
        self.pieces.clear()

    def finishes(self, answer: str) -> None:
        """Show what is left of the finished answer."""
        whole = said(self._text + "".join(self.pieces)).answer
        if self._shown and whole.startswith(self._shown):
            answer = whole[len(self._shown) :]
        write(answer.rstrip("\n") + "\n")


def place_of(place: str) -> tuple[Path, range]:
    """The absolute path and the lines of `FILE`, `FILE:L` or `FILE:L1-L2`, the lines from 0.

    Raises:
        BadRequestError: for lines that can't be.
    """
    found = _PLACE.fullmatch(place)
    if found is None or is_there(Path(place)):
        return _absolute(place), range(0)
    first, last = int(found["first"]), int(found["last"] or found["first"])
    if not 1 <= first <= last:
        raise BadRequestError(f"`{place}` names no lines: they are counted from 1, as `FILE:3-9`.")
    return _absolute(found["path"]), range(first - 1, last)


def _absolute(path: str) -> Path:
    """The absolute path without `..`, as the folder of a workspace has none either."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - `Path.absolute` keeps `..`
