"""The numbers of models for people: columns, bars and small curves, in characters alone."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from understudy.core.plural import plural, price
from understudy.core.tables import plain_table
from understudy.journal.model_stats_json import by_category, cost
from understudy.journal.run_text import NOTHING, moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.journal.model_choice import Candidate, Choice
    from understudy.journal.model_stats import Group, Stats
    from understudy.journal.model_tally import Scope, Tally

_BAR = 10
_DAYS = 14
CHOICE_HEADINGS = (
    "model",
    "runs",
    "solved for good",
    "95% range",
    "cost a run",
    "seconds a run",
    "",
)
FAILURE_HEADINGS = ("failure", "times", "share", "of")


@dataclass(frozen=True, slots=True)
class Marks:
    """What bars and curves are drawn with; every mark is one column wide.

    Attributes:
        curve: from a little to the most.
        none: where there is nothing in a curve.
    """

    full: str
    rest: str
    curve: str
    none: str


BLOCKS = Marks("█", "░", "▁▂▃▄▅▆▇█", "·")
ASCII = Marks("#", ".", "_-=+*x#@", ".")
"""For terminals that know nothing else."""


def marks_for(encoding: str | None) -> Marks:
    """Marks that can be written in an encoding."""
    try:
        f"{BLOCKS.full}{BLOCKS.rest}{BLOCKS.curve}{BLOCKS.none}".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return BLOCKS


def summary_line(stats: Stats, within: str) -> str:
    """All runs in one sentence; `within` says in what time, such as `in the last 7 days`."""
    runs = stats.runs
    asked = _chosen(stats.scope)
    if not runs.total:
        return f"No run{asked} has ended{f' {within}' if within else ' yet'}."
    ended = runs.total - runs.cancelled - runs.superseded
    share = f" ({runs.solved / ended:.0%})" if ended else ""
    beside = [
        f"{number} {word}"
        for number, word in ((runs.cancelled, "cancelled"), (runs.superseded, "superseded"))
        if number
    ]
    aside = f"; {' and '.join(beside)} more" if beside else ""
    when = f" {within}" if within else ""
    return f"{plural(ended, 'run')}{asked}{when}, {runs.solved} solved{share}{aside}."


def _chosen(scope: Scope) -> str:
    """Which runs these are, but for their time."""
    found = (
        (scope.task, f" of `{scope.task}`"),
        (scope.language, f" in `{scope.language}`"),
        (scope.owner, f" of the owner `{scope.owner}`"),
        (scope.workspace, " in this workspace"),
        (scope.model, f" with `{scope.model}`"),
    )
    return "".join(words for value, words in found if value)


def tables(stats: Stats, marks: Marks) -> list[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """Headings and lines: how good the groups are, how fast and at what cost, what went wrong.

    Two tables about the groups, because one of both would not fit into a terminal. A curve is the
    number of runs on each of the last days.
    """
    until = max((day for one in stats.groups for day in one.days), default=0)
    found = [
        (
            (stats.by, "runs", "solved", "", "95% range", "kept"),
            [_how_good(one, marks) for one in stats.groups],
        ),
        (
            (stats.by, "first try", "rescued", "p50", "p95", "cost", "runs by day"),
            [_how_fast(one, marks, until) for one in stats.groups],
        ),
        (FAILURE_HEADINGS, failure_rows(stats, marks)),
    ]
    return [one for one in found if one[1]]


def failure_rows(stats: Stats, marks: Marks) -> list[tuple[str, ...]]:
    """A line for each category of failures, below `FAILURE_HEADINGS`."""
    return [
        (one.name, str(one.times), bar(one.share, marks) + f" {one.share:.0%}", _of(one.models))
        for one in by_category(stats)
    ]


def choice_rows(choice: Choice) -> list[tuple[str, ...]]:
    """A line for each model, best first, below `CHOICE_HEADINGS`."""
    return [
        (
            one.name,
            str(one.n),
            f"{one.rate:.0%}",
            _range(one.bounds),
            price(one.usd),
            NOTHING if one.seconds is None else f"{one.seconds:.2f}",
            _place(one, choice),
        )
        for one in choice.ranking
    ]


def notes(stats: Stats) -> Iterator[str]:
    """What must be known to read the numbers right."""
    for group in stats.groups:
        tally, name = group.total, _name(group)
        if tally.estimated:
            calls = plural(tally.estimated, "call")
            yield f"* {name}: the cost of {calls} is estimated; nobody told it."
        if tally.unpriced:
            calls = plural(tally.unpriced, "call")
            yield f"* {name}: what {calls} cost is not known."
        if tally.cancelled or tally.superseded:
            yield (
                f"* {name}: {tally.cancelled} cancelled and {tally.superseded} superseded,"
                " which count nowhere else."
            )


def report(stats: Stats, within: str) -> str:
    """All of it as a text, for an editor."""
    lines = [summary_line(stats, within)]
    for headings, rows in tables(stats, BLOCKS):
        lines += ["", *plain_table([headings, *rows])]
    if said := list(notes(stats)):
        lines += ["", *said]
    return "".join(f"{line}\n" for line in lines)


def choice_report(choice: Choice) -> str:
    """Who is best, as a text, for an editor."""
    lines = [choice.verdict]
    if choice.ranking:
        lines += ["", *plain_table([CHOICE_HEADINGS, *choice_rows(choice)])]
    return "".join(f"{line}\n" for line in lines)


def card(group: Group) -> str:
    """One model in Markdown, for a hover."""
    tally = group.total
    low, high = tally.bounds
    lines = [
        f"{tally.solved} of {plural(tally.runs, 'run')} solved ({low:.0%} to {high:.0%}),"
        f" {_share(tally.at_once, tally.runs)} at the first try"
    ]
    if tally.judged:
        lines.append(f"{_share(tally.kept, tally.judged)} of {tally.judged} edits kept")
    if tally.rescued:
        lines.append(f"needed rescue {plural(tally.rescued, 'time')}")
    if group.p50_s is not None and group.p95_s is not None:
        lines.append(f"{_time(group.p50_s)} as a rule, {_time(group.p95_s)} at worst (p95)")
    lines.append(f"{_money(tally)}, {tally.seconds:.0f} s of work")
    if tally.failures:
        worst = ", ".join(f"{name} {times}" for name, times in tally.failures.most_common(3))
        lines.append(f"failures: {worst}")
    if tally.last_us:
        lines.append(f"last seen {moment(tally.last_us)}")
    return "\n".join(f"- {line}" for line in lines)


def bar(share: float, marks: Marks) -> str:
    """A share as a bar of ten columns; only nothing has none of them filled."""
    filled = min(ceil(share * _BAR - 1e-9), _BAR)
    return marks.full * filled + marks.rest * (_BAR - filled)


def curve(values: Sequence[int], marks: Marks) -> str:
    """Numbers as a line of marks, the highest one for the most, a dot for nothing."""
    most = max(values, default=0)
    steps = len(marks.curve)
    return "".join(
        marks.curve[ceil(value * steps / most) - 1] if value else marks.none for value in values
    )


def _how_good(group: Group, marks: Marks) -> tuple[str, ...]:
    tally = group.total
    return (
        _name(group),
        str(tally.runs),
        _share(tally.solved, tally.runs),
        bar(tally.rate, marks) if tally.rate is not None else "",
        _range(tally.bounds) if tally.runs else NOTHING,
        f"{_share(tally.kept, tally.judged)} of {tally.judged}" if tally.judged else NOTHING,
    )


def _how_fast(group: Group, marks: Marks, until: int) -> tuple[str, ...]:
    tally = group.total
    days = range(until - _DAYS + 1, until + 1)
    counts = [group.days[day].runs if day in group.days else 0 for day in days]
    return (
        _name(group),
        _share(tally.at_once, tally.runs),
        str(tally.rescued),
        NOTHING if group.p50_s is None else _time(group.p50_s),
        NOTHING if group.p95_s is None else _time(group.p95_s),
        _money(tally),
        curve(counts, marks),
    )


def _name(group: Group) -> str:
    """What the group's lines begin with; runs may have no owner, and no known language."""
    return group.name or NOTHING


def _money(tally: Tally) -> str:
    told = price(cost(tally))
    return f"~{told}" if tally.estimated and tally.usd else told


def _of(models: dict[str, int]) -> str:
    most = sorted(models.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{name} {times}" for name, times in most)


def _place(one: Candidate, choice: Choice) -> str:
    if not one.enough:
        return f"not enough data (n={one.n})"
    if one.name not in choice.best:
        return ""
    return "tied" if len(choice.best) > 1 else "best"


def _range(bounds: tuple[float, float]) -> str:
    return f"{bounds[0]:.0%}-{bounds[1]:.0%}"


def _share(number: int, of: int) -> str:
    return f"{number / of:.0%}" if of else NOTHING


def _time(seconds: float) -> str:
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 60 else f"{seconds / 60:.1f} min"
