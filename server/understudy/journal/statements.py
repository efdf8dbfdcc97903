"""A row of the journal as the SQL statements that store it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from understudy.journal.prompt_records import CallFragment, CallSpan
from understudy.journal.records import (
    Attempt,
    Call,
    CallJudged,
    Check,
    EditRow,
    Event,
    Gate,
    OutcomeRow,
    Run,
    RunEnded,
)
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.journal.records import Row

Value = str | int | float | None

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
    Check: """
        INSERT INTO checks (attempt_id, checker, status, new_count, fixed_count, seconds)
        VALUES (:attempt_id, :checker, :status, :new_count, :fixed_count, :seconds)
        ON CONFLICT DO NOTHING""",
    Gate: """
        INSERT INTO gates (attempt_id, score, band, stratum, log_odds)
        VALUES (:attempt_id, :score, :band, :stratum, :log_odds)
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
    CallFragment: """
        INSERT INTO call_fragments (call_id, fragment, version, layer)
        VALUES (:call_id, :fragment, :version, :layer)
        ON CONFLICT DO NOTHING""",
    CallSpan: """
        INSERT INTO call_spans (call_id, path, first, last, tier, form, tokens)
        VALUES (:call_id, :path, :first, :last, :tier, :form, :tokens)
        ON CONFLICT DO NOTHING""",
    CallJudged: """
        UPDATE calls SET category = :category, code = :code, fingerprint = :fingerprint,
                         words = :words
        WHERE id = :call_id AND status = 'answered'""",
    Event: """
        INSERT INTO events (at_us, kind, subject, number)
        VALUES (:at_us, :kind, :subject, :number)""",
}
_STORE_REASON = """
    INSERT INTO gate_reasons (attempt_id, position, signal, value, weight)
    VALUES (:attempt_id, :position, :signal, :value, :weight)
    ON CONFLICT DO NOTHING"""
_STORE_STOP = """
    INSERT INTO gate_stops (attempt_id, position, name) VALUES (:attempt_id, :position, :name)
    ON CONFLICT DO NOTHING"""


def statements(row: Row) -> Iterator[tuple[str, dict[str, Value]]]:
    """SQL with `:name` parameters, in the order in which it must run. Every text is cleaned."""
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    yield _STORE[type(row)], _cleaned(values)
    if isinstance(row, Gate):
        yield from _parts_of(row)


def _parts_of(gate: Gate) -> Iterator[tuple[str, dict[str, Value]]]:
    for position, (signal, value, weight) in enumerate(gate.reasons):
        place = {"attempt_id": gate.attempt_id, "position": position}
        yield (
            _STORE_REASON,
            _cleaned({**place, "signal": signal, "value": value, "weight": weight}),
        )
    for position, name in enumerate(gate.hard_stops):
        yield (
            _STORE_STOP,
            _cleaned({"attempt_id": gate.attempt_id, "position": position, "name": name}),
        )


def _cleaned(values: Mapping[str, object]) -> dict[str, Value]:
    """Only plain values, each text as its field allows it."""
    return {
        name: clean(name, value) if isinstance(value, str) else value
        for name, value in values.items()
        if value is None or isinstance(value, (str, int, float))
    }
