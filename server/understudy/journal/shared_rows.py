"""Rows most of whose words are the same in very many of them, so that these are stored once.

A file of a million attempts is half as large for it. What varies, numbers between 0 and 1 and times,
stands beside the reference, as JSON in the order of the words.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING

from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from understudy.journal.contents import Kept
    from understudy.journal.prompt_records import CallFragments, CallSpan
    from understudy.journal.records import Checks, Gate
    from understudy.journal.route_records import Rejected, Routed

Value = str | int | float | bytes | None
Statement = tuple[str, dict[str, Value]]

_DIGITS, _WEIGHT_DIGITS = 4, 6
_MS = 1_000


def cleaned(values: Mapping[str, object]) -> dict[str, Value]:
    """Only plain values, each text as its field allows it."""
    return {
        name: clean(name, value) if isinstance(value, str) else value
        for name, value in values.items()
        if value is None or isinstance(value, (str, int, float))
    }


def of_gate(gate: Gate) -> Iterator[Statement]:
    """A verdict; the names and weights of its signals are shared."""
    signals = _json(
        [[clean("signal", name), round(weight, _WEIGHT_DIGITS)] for name, _, weight in gate.reasons]
    )
    values = [_short(value) for _, value, _ in gate.reasons]
    yield _STORE_SHAPE, {"signals": signals}
    yield (
        _STORE_GATE,
        {
            **cleaned({one.name: getattr(gate, one.name) for one in fields(gate)}),
            "signals": signals,
            "signal_values": _json(values),
            "stops": _json([clean("name", name) for name in gate.hard_stops]),
        },
    )


def of_checks(found: Checks) -> Iterator[Statement]:
    """What checkers said; everything but how long they took is shared."""
    # Of two reports of one checker the last one counts.
    each = {clean("checker", one.checker): one for one in found.checks}
    ordered = sorted(each.items())
    rows = [
        (checker, clean("status", one.status), one.new_count, one.fixed_count)
        for checker, one in ordered
    ]
    checks = _json(rows)
    yield _STORE_CHECK_SET, {"checks": checks}
    for checker, status, new_count, fixed_count in rows:
        yield (
            _STORE_CHECK,
            {
                "checks": checks,
                "checker": checker,
                "status": status,
                "new_count": new_count,
                "fixed_count": fixed_count,
            },
        )
    took = _json([round(one.seconds * _MS) for _, one in ordered])
    which = {"attempt_id": clean("attempt_id", found.attempt_id)}
    yield _STORE_CHECKED, {**which, "checks": checks, "check_ms": took}


def of_prompt(prompt: CallFragments) -> Iterator[Statement]:
    """The fragments of a prompt, which are shared altogether."""
    parts = sorted(
        {
            (clean("fragment", name), version, clean("layer", layer))
            for name, version, layer in prompt.fragments
        }
    )
    fragments = _json(parts)
    yield _STORE_FRAGMENT_SET, {"fragments": fragments}
    for fragment, version, layer in parts:
        which = {"fragments": fragments, "fragment": fragment}
        yield _STORE_FRAGMENT, {**which, "version": version, "layer": layer}
    yield _STORE_PROMPT, {"fragments": fragments, "call_id": clean("call_id", prompt.call_id)}


def of_span(span: CallSpan) -> Iterator[Statement]:
    """A piece that a prompt showed; its file, and why and how it was shown, are shared."""
    values = cleaned({one.name: getattr(span, one.name) for one in fields(span)})
    yield _STORE_SHOWN, {name: values[name] for name in ("path", "tier", "form")}
    yield _STORE_SPAN, values


def of_route(routed: Routed) -> Iterator[Statement]:
    """The decision of the router, which is shared altogether; figures in it are left out."""
    words = {
        "provenance": clean("provenance", routed.provenance),
        "models": _json([clean("model", one) for one in routed.models]),
        "explored": clean("model", routed.explored),
        "rejected": _json(_by_why(routed.rejected)),
    }
    yield _STORE_ROUTE, {**words}
    yield _STORE_ROUTED, {**words, "run_id": clean("run_id", routed.run_id)}


def _by_why(rejected: Iterable[Rejected]) -> list[tuple[str, list[str]]]:
    """Models by what was said of them, both in alphabetical order: how they were ranked varies."""
    found: dict[str, set[str]] = {}
    for model, why in rejected:
        found.setdefault(clean("clause", why), set()).add(clean("model", model))
    return [(why, sorted(models)) for why, models in sorted(found.items())]


def of_text(text: Kept) -> Iterator[Statement]:
    """A text that is kept; equal ones are kept once."""
    own = {one.name: getattr(text, one.name) for one in fields(text)}
    yield _STORE_TEXT, own
    yield _STORE_USE, own


def _short(value: float | None) -> float | None:
    """With as many digits as mean something; most are 1, and not `1.0`."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, _DIGITS)


