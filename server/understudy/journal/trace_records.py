"""What is told of a run beside the rows of the journal, to whoever listens. None of it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Gathered:
    """What of the workspace was chosen for a model.

    Attributes:
        at_us: when it was chosen; `seconds` is how long that took.
        pieces: how many there are; `tokens` is how many they take together.
        budget: how many tokens they might have taken.
    """

    run_id: str
    at_us: int
    seconds: float
    pieces: int
    tokens: int
    budget: int


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What went over the network for a call.

    Attributes:
        call_id: of the `Call`, which is recorded afterwards.
        run_id: of its run.
        model: the provider's own name for the model that was asked.
        family: the API, an id of `understudy.wire.families`.
        url: the base of the API's addresses.
        response_model: the name of the model that answered, as the provider tells it.
        response_id: the provider's id of the answer; empty when it gives none.
        finish: why the reply ended; empty without one.
        may_leave: whether the text was cleared for leaving this machine.
        messages: role and text of each, with masks in place of secrets.
        reply: the answer with these masks; empty without one.
        chunks_s: from each part of the answer to the next.
    """

    call_id: str
    run_id: str
    model: str
    family: str
    url: str
    max_tokens: int
    temperature: float | None = None
    response_model: str = ""
    response_id: str = ""
    finish: str = ""
    may_leave: bool = False
    messages: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    reply: str = field(default="", repr=False)
    chunks_s: tuple[float, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Proved:
    """When an attempt was judged, and what it would change.

    Attributes:
        attempt_id: of the `Attempt`, recorded before.
        files: how many documents; `hunks` is in how many places of the one that was asked about.
    """

    attempt_id: str
    run_id: str
    ended_us: int
    files: int
    hunks: int


Traced = Gathered | Exchanged | Proved


@dataclass(frozen=True, slots=True)
class Unkept:
    """A row about a folder that refuses to have anything recorded: told, and not stored."""

    row: object
