"""Runs of the journal as our own clients show them. Everything here reads files, and blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.core.failures import BadRequestError
from understudy.journal.queries import recent_runs, runs_named
from understudy.learning.shelf import lesson_names
from understudy.lsp.effectiveness_exchanges import StrategyUsed
from understudy.lsp.fact_words import CHECK, check_told, signal_told, stop_told
from understudy.lsp.lesson_exchanges import RunLesson
from understudy.lsp.recorded import store_rows
from understudy.lsp.run_exchanges import (
    AttemptRow,
    CallRow,
    ModelsLeftOut,
    RunReport,
    RunReports,
    RunRoute,
    RunRow,
    Runs,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.journal.queries import RunDetails, RunSummary
    from understudy.journal.records import Attempt, Call, Gate
    from understudy.journal.routes import RouteOfRun
    from understudy.journal.strategy_records import StrategyUse
    from understudy.lsp.app import App

_MOST = 500


def newest(app: App, limit: int) -> Runs:
    """The newest runs of all workspaces.

    Raises:
        BadRequestError: for a number of runs that is too small or too large.
        UnavailableError: when the journal can't be read.
    """
    if not 1 <= limit <= _MOST:
        raise BadRequestError(f"`limit` must be from 1 to {_MOST}.")
    store_rows(app)
    return Runs([_row(one) for one in recent_runs(journal_file(), limit)])


def reports(app: App, run_id: str) -> RunReports:
    """A run, or the runs of a command.

    Raises:
        BadRequestError: when there is none with this id.
        UnavailableError: when the journal can't be read.
    """
    store_rows(app)
    names = lesson_names(tuple(app.session.roots))
    return RunReports([_report(one, names) for one in runs_named(journal_file(), run_id)])


def _row(run: RunSummary) -> RunRow:
    return RunRow(
        run_id=run.id,
        job=run.job,
        started_ms=run.started_us // 1000,
        task=run.task,
        path=run.path,
        line=run.line,
        code=f"{run.source} {run.code}".strip(),
        model=run.model,
        status=run.status,
        reason=run.reason_category,
        band=run.band,
        score=run.score,
        seconds=run.seconds,
        cost_usd=run.cost_usd,
        attempts=run.attempts,
        became=run.became,
    )


def _report(found: RunDetails, names: Mapping[str, str]) -> RunReport:
    return RunReport(
        run=_row(found.run),
        calls=[_call(one) for one in found.calls],
        attempts=[_attempt(one, found) for one in found.attempts],
        strategies=[_strategy(one) for one in found.strategies],
        lessons=[
            RunLesson(names.get(one.lesson, one.lesson), one.model, one.role)
            for one in found.lessons
        ],
        route=_route(found.route) if found.route is not None else None,
    )


def _call(call: Call) -> CallRow:
    return CallRow(
        model=call.model,
        how=call.how,
        status=call.status,
        category=call.category,
        tokens_in=call.input_tokens,
        tokens_out=call.output_tokens,
        cost_usd=call.cost_usd,
        seconds=call.seconds,
        remembered=call.remembered,
    )


def _route(route: RouteOfRun) -> RunRoute:
    return RunRoute(
        models=list(route.models),
        provenance=route.provenance,
        explored=route.explored,
        rejected=[ModelsLeftOut(one.why, list(one.models)) for one in route.rejected],
    )


def _strategy(use: StrategyUse) -> StrategyUsed:
    return StrategyUsed(
        strategy=use.strategy,
        why=use.why,
        model=use.model,
        category=use.category,
        code=use.code,
        result=use.result,
        tokens_added=use.tokens,
        seconds=use.seconds,
    )


def _attempt(attempt: Attempt, found: RunDetails) -> AttemptRow:
    gate = next((one for one in found.gates if one.attempt_id == attempt.id), None)
    checks = (one for one in found.checks if one.attempt_id == attempt.id)
    return AttemptRow(
        model=attempt.model,
        author=attempt.author,
        status=attempt.status,
        category=attempt.category,
        seconds=attempt.seconds,
        score=gate.score if gate is not None else None,
        band=gate.band if gate is not None else "",
        stops=[stop_told(one) for one in gate.hard_stops] if gate is not None else [],
        checks=[check_told(one, found.run, gate) for one in checks],
        signals=_signals(gate) if gate is not None else [],
    )


def _signals(gate: Gate) -> list[str]:
    """What is not told by the checkers or the stops already."""
    return [
        signal_told(name, value)
        for name, value, _ in gate.reasons
        if name not in gate.hard_stops and not name.startswith(CHECK)
    ]
