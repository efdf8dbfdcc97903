"""Runs as rows of the journal."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from understudy.checkers import reports_as
from understudy.core.clock import now_us
from understudy.core.failures import BadRequestError, FailureCategory
from understudy.core.ids import made_us, new_id
from understudy.engine.evidence import Band
from understudy.engine.outcome import Status
from understudy.failures.own import rule_for
from understudy.journal import records
from understudy.journal.contents import Content
from understudy.journal.route_records import Routed
from understudy.journal.trace_records import Proved
from understudy.journal.workspaces import workspace_id

if TYPE_CHECKING:
    from understudy.core.failures import Failure
    from understudy.engine.outcome import Candidate, Outcome
    from understudy.engine.route import Route
    from understudy.engine.services import Services
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_MOST_WORDS = 200


def begin(outcome: Outcome, job: str, services: Services, chosen: Route | None = None) -> None:
    """Record that a run has begun, and by which route; None for one that asks nobody."""
    view, diagnostic = outcome.view, outcome.diagnostic
    services.recorder.record(
        records.Run(
            id=outcome.run_id,
            job=job,
            started_us=now_us(),
            workspace=workspace_id(view.root) if view.root is not None else "",
            task=services.task.id,
            surface=services.surface,
            language=view.language,
            path=view.name,
            line=view.index.line_of(diagnostic.span.start) + 1 if diagnostic else 0,
            source=diagnostic.source if diagnostic else "",
            code=diagnostic.code if diagnostic else "",
            editor=services.editor,
        )
    )
    if chosen is None:
        return
    services.recorder.record(
        Routed(
            run_id=outcome.run_id,
            at_us=now_us(),
            models=chosen.models,
            rejected=tuple((one.model, one.why) for one in chosen.rejected),
            provenance=chosen.provenance,
            explored=chosen.explored,
        )
    )
    if chosen.explored:
        # Its first model is asked only to learn about it.
        services.recorder.record(records.Event(now_us(), "explored", outcome.run_id))


def end(outcome: Outcome, services: Services) -> None:
    """Record how a run ended, with what was proved about each candidate that was tried."""
    record = services.recorder.record
    candidate = outcome.candidate
    for number, tried in enumerate(outcome.attempts, 1):
        attempt = new_id()
        _record_attempt(_attempt(attempt, number, outcome, tried), tried, services)
        if outcome.offered is not None and tried.id == outcome.offered.id:
            record(_edit(attempt, outcome, tried, services))
            record(_edit_text(outcome, tried))
            record(records.OutcomeRow(tried.id, now_us(), "offered"))
    record(
        records.RunEnded(
            run_id=outcome.run_id,
            status=outcome.status.value,
            model=candidate.model if candidate else (outcome.asked or outcome.models or ("",))[-1],
            seconds=outcome.seconds,
            reason_category=outcome.category.value if outcome.category else "",
            # The rows of its calls tell what is not known.
            cost_usd=outcome.cost_usd or 0.0,
            attempts=outcome.tried,
        )
    )


def offer_part(outcome: Outcome, services: Services) -> None:
    """Record that a part of an edit is offered by itself, as one more attempt of its run."""
    candidate = outcome.candidate
    if candidate is None:
        return
    attempt = new_id()
    number = outcome.tried + 1
    _record_attempt(_attempt(attempt, number, outcome, candidate), candidate, services)
    services.recorder.record(_edit(attempt, outcome, candidate, services))
    services.recorder.record(_edit_text(outcome, candidate))
    services.recorder.record(records.OutcomeRow(candidate.id, now_us(), "offered"))


def code_of(failure: Failure | None) -> str:
    """The code that a provider or a tool gave a failure; never a name out of somebody's code."""
    if failure is None or failure.category is FailureCategory.HALLUCINATION:
        return ""
    return failure.code


def words_of(failure: Failure | None) -> str:
    """What a rule could know an unknown failure by again; empty for all others.

    Whatever varies from case to case is left out of it: names, numbers, places and quotations.
    """
    if failure is None or failure.category is not FailureCategory.UNKNOWN:
        return ""
    try:
        return rule_for(failure)[:_MOST_WORDS]
    except BadRequestError:
        return ""


