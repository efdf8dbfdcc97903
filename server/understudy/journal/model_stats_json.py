"""The numbers of models as JSON, the same for the terminal, the editor and files."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from understudy.core.clock import DAY_US, iso_time

if TYPE_CHECKING:
    from understudy.journal.model_choice import Choice
    from understudy.journal.model_stats import Group, Stats
    from understudy.journal.model_tally import Cell, Tally

_DIGITS = 6
_MS = 1_000
COLUMNS = (
    *("name", "totalRuns", "successRate", "ci95Low", "ci95High", "firstTryRate", "neededRescue"),
    *("cancelled", "superseded", "keptRate", "undoneRate", "judgedEdits", "attempts"),
    *("avgLatencyMs", "p50LatencyMs", "p95LatencyMs", "ttftMs", "seconds"),
    *("tokensIn", "tokensOut", "tokensCached", "costUsd", "estimated", "lastSeen", "failures"),
)
"""The columns of a table of groups; `failures` reads `timeout=2;type_error=1`."""
BEST_COLUMNS = (
    *("name", "n", "rate", "ci95Low", "ci95High", "usdPerRun", "secondsPerRun", "enough", "best"),
)
"""The columns of a table of who is best for a task."""


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """How often attempts failed as one category.

    Attributes:
        models: how often with which model.
    """

    name: str
    times: int
    share: float
    models: dict[str, int]


def stats_json(stats: Stats) -> dict[str, object]:
    """All groups with what they were chosen by."""
    scope = stats.scope
    return {
        "by": stats.by,
        "since": iso_time(scope.since_us) if scope.since_us else None,
        "model": scope.model or None,
        "task": scope.task or None,
        "language": scope.language or None,
        "runs": asdict(stats.runs),
        "stats": [group_json(one) for one in stats.groups],
    }


def group_json(group: Group) -> dict[str, object]:
    """One group. Rates are None where nothing was counted, and so are times and costs."""
    tally = group.total
    return {
        "name": group.name,
        "successRate": _rounded(tally.rate),
        "avgLatencyMs": _ms(tally.latency_s, tally.timed),
        "failuresByCategory": dict(_by_number(tally.failures)),
        "byTaskType": {
            task: {"success": one.solved, "fail": one.runs - one.solved}
            for task, one in group.tasks.items()
            if one.runs
        },
        "totalRuns": tally.runs,
        "n": tally.runs,
        "ci95": [_rounded(bound) for bound in tally.bounds] if tally.runs else None,
        "firstTryRate": _rate(tally.at_once, tally.runs),
        "neededRescue": tally.rescued,
        "cancelled": tally.cancelled,
        "superseded": tally.superseded,
        "attempts": tally.attempts,
        "secondOpinions": tally.opinions,
        "keptRate": _rate(tally.kept, tally.judged),
        "undoneRate": _rate(tally.undone, tally.judged),
        "judgedEdits": tally.judged,
        "p50LatencyMs": None if group.p50_s is None else round(group.p50_s * _MS),
        "p95LatencyMs": None if group.p95_s is None else round(group.p95_s * _MS),
        "ttftMs": _ms(tally.begun_s, tally.begun),
        "seconds": _rounded(tally.seconds),
        "tokensIn": tally.tokens_in,
        "tokensOut": tally.tokens_out,
        "tokensCached": tally.tokens_cached,
        "costUsd": cost(tally),
        "estimated": bool(tally.estimated),
        "estimatedCalls": tally.estimated,
        "unpricedCalls": tally.unpriced,
        "unmeteredCalls": tally.unmetered,
        "fromCache": tally.remembered,
        "lastSeen": iso_time(tally.last_us) if tally.last_us else None,
        "trend": [
            {"day": iso_time(day * DAY_US)[:10], "runs": one.runs, "solved": one.solved}
            for day, one in group.days.items()
            if one.runs
        ],
    }


def row(group: Group) -> dict[str, object]:
    """One group as the cells below `COLUMNS`."""
    told = group_json(group)
    low, high = group.total.bounds if group.total.runs else (None, None)
    flat = {
        "ci95Low": _rounded(low),
        "ci95High": _rounded(high),
        "failures": ";".join(f"{name}={n}" for name, n in _by_number(group.total.failures)),
    }
    return {name: _truth(flat.get(name, told.get(name))) for name in COLUMNS}


def cell_json(cell: Cell, tally: Tally) -> dict[str, object]:
    """One cell with all its sums: what any division of the runs can be made from again."""
    # Not by `asdict`, which makes a counter of the items of a counter.
    sums = {one.name: getattr(tally, one.name) for one in fields(tally)}
    own = {"failures": dict(tally.failures)}
    return {**asdict(cell), "day": iso_time(cell.day * DAY_US)[:10], **sums, **own}


def by_category(stats: Stats) -> tuple[CategoryCount, ...]:
    """The failures of all groups by their category, the most frequent first."""
    models: dict[str, dict[str, int]] = {}
    for group in stats.groups:
        for category, times in group.total.failures.items():
            models.setdefault(category, {})[group.name] = times
    numbers = {category: sum(own.values()) for category, own in models.items()}
    every = sum(numbers.values())
    return tuple(
        CategoryCount(category, number, number / every, models[category])
        for category, number in _by_number(numbers)
    )


def categories_json(stats: Stats) -> dict[str, object]:
    """The same as `stats_json`, with categories in place of groups."""
    return {
        **stats_json(stats),
        "by": "category",
        "stats": [
            {**asdict(one), "share": round(one.share, _DIGITS)} for one in by_category(stats)
        ],
    }


def choice_json(choice: Choice) -> dict[str, object]:
    """Who is best for a task, and how sure that is."""
    return {
        "task": choice.task,
        "language": choice.language or None,
        "verdict": choice.verdict,
        "best": list(choice.best),
        "ranking": [
            {
                "name": one.name,
                "n": one.n,
                "rate": _rounded(one.rate),
                "ci95": [_rounded(bound) for bound in one.bounds],
                "usdPerRun": _rounded(one.usd),
                "secondsPerRun": _rounded(one.seconds),
                "enough": one.enough,
                "best": one.name in choice.best,
            }
            for one in choice.ranking
        ],
    }


def choice_rows(choice: Choice) -> list[tuple[object, ...]]:
    """A line for each model, best first, below `BEST_COLUMNS`."""
    return [
        (
            *(one.name, one.n, _rounded(one.rate), *map(_rounded, one.bounds), _rounded(one.usd)),
            *(_rounded(one.seconds), _truth(one.enough), _truth(one.name in choice.best)),
        )
        for one in choice.ranking
    ]


def _truth(value: object) -> object:
    """A truth as in JSON, since other readers of tables know no `True`."""
    return str(value).lower() if isinstance(value, bool) else value


def cost(tally: Tally) -> float | None:
    """What a model cost, in US dollars; None where calls were made and nobody knows of any."""
    known = tally.usd or not tally.unpriced
    return _rounded(tally.usd) if known else None


def _by_number(numbers: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(numbers.items(), key=lambda one: (-one[1], one[0]))


def _rate(number: int, of: int) -> float | None:
    return _rounded(number / of) if of else None


def _ms(seconds: float, number: int) -> int | None:
    return round(seconds / number * _MS) if number else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
