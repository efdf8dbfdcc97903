"""Runs of the journal in words and columns."""

from __future__ import annotations

from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.core.tables import plain_table
from understudy.journal.route_text import route_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from understudy.journal.queries import RunDetails, RunSummary
    from understudy.journal.records import Attempt, Call, Check, Gate
    from understudy.journal.strategy_records import StrategyUse

NOTHING = "-"
SHORT_ID = 14
"""Characters of an id that a table shows: the millisecond and 20 random bits."""

_ROLES = {"in": "in the prompt", "held_out": "left out, to see how it goes without"}

HEADINGS = (
    "when",
    "id",
    "task",
    "where",
    "diagnostic",
    "model",
    "proved",
    "verdict",
    "status",
    "seconds",
    "became",
)


def table_row(run: RunSummary) -> tuple[str, ...]:
    """A run as the cells below `HEADINGS`."""
    return (
        moment(run.started_us),
        run.id[:SHORT_ID],
        run.task,
        _where(run),
        _diagnostic(run) or NOTHING,
        run.model or NOTHING,
        ", ".join(_proof(check) for check in run.checks) or NOTHING,
        _verdict(run.band, run.score) or NOTHING,
        run.status or "unfinished",
        NOTHING if run.seconds is None else f"{run.seconds:.2f}",
        run.became or NOTHING,
    )


def detail_lines(
    details: RunDetails, lessons: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    """A run with all that hangs on it, for people.

    Args:
        details: the run.
        lessons: the names of lessons by what the journal calls them.
    """
    run = details.run
    yield f"Run {run.id}"
    yield from _indented(_about(run))
    if details.route is not None:
        yield "Why these models"
        yield from _indented([*route_rows(details.route)])
    if details.calls:
        yield "Calls"
        yield from _indented(_calls(details.calls))
    yield from _again_lines(details, lessons)
    for attempt in details.attempts:
        yield f"Attempt {attempt.number}: {_attempt(attempt)}"
        yield from _indented(
            [_check(check) for check in details.checks if check.attempt_id == attempt.id]
        )
        for gate in details.gates:
            if gate.attempt_id == attempt.id:
                yield from _indented(_gate(gate))
    for edit in details.edits:
        yield f"Edit {edit.id}: {edit.lines_removed} lines removed, {edit.lines_added} added"
        yield from _indented(
            [
                (moment(outcome.at_us), outcome.what, _number(outcome.detail))
                for outcome in details.outcomes
                if outcome.edit_id == edit.id
            ]
        )


def _again_lines(details: RunDetails, lessons: Mapping[str, str]) -> Iterator[str]:
    """What failures taught, in this run and before it."""
    if details.strategies:
        yield "Asked again"
        yield from _indented([_strategy(one) for one in details.strategies])
    if details.lessons:
        yield "What influenced the questions"
        yield from _indented(
            [
                (f"lesson {lessons.get(one.lesson, one.lesson)}", _ROLES[one.role], one.model)
                for one in details.lessons
            ]
        )


def one_line(run: RunSummary) -> str:
    """A run as a sentence, with the command that tells more."""
    told = (_where(run), _diagnostic(run), run.model, _verdict(run.band, run.score), run.became)
    words = ", ".join(filter(None, (run.status or "unfinished", *told)))
    return (
        f"Run {run.id[:SHORT_ID]}: {words}. `understudy runs show {run.id[:SHORT_ID]}` tells all."
    )


def moment(at_us: int) -> str:
    """Local time, to the second."""
    return (
        datetime.fromtimestamp(at_us // 1_000_000, UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    )


def _about(run: RunSummary) -> list[tuple[str, ...]]:
    rows = [
        ("when", moment(run.started_us)),
        ("job", run.job if run.job != run.id else ""),
        ("task", run.task),
        ("where", _where(run)),
        ("diagnostic", _diagnostic(run)),
        ("language", run.language),
        ("surface", f"{run.surface} {run.editor}".strip()),
        ("model", run.model),
        ("status", f"{run.status or 'unfinished'} {run.reason_category}".strip()),
        ("verdict", _verdict(run.band, run.score)),
        ("seconds", "" if run.seconds is None else f"{run.seconds:.2f}"),
        ("cost", _cost(run.cost_usd)),
        ("became", run.became),
    ]
    return [row for row in rows if row[1]]


def _cost(usd: float | None) -> str:
    if usd is None:
        return "not known"
    return f"{usd:.4f} USD" if usd else ""


def _where(run: RunSummary) -> str:
    if not run.path:
        # A team's database has no paths unless they were to be pushed.
        return f"line {run.line}" if run.line else ""
    return f"{run.path}:{run.line}" if run.line else run.path


def _diagnostic(run: RunSummary) -> str:
    return f"{run.source} {run.code}".strip()


def _proof(check: Check) -> str:
    """`ruff -1 +0`: findings that went and came; or why the checker said nothing."""
    if check.status != "done":
        return f"{check.checker} {check.status}"
    return f"{check.checker} -{check.fixed_count} +{check.new_count}"


def _verdict(band: str, score: float | None) -> str:
    return band if score is None else f"{band} {score:.2f}"


def _attempt(attempt: Attempt) -> str:
    words = f"{attempt.model} {attempt.author}, {attempt.status} {attempt.category}".strip()
    return f"{words}, {attempt.seconds:.2f} s"


def _calls(calls: Sequence[Call]) -> list[tuple[str, ...]]:
    """Each call on a line; one that took over says after what."""
    rows = []
    for number, call in enumerate(calls):
        why = calls[number - 1].category if number and call.how == "next" else ""
        how = f"next after {why}" if why else call.how
        rows.append(_call(call, f"{how}{_again(call.requests)}"))
    return rows


def _again(requests: int) -> str:
    """How often a question was sent, where a part of it was refused."""
    if requests < 2:
        return ""
    return ", sent twice" if requests == 2 else f", sent {requests} times"


def _call(call: Call, how: str) -> tuple[str, ...]:
    cost = "?" if call.cost_usd is None else f"{call.cost_usd:.4f}"
    tokens = (call.input_tokens, call.output_tokens)
    return (
        f"{call.number} {call.model}",
        how,
        f"{call.status} {call.category}".strip(),
        " + ".join("?" if one is None else f"{one:,}" for one in tokens) + " tokens",
        "from the cache" if call.remembered else f"{cost} USD",
        f"{call.seconds:.2f} s",
    )


def _strategy(use: StrategyUse) -> tuple[str, ...]:
    """A strategy: after what it was used, how it was chosen, and what came of it."""
    after = f"after {use.category} {use.code}".rstrip()
    chosen = f"{use.model}, {use.why}"
    return (
        use.strategy,
        after,
        chosen,
        use.result,
        f"{use.tokens:+,} tokens",
        f"{use.seconds:.2f} s",
    )


def _check(check: Check) -> tuple[str, ...]:
    counts = f"-{check.fixed_count} +{check.new_count}" if check.status == "done" else ""
    return (f"check {check.checker}", check.status, counts, f"{check.seconds:.2f} s")


def _gate(gate: Gate) -> list[tuple[str, ...]]:
    return [
        ("verdict", gate.band, f"{gate.score:.2f}"),
        *((f"stopped by {name}", "", "") for name in gate.hard_stops),
        *(
            (f"signal {signal}", _number(value) or "unknown", f"weight {weight:.2f}")
            for signal, value, weight in gate.reasons
        ),
    ]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _indented(rows: Sequence[tuple[str, ...]]) -> list[str]:
    return [f"  {line}" for line in plain_table(rows)]