def _attempt(attempt: str, number: int, outcome: Outcome, tried: Candidate) -> records.Attempt:
    """One candidate. What the run says of itself holds for the one that it names."""
    status: Status = Status.WITHHELD
    category = FailureCategory.LINT_FAILURE if tried.verdict.band is Band.BLOCK else None
    if outcome.candidate is not None and tried.id == outcome.candidate.id:
        status, category = outcome.status, outcome.category
    return records.Attempt(
        id=attempt,
        run_id=outcome.run_id,
        number=number,
        model=tried.model,
        author=tried.author,
        status=status.value,
        category=category.value if category else "",
        seconds=tried.seconds,
    )


def _record_attempt(row: records.Attempt, candidate: Candidate, services: Services) -> None:
    record, attempt = services.recorder.record, row.id
    record(row)
    record(
        Proved(
            attempt_id=attempt,
            run_id=row.run_id,
            ended_us=made_us(candidate.id) or now_us(),
            files=bool(candidate.edits) + len(candidate.others),
            hunks=len(candidate.edits),
        )
    )
    checks = tuple(
        records.Check(
            attempt_id=attempt,
            checker=report.checker,
            status=report.status.value,
            new_count=_count(candidate.comparison.new, report.checker),
            fixed_count=_count(candidate.comparison.fixed, report.checker),
            seconds=report.seconds,
        )
        for report in candidate.checks
    )
    record(records.Checks(attempt, checks))
    verdict = candidate.verdict
    record(
        records.Gate(
            attempt_id=attempt,
            score=verdict.score,
            band=verdict.band.value,
            reasons=tuple((one.signal, one.value, one.weight) for one in verdict.reasons),
            # A hard stop is a reason against that no weight could outbalance.
            hard_stops=tuple(
                one.signal for one in verdict.reasons if one.value == 0 and not one.weight
            ),
            stratum=verdict.stratum,
            log_odds=verdict.log_odds,
        )
    )


def _edit(
    attempt: str, outcome: Outcome, candidate: Candidate, services: Services
) -> records.EditRow:
    text = outcome.view.text
    removed = sum(
        edit.span.of(text).count("\n") + 1 for edit in candidate.edits if edit.span.of(text)
    )
    added = sum(edit.text.count("\n") + 1 for edit in candidate.edits if edit.text)
    return records.EditRow(
        id=candidate.id,
        run_id=outcome.run_id,
        attempt_id=attempt,
        model=candidate.model,
        author=candidate.author,
        task=services.task.id,
        language=outcome.view.language,
        code=outcome.diagnostic.code if outcome.diagnostic else "",
        band=candidate.verdict.band.value,
        hash=_hash(candidate),
        lines_removed=removed,
        lines_added=added,
        surface=services.surface,
        placed=candidate.facts.match.value if candidate.facts is not None else "given",
    )


def _edit_text(outcome: Outcome, candidate: Candidate) -> Content:
    """What the edit takes away and puts in its place, which is kept only if the user wants that."""
    text = outcome.view.text
    parts = [f"--- {one.span.of(text)}\n+++ {one.text}" for one in candidate.edits]
    return Content(now_us(), candidate.id, "edit", tuple(parts), private_of(outcome.view))


def private_of(view: View) -> tuple[tuple[str, str], ...]:
    """What texts about a document may hold of its place, and what stands for it."""
    if view.root is None:
        return ()
    return ((str(view.root), "<workspace>"), (view.root.as_posix(), "<workspace>"))


def _hash(candidate: Candidate) -> str:
    """Equal for equal edits."""
    said = repr(candidate.edits)
    for one in candidate.others:
        said += repr((one.name, one.after, one.new_path))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _count(diagnostics: tuple[Diagnostic, ...], checker: str) -> int:
    return sum(reports_as(checker, one.source) for one in diagnostics)
