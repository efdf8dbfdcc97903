"""What `understudy/stats` answers: the members of `understudy stats --json`, and some more."""

from __future__ import annotations

from typing import Any

import attrs

from understudy.lsp.extensions import described


@attrs.frozen
class RunTotals:
    """Runs that ended, whoever was asked unless a model is chosen; each counts once."""

    total: int = described("All of them.")
    solved: int = described("With a proved edit, or with the words that were asked for.")
    cancelled: int = described("Cancelled.")
    superseded: int = described("Given up because the user typed on.")


@attrs.frozen
class StatsDay:
    """One day's runs."""

    day: str = described("The day, in UTC: `2026-11-23`.")
    runs: int = described("Runs.")
    solved: int = described("Those of them that were solved.")


@attrs.frozen
class StatsRow:
    """The runs of one model, task or language. What nobody counted is null, and so are rates of it."""

    name: str = described("The model's id, the task or the language.")
    success_rate: float | None = described("The share of runs that it solved.")
    avg_latency_ms: int | None = described("How long an answer took on average.")
    failures_by_category: dict[str, Any] = described("How often answers failed, by category.")
    by_task_type: dict[str, Any] = described("`{success, fail}` by task.")
    total_runs: int = described("Runs in which it took part to their end.")
    n: int = described("The same: what rates are shares of.")
    ci95: list[float] | None = described("Between what the success rate lies (Wilson, 95 %).")
    first_try_rate: float | None = described("The share of runs that its first answer solved.")
    needed_rescue: int = described("Runs that it began in vain and another model solved.")
    cancelled: int = described("Beside `totalRuns`: cancelled.")
    superseded: int = described("Beside `totalRuns`: given up because the user typed on.")
    attempts: int = described("Answers that were asked for.")
    second_opinions: int = described("Beside them: answers about another model's edit.")
    kept_rate: float | None = described("The share of judged edits that were kept as they were.")
    undone_rate: float | None = described("The share of judged edits that were undone.")
    judged_edits: int = described("Edits of which it is known what became of them.")
    p50_latency_ms: int | None = described("Half of the answers took at most so long.")
    p95_latency_ms: int | None = described("19 of 20 answers took at most so long.")
    ttft_ms: int | None = described("The time to the first token on average.")
    seconds: float = described("How long it worked in all.")
    tokens_in: int = described("Tokens of questions.")
    tokens_out: int = described("Tokens of answers.")
    tokens_cached: int = described("Tokens of questions that the provider had in its cache.")
    cost_usd: float | None = described("What it cost, at the prices when it was asked.")
    estimated: bool = described("Whether a part of that cost is estimated.")
    estimated_calls: int = described("For how many calls it is.")
    unpriced_calls: int = described("Calls whose cost nobody knows.")
    unmetered_calls: int = described("Answers whose tokens nobody counted.")
    from_cache: int = described("Answers that came from our own cache.")
    last_seen: str | None = described("When its last run began.")
    trend: list[StatsDay] = described("Its runs by day.")


@attrs.frozen
class StatsCategory:
    """How often answers failed as one category."""

    name: str = described("The category.")
    times: int = described("How often.")
    share: float = described("The share of all failures.")
    models: dict[str, Any] = described("How often by the names of `stats`.")


@attrs.frozen
class RankedModel:
    """One model at one task."""

    name: str = described("Its id.")
    n: int = described("Its runs.")
    rate: float = described("The share that it solved and nothing of which was taken back.")
    ci95: list[float] = described("Between what that share lies (Wilson, 95 %).")
    usd_per_run: float | None = described("What a run costs on average.")
    seconds_per_run: float | None = described("How long a run takes on average.")
    enough: bool = described("Whether there are enough runs to compare it.")
    best: bool = described("Whether it is the best one, or can't be told from that.")


@attrs.frozen
class StatsChoice:
    """Which model is best for a task."""

    task: str = described("The task.")
    language: str | None = described("The language; null for all.")
    verdict: str = described("The answer in words; ties and too few runs are said to be that.")
    best: list[str] = described("One model, several that are tied, or none.")
    ranking: list[RankedModel] = described("Best first; those with too few runs last.")


@attrs.frozen
class ImportedModelRow:
    """What another program told of a model; null where it did not. It is counted nowhere else."""

    name: str = described("The model.")
    total_runs: int | None = described("Its runs.")
    success_rate: float | None = described("The share of them that went well.")
    failures: int = described("How often an answer failed.")
    avg_latency_ms: float | None = described("How long an answer took on average.")


@attrs.frozen
class StatsAnswer:
    """The numbers of models."""

    by: str = described("What a row is about.")
    since: str | None = described("From when on; null for all.")
    model: str | None = described("The model that was asked about.")
    task: str | None = described("The task that was asked about.")
    language: str | None = described("The language that was asked about.")
    runs: RunTotals = described("Runs, whoever was asked; of one model, those in which it was.")
    stats: list[StatsRow] = described("Most runs first.")
    categories: list[StatsCategory] = described("Failures, the most frequent first.")
    choice: StatsChoice | None = described("Who is best, if that was asked.")
    imported: list[ImportedModelRow] = described(
        "What other programs told, where nothing but a model was asked for."
    )
