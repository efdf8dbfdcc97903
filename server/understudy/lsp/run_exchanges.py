"""Runs of the journal, as they are asked for and answered."""

from __future__ import annotations

import attrs

from understudy.lsp.effectiveness_exchanges import StrategyUsed  # noqa: TC001 - looked up at run time
from understudy.lsp.extensions import described
from understudy.lsp.lesson_exchanges import RunLesson  # noqa: TC001 - looked up at run time


@attrs.frozen
class RunsParams:
    """How many runs are asked for."""

    limit: int = described("The most, up to 500.", default=50)


@attrs.frozen
class RunRow:
    """A run of the journal."""

    run_id: str = described("Its id.")
    job: str = described("The id that the command answered; several runs can share it.")
    started_ms: int = described("When it began, in milliseconds since 1970.")
    task: str = described("What was asked for.")
    path: str = described("The document, below its workspace folder.")
    line: int = described("The diagnostic's line, from 1; 0 where there is none.")
    code: str = described("The diagnostic's source and code.")
    model: str = described("Whose edit was chosen, or who was asked last.")
    status: str = described("How it ended; empty while it goes on.")
    reason: str = described("The category of the failure, if there was one.")
    band: str = described("The verdict; empty where there was nothing to judge.")
    score: float | None = described("The verdict's score.")
    seconds: float | None = described("How long it took; none while it goes on.")
    cost_usd: float | None = described("What it cost, in US dollars; none where it is not known.")
    attempts: int = described("How many edits were tried.")
    became: str = described("What became of its edit.")


@attrs.frozen
class Runs:
    """Runs of the journal."""

    runs: list[RunRow] = described("Newest first.")


@attrs.frozen
class RunParams:
    """Which run is asked for."""

    run_id: str = described("Its id, or the id that a command answered, or the beginning of one.")


@attrs.frozen
class CallRow:
    """One question to a model."""

    model: str = described("The model.")
    how: str = described("`first`, or how it came to be asked: `next`, `same`, `refine` …")
    status: str = described("`answered` or `failed`.")
    category: str = described("The failure's category; empty for none.")
    tokens_in: int | None = described("Tokens of the question.")
    tokens_out: int | None = described("Tokens of the answer.")
    cost_usd: float | None = described("None where it is not known.")
    seconds: float = described("How long it took.")
    remembered: bool = described("Whether the answer came from the cache.")


@attrs.frozen
class AttemptRow:
    """One edit that was tried."""

    model: str = described("Who wrote it.")
    author: str = described("Which part of the model: a fixer of the offline one.")
    status: str = described("How it ended.")
    category: str = described("The failure's category; empty for none.")
    seconds: float = described("How long it took.")
    score: float | None = described("The verdict's score; none where there was no verdict.")
    band: str = described("The verdict.")
    stops: list[str] = described("What stopped it, whatever the score is: `a new error`.")
    checks: list[str] = described("What each checker said: `ruff: F821 gone, nothing new`.")
    signals: list[str] = described("What the score was made of: `The file parses`.")


@attrs.frozen
class ModelsLeftOut:
    """Models of which the same was to be said."""

    why: str = described("A clause that goes with their names; figures in it are left out.")
    models: list[str] = described("Their ids.")


@attrs.frozen
class RunRoute:
    """The decision of the router for a run."""

    models: list[str] = described("Who might be asked, in this order.")
    provenance: str = described("By whose choice: `request`, a setting, or `built-in`.")
    explored: str = described("Who was asked first only to learn about it; empty as a rule.")
    rejected: list[ModelsLeftOut] = described("Who was left out, and why.")


@attrs.frozen
class RunReport:
    """A run with everything that hangs on it."""

    run: RunRow = described("The run.")
    calls: list[CallRow] = described("Questions to models, in order.")
    attempts: list[AttemptRow] = described("Edits that were tried, in order.")
    lessons: list[RunLesson] = described("The lessons that counted, in order.")
    strategies: list[StrategyUsed] = described("What was done after failed edits, in order.")
    route: RunRoute | None = described("Why these models; none where it was not recorded.")


@attrs.frozen
class RunReports:
    """The runs of one command."""

    reports: list[RunReport] = described("At least one.")
