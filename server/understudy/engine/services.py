"""What a run is given besides its view: settings, the record, and somebody who listens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from understudy.config.settings import Settings
from understudy.journal.ledger import MemoryLedger
from understudy.tasks.fix import TASK as FIX

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from understudy.engine.cascade import State
    from understudy.engine.reach import Reach
    from understudy.tasks import Task

Surface = Literal["lsp", "cli"]


class Recorder(Protocol):
    """Where rows of the journal go. Never raises and never waits."""

    def record(self, row: object) -> None:
        """Take one row of `understudy.journal.records`."""


class Past(Protocol):
    """What became of earlier edits."""

    def kept(self, model: str, task: str, language: str, author: str) -> tuple[int, int]:
        """`(kept, judged)` for edits of one kind; `(0, 0)` when nothing is known."""


class Nowhere:
    """A recorder that forgets and a past in which nothing happened."""

    def record(self, row: object) -> None:
        """Forget the row."""

    def kept(self, model: str, task: str, language: str, author: str) -> tuple[int, int]:  # noqa: ARG002 - nothing is known of any of them
        """Nothing is known."""
        return (0, 0)


@dataclass(frozen=True, slots=True)
class Event:
    """A step of a run, for progress.

    Attributes:
        text: what happens now, short enough for a progress line.
        share: how much is done, 0 to 1; None when that can't be told.
    """

    text: str
    share: float | None = None


def _unheard(event: Event) -> None:
    """The listener of a run that nobody watches."""


async def _nobody(question: str) -> bool:  # noqa: ARG001 - asks nobody
    """Where nobody can be asked, nobody agrees."""
    return False


@dataclass(frozen=True, slots=True)
class Services:
    """What a run needs from outside.

    Attributes:
        task: what was asked for, under whose name runs are routed and recorded.
        reach: the way to models over the network; None where only built-in ones are asked.
        state: what is remembered about models from run to run.
        confirm: asks the user a question that is answered with yes or no.
    """

    settings: Settings = field(default_factory=Settings)
    recorder: Recorder = field(default_factory=Nowhere)
    past: Past = field(default_factory=Nowhere)
    task: Task = FIX
    surface: Surface = "cli"
    editor: str = ""
    listen: Callable[[Event], None] = _unheard
    reach: Reach | None = None
    state: State = field(default_factory=MemoryLedger)
    confirm: Callable[[str], Awaitable[bool]] = _nobody