def _json(value: object) -> str:
    """JSON without blanks, as SQLite writes it."""
    return json.dumps(value, separators=(",", ":"))


_STORE_SHAPE = "INSERT INTO gate_shapes (signals) VALUES (:signals) ON CONFLICT DO NOTHING"
_STORE_GATE = """
    INSERT INTO gates (attempt_id, score, band, stratum, log_odds, signal_values, stops, shape)
    VALUES (:attempt_id, :score, :band, :stratum, :log_odds, :signal_values, :stops,
            (SELECT id FROM gate_shapes WHERE signals = :signals))
    ON CONFLICT DO NOTHING"""
_STORE_CHECK_SET = "INSERT INTO check_sets (checks) VALUES (:checks) ON CONFLICT DO NOTHING"
_STORE_CHECK = """
    INSERT INTO checks (set_id, checker, status, new_count, fixed_count)
    VALUES ((SELECT id FROM check_sets WHERE checks = :checks), :checker, :status, :new_count,
            :fixed_count)
    ON CONFLICT DO NOTHING"""
_STORE_CHECKED = """
    UPDATE attempts SET check_set = (SELECT id FROM check_sets WHERE checks = :checks),
                        check_ms = :check_ms
    WHERE id = :attempt_id"""
_STORE_ROUTE = """
    INSERT INTO routes (provenance, models, explored, rejected)
    VALUES (:provenance, :models, :explored, :rejected) ON CONFLICT DO NOTHING"""
_STORE_ROUTED = """
    UPDATE runs SET route = (
        SELECT id FROM routes WHERE provenance = :provenance AND models = :models
                                AND explored = :explored AND rejected = :rejected)
    WHERE id = :run_id"""
# A text in which nothing private is found is equal at both levels, and belongs to the lower one.
_STORE_TEXT = """
    INSERT INTO contents (sha256, at_us, level, size, body)
    VALUES (:sha256, :at_us, :level, :size, :body)
    ON CONFLICT (sha256) DO UPDATE SET
        at_us = :at_us,
        level = CASE WHEN :level = 'redacted' THEN 'redacted' ELSE contents.level END"""
_STORE_USE = """
    INSERT INTO content_uses (subject, part, sha256, at_us)
    VALUES (:subject, :part, :sha256, :at_us)
    ON CONFLICT DO NOTHING"""
_STORE_SHOWN = """
    INSERT INTO shown (path, tier, form) VALUES (:path, :tier, :form) ON CONFLICT DO NOTHING"""
_STORE_SPAN = """
    INSERT INTO call_spans (call_id, shown_id, first, last, tokens)
    VALUES (:call_id,
            (SELECT id FROM shown WHERE path = :path AND tier = :tier AND form = :form),
            :first, :last, :tokens)
    ON CONFLICT DO NOTHING"""
_STORE_FRAGMENT_SET = """
    INSERT INTO fragment_sets (fragments) VALUES (:fragments) ON CONFLICT DO NOTHING"""
_STORE_FRAGMENT = """
    INSERT INTO fragments_used (set_id, fragment, version, layer)
    VALUES ((SELECT id FROM fragment_sets WHERE fragments = :fragments), :fragment, :version,
            :layer)
    ON CONFLICT DO NOTHING"""
_STORE_PROMPT = """
    UPDATE calls SET fragment_set = (SELECT id FROM fragment_sets WHERE fragments = :fragments)
    WHERE id = :call_id"""
