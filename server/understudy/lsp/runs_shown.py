"""Runs of the journal as our own clients show them. Everything here reads files, and blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.core.failures import BadRequestError
from understudy.journal.queries import recent_runs, runs_named
from understudy.lsp.exchanges import AttemptRow, CallRow, RunReport, RunReports, RunRow, Runs

if TYPE_CHECKING:
    from understudy.journal.queries import RunDetails, RunSummary
    from understudy.journal.records import Attempt, Call, Check
    from understudy.lsp.app import App

_MOST = 500
_STORE_S = 1.0


def newest(app: App, limit: int) -> Runs:
    """The newest runs of all workspaces.

    Raises:
        BadRequestError: for a number of runs that is too small or too large.
        UnavailableError: when the journal can't be read.
    """
    if not 1 <= limit <= _MOST:
        raise BadRequestError(f"`limit` must be from 1 to {_MOST}.")
    _store(app)
    return Runs([_row(one) for one in recent_runs(journal_file(), limit)])


def reports(app: App, run_id: str) -> RunReports:
    """A run, or the runs of a command.

    Raises:
        BadRequestError: when there is none with this id.
        UnavailableError: when the journal can't be read.
    """
    _store(app)
    return RunReports([_report(one) for one in runs_named(journal_file(), run_id)])


def _store(app: App) -> None:
    """Have what just happened in the file."""
    journal = app.background.journal if app.background else None
    if journal is not None:
        journal.flush(_STORE_S)


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


def _report(found: RunDetails) -> RunReport:
    return RunReport(
        run=_row(found.run),
        calls=[_call(one) for one in found.calls],
        attempts=[_attempt(one, found) for one in found.attempts],
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


def _attempt(attempt: Attempt, found: RunDetails) -> AttemptRow:
    gate = next((one for one in found.gates if one.attempt_id == attempt.id), None)
    signals = gate.reasons if gate is not None else ()
    return AttemptRow(
        model=attempt.model,
        author=attempt.author,
        status=attempt.status,
        category=attempt.category,
        seconds=attempt.seconds,
        score=gate.score if gate is not None else None,
        band=gate.band if gate is not None else "",
        stops=list(gate.hard_stops) if gate is not None else [],
        checks=[_check(one) for one in found.checks if one.attempt_id == attempt.id],
        signals=[
            f"{name}: {'unknown' if value is None else f'{value:g}'}" for name, value, _ in signals
        ],
    )


def _check(check: Check) -> str:
    if check.status != "done":
        return f"{check.checker}: {check.status}"
    return f"{check.checker}: -{check.fixed_count} +{check.new_count}"
