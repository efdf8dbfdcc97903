"""A row of the journal as the SQL statements that store it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from understudy.journal.contents import Kept
from understudy.journal.prompt_records import CallFragments, CallLesson, CallSpan
from understudy.journal.records import (
    Attempt,
    Call,
    CallJudged,
    Checks,
    EditRow,
    Event,
    Gate,
    OutcomeRow,
    Run,
    RunEnded,
)
from understudy.journal.route_records import Routed
from understudy.journal.shared_rows import (
    Statement,
    cleaned,
    of_checks,
    of_gate,
    of_prompt,
    of_route,
    of_span,
    of_text,
)
from understudy.journal.strategy_records import StrategyUse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from understudy.journal.records import Row

_STORE: dict[type, str] = {
    Run: """
        INSERT INTO runs (id, started_us, workspace, task, surface, language, path, line, source,
                          code, editor, job)
        VALUES (:id, :started_us, :workspace, :task, :surface, :language, :path, :line, :source,
                :code, :editor, :job)
        ON CONFLICT DO NOTHING""",
    RunEnded: """
        UPDATE runs SET status = :status, model = :model, seconds = :seconds,
                        reason_category = :reason_category, cost_usd = :cost_usd,
                        attempts = :attempts
        WHERE id = :run_id""",
    Attempt: """
        INSERT INTO attempts (id, run_id, number, model, author, status, category, seconds)
        VALUES (:id, :run_id, :number, :model, :author, :status, :category, :seconds)
        ON CONFLICT DO NOTHING""",
    EditRow: """
        INSERT INTO edits (id, run_id, attempt_id, model, author, task, language, code, band, hash,
                           lines_removed, lines_added, surface, placed)
        VALUES (:id, :run_id, :attempt_id, :model, :author, :task, :language, :code, :band, :hash,
                :lines_removed, :lines_added, :surface, :placed)
        ON CONFLICT DO NOTHING""",
    OutcomeRow: """
        INSERT INTO outcomes (edit_id, at_us, what, detail)
        VALUES (:edit_id, :at_us, :what, :detail)
        ON CONFLICT DO NOTHING""",
    Call: """
        INSERT INTO calls (id, run_id, number, at_us, model, provider, how, status, category,
                           input_tokens, cached_tokens, cache_written_tokens, output_tokens,
                           reasoning_tokens, cost_usd, estimated_usd, first_token_s, seconds,
                           remembered, revision, edit_format, requests, code, fingerprint, words)
        VALUES (:id, :run_id, :number, :at_us, :model, :provider, :how, :status, :category,
                :input_tokens, :cached_tokens, :cache_written_tokens, :output_tokens,
                :reasoning_tokens, :cost_usd, :estimated_usd, :first_token_s, :seconds,
                :remembered, :revision, :edit_format, :requests, :code, :fingerprint, :words)
        ON CONFLICT DO NOTHING""",
    CallLesson: """
        INSERT INTO call_lessons (call_id, lesson, digest, role, revision)
        VALUES (:call_id, :lesson, :digest, :role, :revision)
        ON CONFLICT DO NOTHING""",
    CallJudged: """
        UPDATE calls SET category = :category, code = :code, fingerprint = :fingerprint,
                         words = :words
        WHERE id = :call_id AND status = 'answered'""",
    StrategyUse: """
        INSERT INTO strategy_uses (run_id, number, call_id, at_us, strategy, why, model, language,
                                   category, code, fingerprint, step, result, tokens, seconds)
        VALUES (:run_id, :number, :call_id, :at_us, :strategy, :why, :model, :language, :category,
                :code, :fingerprint, :step, :result, :tokens, :seconds)
        ON CONFLICT DO NOTHING""",
    Event: """
        INSERT INTO events (at_us, kind, subject, number)
        VALUES (:at_us, :kind, :subject, :number)""",
}


_SHARED: dict[type, Callable[..., Iterator[Statement]]] = {
    CallFragments: of_prompt,
    CallSpan: of_span,
    Checks: of_checks,
    Gate: of_gate,
    Routed: of_route,
    Kept: of_text,
}
"""Of these rows, most parts are stored once for many."""


def statements(row: Row | Kept) -> Iterator[Statement]:
    """SQL with `:name` parameters, in the order in which it must run. Every text is cleaned."""
    build = _SHARED.get(type(row))
    if build is not None:
        yield from build(row)
    else:
        yield _STORE[type(row)], cleaned({one.name: getattr(row, one.name) for one in fields(row)})
