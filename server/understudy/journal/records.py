"""The rows of the journal.

Only `Content` holds code, a prompt or a reply, and it is stored only where the user wants that. All
other texts are ids and words of fixed vocabularies, and `understudy.journal.vocabulary` replaces
whatever else is found in them; the one exception are the general words of a failure that nobody knows
(`Call.words`), without what varies in them. Times are microseconds since 1970 in UTC; durations are
seconds; ids are made by `understudy.core.ids`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from understudy.journal.contents import Content
from understudy.journal.prompt_records import CallFragments, CallLesson, CallSpan
from understudy.journal.route_records import Routed
from understudy.journal.strategy_records import StrategyUse

Surface = Literal["lsp", "cli"]
Band = Literal["auto", "confirm", "review", "block"]
CheckStatus = Literal["done", "missing", "timeout", "failed"]
CallHow = Literal["first", "same", "longer", "refine", "reduce_context", "next"]
What = Literal[
    "offered",
    "applied",
    "kept",
    "changed",
    "undone",
    "discarded",
    "withdrawn",
    "diagnostic_gone",
    "diagnostic_back",
    "stale",
    "survived_30",
    "survived_120",
    "survived_600",
    "survived_later",
]

Signal = tuple[str, float | None, float]
"""A signal's name, its value (None when it could not be found out) and its weight."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run has begun.

    Attributes:
        workspace: `workspace_id` of the workspace's folder; empty when there is none.
        path: of the document, below the workspace's folder.
        line: of the diagnostic, counted from 1; 0 when the run is not about one.
        source: the tool that reported the diagnostic.
        code: the diagnostic's code.
        editor: the client's name; empty on the command line.
        job: the id of the request that the run belongs to; several runs can share it.
    """

    id: str
    started_us: int
    workspace: str
    task: str
    surface: Surface
    language: str
    path: str
    line: int
    source: str = ""
    code: str = ""
    editor: str = ""
    job: str = ""


@dataclass(frozen=True, slots=True)
class RunEnded:
    """A run has ended.

    Attributes:
        status: a value of `understudy.engine.outcome.Status`.
        model: the one whose edit was chosen, else the last that was asked.
        reason_category: a value of `FailureCategory`; empty when nothing went wrong.
        attempts: how many were made.
    """

    run_id: str
    status: str
    model: str
    seconds: float
    reason_category: str = ""
    cost_usd: float = 0.0
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One candidate of one model.

    Attributes:
        number: its place within the run, from 1.
        author: which part of the model: a fixer's id for the offline model.
        category: a value of `FailureCategory`; empty when nothing went wrong.
    """

    id: str
    run_id: str
    number: int
    model: str
    author: str
    status: str
    category: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Check:
    """What one checker said about an attempt's text: findings gained and lost."""

    attempt_id: str
    checker: str
    status: CheckStatus
    new_count: int = 0
    fixed_count: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Checks:
    """What all checkers said about an attempt, recorded before."""

    attempt_id: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """The verdict on an attempt. `hard_stops` are names, not sentences.

    Attributes:
        stratum: the kind of edit whose record decides whether it may be applied unseen.
        log_odds: of the evidence alone, without what was learned from earlier edits.
    """

    attempt_id: str
    score: float
    band: Band
    reasons: tuple[Signal, ...] = ()
    hard_stops: tuple[str, ...] = ()
    stratum: str = ""
    log_odds: float | None = None


@dataclass(frozen=True, slots=True)
class EditRow:
    """An edit that was offered.

    Attributes:
        hash: tells equal edits apart from others; says nothing of their text.
        placed: how surely its place was found, as `understudy.reading.Match` says it.
    """

    id: str
    run_id: str
    attempt_id: str
    model: str
    author: str
    task: str
    language: str
    code: str
    band: Band
    hash: str
    lines_removed: int
    lines_added: int
    surface: Surface
    placed: str = "given"


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """What became of an edit.

    Attributes:
        detail: a number that belongs to `what`: seconds since it was applied for `undone`; the
            share of it that is left for `kept` and `changed`, and for `survived_…`, which says after
            how many seconds.
    """

    edit_id: str
    at_us: int
    what: What
    detail: float | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One question to a model that is not built in, however it ended.

    Attributes:
        number: its place among the calls of its run, from 1.
        how: how the cascade came to ask: one of `CallHow`.
        status: `answered` or `failed`.
        category: a value of `FailureCategory`; empty when there was a finished reply of which
            nothing was found wrong.
        input_tokens: of the prompt, with the cached ones; None where the provider does not say.
        cost_usd: None when it is not known, which is not nothing.
        estimated_usd: the most that it could cost, as it was reckoned before.
        first_token_s: from sending to the first token; None without a reply.
        remembered: whether the reply came from our own cache.
        revision: of what was known about models.
        requests: how many were sent; 2 where the first was refused for a part that the second one
            left out, 0 where none was sent.
        code: what the provider or a tool calls the failure.
        fingerprint: equal for failures that differ in names, numbers and places only.
        words: of a failure that is not known, those by which a user's rule could know it again.
    """

    id: str
    run_id: str
    number: int
    at_us: int
    model: str
    provider: str
    how: str
    status: str
    category: str = ""
    input_tokens: int | None = None
    cached_tokens: int | None = None
    cache_written_tokens: int | None = None
    output_tokens: int | None = None
    reasoning_tokens: int | None = None
    cost_usd: float | None = None
    estimated_usd: float | None = None
    first_token_s: float | None = None
    seconds: float = 0.0
    remembered: bool = False
    revision: str = ""
    edit_format: str = ""
    requests: int = 1
    code: str = ""
    fingerprint: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class CallJudged:
    """A finished reply turned out to be of no use.

    Attributes:
        call_id: of the `Call` that brought it, recorded before.
        category: a value of `FailureCategory`.
        code, fingerprint, words: as those of a `Call`.
    """

    call_id: str
    category: str
    code: str = ""
    fingerprint: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened beside runs. The first to be dropped when there is too much.

    Attributes:
        kind: such as `server_started`.
        subject: the id or name of what it happened to.
    """

    at_us: int
    kind: str
    subject: str = ""
    number: float | None = None


Row = (
    Run
    | RunEnded
    | Attempt
    | Checks
    | Gate
    | EditRow
    | OutcomeRow
    | Call
    | CallFragments
    | CallSpan
    | CallLesson
    | CallJudged
    | StrategyUse
    | Routed
    | Content
    | Event
)
