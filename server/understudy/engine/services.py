"""What a run is given besides its view: settings, the record, and somebody who listens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from understudy.config.settings import Settings
from understudy.journal.ledger import MemoryLedger
from understudy.journal.trace_records import Unkept
from understudy.tasks.fix import TASK as FIX

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from understudy.engine.cascade import State
    from understudy.engine.reach import Reach
    from understudy.index.facts import Index
    from understudy.journal.gate_refit import Refit
    from understudy.journal.labels import Kind
    from understudy.prompt.pieces import Tried
    from understudy.tasks import Task
    from understudy.workspace.view import View

Surface = Literal["lsp", "cli"]
ADDING_MODELS = (
    "`understudy models list --all` names those that the API key of a provider adds, "
    "`understudy models discover` those of this machine."
)
"""How somebody gets more models who has the program at hand."""


class Recorder(Protocol):
    """Where rows of the journal go. Never raises and never waits."""

    def record(self, row: object) -> None:
        """Take one row of `understudy.journal.records`."""


@dataclass(frozen=True, slots=True)
class _Telling:
    """A recorder that stores nothing, and only tells whoever listens."""

    recorder: Recorder

    def record(self, row: object) -> None:
        """Take one row."""
        self.recorder.record(Unkept(row))


def recorder_in(recorder: Recorder, settings: Settings) -> Recorder:
    """The recorder for a folder with these settings, which may refuse to be recorded."""
    return recorder if settings.journal.enabled else _Telling(recorder)


class Past(Protocol):
    """What became of earlier edits."""

    def kept(self, kind: Kind) -> tuple[float, int]:
        """`(kept, judged)` for edits of one kind; `(0, 0)` when nothing is known."""

    def lean(self, kind: Kind) -> float:
        """By how much edits of the kind's model, task and language are better than predicted.

        In log-odds; 0 while too few were judged.
        """

    def labels(self, stratum: str) -> tuple[float, ...]:
        """How right the latest edits of a stratum were, 0 to 1, oldest first."""

    def refit(self) -> Refit | None:
        """What coefficients were refitted to what became of edits; None where none were."""


class Nowhere:
    """A recorder that forgets and a past in which nothing happened."""

    def record(self, row: object) -> None:
        """Forget the row."""

    def kept(self, kind: Kind) -> tuple[int, int]:  # noqa: ARG002 - nothing is known of any of them
        """Nothing is known."""
        return (0, 0)

    def lean(self, kind: Kind) -> float:  # noqa: ARG002 - as above
        """Nothing is known."""
        return 0.0

    def labels(self, stratum: str) -> tuple[bool, ...]:  # noqa: ARG002 - as above
        """Nothing is known."""
        return ()

    def refit(self) -> Refit | None:
        """Nothing was refitted."""
        return None


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


def _no_index(view: View) -> Index | None:  # noqa: ARG001 - there is none for any
    """Where no index is kept."""
    return None


async def nobody(question: str) -> bool:  # noqa: ARG001 - asks nobody
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
        request: names what the user asked for, of which several runs may be a part: it has one
            budget. Empty where each run is a request of its own.
        told: earlier attempts at the same, of which the models are told.
        free_only: whether models that may cost something are passed over: nobody asked for this.
        adding_models: how the user gets more models, as a sentence.
        index: what can be asked about the workspace of a view; None where nobody keeps that. Reads
            the disk.
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
    confirm: Callable[[str], Awaitable[bool]] = nobody
    request: str = ""
    told: tuple[Tried, ...] = ()
    free_only: bool = False
    adding_models: str = ADDING_MODELS
    index: Callable[[View], Index | None] = _no_index
