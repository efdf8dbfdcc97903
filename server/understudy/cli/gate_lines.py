"""Changes as lines of JSON, and verdicts as lines of JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.cli.json_lines import json_object
from understudy.core.failures import BadRequestError
from understudy.core.lines import units_to_column
from understudy.core.strict_json import strict_json
from understudy.core.text import Span
from understudy.workspace.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from understudy.core.lines import LineIndex
    from understudy.engine.trial import Trial

_MOST_MB = 64
_SEVERITIES = dict(enumerate(Severity, 1))
_DIGITS = 6
_OPTIONAL = frozenset({"reply", "path"})
_TEXTS = ("language", "before", "after", *sorted(_OPTIONAL))


def parsed(line: bytes) -> dict[str, Any]:
    """One line, with all that it must have.

    Raises:
        BadRequestError: with a sentence about what is wrong with it.
    """
    given = json_object(line, most_mb=_MOST_MB)
    for key in _TEXTS:
        may_lack = key in _OPTIONAL and given.get(key) is None
        if not may_lack and not isinstance(given.get(key), str):
            raise BadRequestError(f"`{key}` must be a string.")
    return given


def targets_of(given: dict[str, Any], index: LineIndex) -> tuple[Diagnostic, ...]:
    """The diagnostics of a line.

    A `range` is one of the Language Server Protocol, in UTF-16; a `line` counts from 1, and so does
    the `column` beside it, in code points. Without any of them it is about the whole text.

    Raises:
        BadRequestError: with a sentence about what is wrong.
    """
    told = given.get("diagnostics")
    if told is None:
        return ()
    if not isinstance(told, list):
        raise BadRequestError("`diagnostics` must be a list.")
    return tuple(_diagnostic(one, index) for one in told)


def line_of(trial: Trial, given: dict[str, Any]) -> str:
    """A verdict as one line of JSON."""
    verdict = trial.verdict
    record: dict[str, Any] = {"id": given["id"]} if "id" in given else {}
    record |= {
        "band": verdict.band.value,
        "score": round(verdict.score, _DIGITS),
        "reasons": [
            {
                "signal": one.signal,
                "value": None if one.value is None else round(one.value, _DIGITS),
                "weight": round(one.weight, _DIGITS),
                "evidence": one.evidence,
            }
            for one in verdict.reasons
        ],
        "hardStops": list(verdict.hard_stops),
        "stratum": verdict.stratum,
        "certain": trial.certain,
        "checked": list(trial.checked),
    }
    return strict_json(record, ensure_ascii=False)


def _diagnostic(told: object, index: LineIndex) -> Diagnostic:
    if not isinstance(told, dict):
        raise BadRequestError("every one of `diagnostics` must be an object.")
    message, code, source = told.get("message", ""), told.get("code", ""), told.get("source", "")
    if not isinstance(message, str) or not isinstance(source, str | None):
        raise BadRequestError("a diagnostic's `message` and `source` must be strings.")
    if not isinstance(code, str | int | None):
        raise BadRequestError("a diagnostic's `code` must be a string or a number.")
    severity = told.get("severity", 1)
    known = _SEVERITIES.get(severity) if isinstance(severity, int) else _named(severity)
    return Diagnostic(
        source=(source or "").lower(),
        code="" if code is None else str(code),
        message=message,
        span=_span(told, index),
        severity=known or Severity.ERROR,
    )


def _named(severity: object) -> Severity | None:
    return next((one for one in Severity if one.value == severity), None)


def _span(told: dict[str, Any], index: LineIndex) -> Span:
    place = told.get("range")
    if isinstance(place, dict):
        start, end = _offset(place.get("start"), index), _offset(place.get("end"), index)
        return Span(start, max(start, end))
    line = told.get("line")
    if not isinstance(line, int) or isinstance(line, bool):
        return Span(0, len(index.text))
    at = min(max(line - 1, 0), max(len(index) - 1, 0))
    first, last = index.start(at), index.start(at) + len(index.content(at))
    column = told.get("column")
    if isinstance(column, int) and column > 0:
        first = min(first + column - 1, last)
    return Span(first, last)


def _offset(place: object, index: LineIndex) -> int:
    values = place if isinstance(place, dict) else {}
    line, character = values.get("line"), values.get("character")
    if not isinstance(line, int) or not isinstance(character, int):
        raise BadRequestError("a diagnostic's `range` needs `start` and `end` with numbers.")
    if not 0 <= line < len(index):
        return 0 if line < 0 else len(index.text)
    content = index.content(line)
    return index.start(line) + units_to_column(content, max(character, 0), "utf-16")
