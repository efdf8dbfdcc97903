"""What came of making the router's choices again."""

from __future__ import annotations

from dataclasses import dataclass

ENOUGH = 10
"""Fewer runs of a model at a task say too little about it to compare it there."""
_LEAST = 0.0005
"""Of a difference: less than half of a tenth of a point is none, however well it is known."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a model did at a task.

    Attributes:
        runs, good: how many runs asked it, and in how many it succeeded, each by how much of its
            edit was left.
    """

    model: str
    runs: int
    good: float


@dataclass(frozen=True, slots=True)
class Unknown:
    """A model that was asked too seldom to say what it would have done.

    Attributes:
        language: in which; empty for all languages of the task.
        runs: how many runs asked it there.
    """

    model: str
    language: str
    runs: int


@dataclass(frozen=True, slots=True)
class Row:
    """A way to choose, by what it is worth on the mean over some runs.

    Attributes:
        name: of the plan; of the router or the bound, in words.
        first: how often the model that is asked first succeeds, 0 to 1.
        success: how often one of its models does.
        usd, seconds: what a run costs and takes.
        value: success less what cost and time take off, as scores have it.
        asked: in how many of these runs its first model really was the first.
    """

    name: str
    first: float
    success: float
    usd: float
    seconds: float
    value: float
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Margin:
    """By how much one way is better than another one.

    Attributes:
        by: the difference; less than nothing where it is worse.
        error: two standard deviations of it.
    """

    by: float
    error: float

    @property
    def sure(self) -> bool:
        """Whether it is more than chance may do, and enough to be told in tenths of a point."""
        return abs(self.by) > max(self.error, _LEAST)


@dataclass(frozen=True, slots=True)
class Replayed:
    """One task, or all of them together, over all of its runs.

    Attributes:
        task: its id; empty for all.
        runs: how many decisions the router made again.
        router: what its choices were worth.
        best: the plan that would have been worth most if it had been the only one.
        model: the model that would have succeeded most often if it had always been the first.
        cheapest: the model that costs least.
        oracle: the best plan for each task and language by itself.
        gain: by how much the router's value is above that of `best`.
        first_gain: by how much its first choices succeed more often than `model`.
        plans: the best of those that could be compared, best first.
        choices: how often the router chose each plan, most often first.
        models: what each model that was compared did.
        unknown: the models with fewer than `ENOUGH` runs at the task, or in one of its languages.
    """

    task: str
    runs: int
    router: Row
    best: Row
    model: Row
    cheapest: Row
    oracle: Row
    gain: Margin
    first_gain: Margin
    plans: tuple[Row, ...]
    choices: tuple[tuple[str, int], ...]
    models: tuple[Record, ...]
    unknown: tuple[Unknown, ...] = ()


@dataclass(frozen=True, slots=True)
class TooFew:
    """A task of which too little is known, with what each model did there."""

    task: str
    models: tuple[Record, ...]

    @property
    def needed(self) -> int:
        """How many more runs of models must be known until two of them can be compared."""
        counts = sorted((one.runs for one in self.models), reverse=True)
        two = [*counts, 0, 0][:2]
        return sum(max(ENOUGH - count, 0) for count in two)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All tasks of the journal.

    Attributes:
        trials: how many there were to learn from.
        together: all tasks that could be compared as one; None with fewer than two of them.
        never: the models that can be asked, and that no run asked.
    """

    trials: int
    replayed: tuple[Replayed, ...] = ()
    too_few: tuple[TooFew, ...] = ()
    together: Replayed | None = None
    never: tuple[str, ...] = ()
