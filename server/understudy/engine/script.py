"""Scripts of failures, for `understudy cascade simulate`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, get_args

from understudy.core.failures import Advice, BadRequestError, Failure, FailureCategory, Phase
from understudy.failures.defaults import advice_for, blame_for

_MOST_TIMES = 500
_MOST = 1e9


@dataclass(frozen=True, slots=True)
class Scripted:
    """One failure of a script.

    Attributes:
        model: the one that fails; empty for whichever is asked next.
        cost_usd: what its answer cost all the same.
        seconds: how long it took.
    """

    model: str
    failure: Failure
    cost_usd: float = 0.0
    seconds: float = 0.0


def read_script(text: str) -> tuple[Scripted, ...]:
    """A script of one JSON object a line: `{"model": "acme/a", "category": "type_error"}`.

    Optional: `phase`, `code`, `fingerprint`, `message`, `afterS`, `limit`, `parameter`, `advice`,
    `costUsd`, `seconds`, and `times`, how often it happens.

    Raises:
        BadRequestError: with the number of the line that can't be read.
    """
    found: list[Scripted] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            found += _read_line(line, f"Line {number} of the script")
    return tuple(found)


def _read_line(line: str, place: str) -> list[Scripted]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadRequestError(f"{place} is no JSON: {error}.") from error
    if not isinstance(row, dict):
        raise BadRequestError(f"{place} is no JSON object.")
    fields = _Fields(row, place)
    times = fields.number("times", 1.0)
    if not 1 <= times <= _MOST_TIMES:
        raise BadRequestError(f"{place}: `times` must be from 1 to {_MOST_TIMES}.")
    scripted = Scripted(
        model=fields.text("model", ""),
        failure=_failure(fields),
        cost_usd=fields.number("costUsd", 0.0),
        seconds=fields.number("seconds", 0.0),
    )
    fields.finish()
    return [scripted] * int(times)


def _failure(fields: _Fields) -> Failure:
    category = FailureCategory(fields.choice("category", [one.value for one in FailureCategory]))
    wire = category in _ON_THE_WIRE
    phases = {name: name for name in get_args(Phase)}
    actions = {name: name for name in get_args(Advice)}
    phase: Phase = phases[fields.choice("phase", list(phases), "request" if wire else "check")]
    advice: Advice = actions[fields.choice("advice", list(actions), advice_for(category, phase))]
    code = fields.text("code", "")
    after_s = fields.number("afterS", -1.0)
    return Failure(
        category=category,
        phase=phase,
        blame=blame_for(category, phase),
        message=fields.text("message", f"It failed: {category.value}."),
        code=code,
        advice=advice,
        after_s=after_s if after_s >= 0 else None,
        fingerprint=fields.text("fingerprint", f"{category.value}:{code}"),
        limit=int(fields.number("limit", 0.0)) or None,
        parameter=fields.text("parameter", ""),
    )


_ON_THE_WIRE = frozenset(
    {
        FailureCategory.RATE_LIMIT,
        FailureCategory.QUOTA_EXHAUSTED,
        FailureCategory.AUTH_ERROR,
        FailureCategory.PROVIDER_UNAVAILABLE,
        FailureCategory.TIMEOUT,
        FailureCategory.CONTEXT_OVERFLOW,
        FailureCategory.CAPABILITY_MISMATCH,
        FailureCategory.CONTENT_FILTERED,
        FailureCategory.REFUSAL,
        FailureCategory.BUDGET_EXCEEDED,
    }
)


@dataclass
class _Fields:
    """The fields of one line, each of which must be understood."""

    row: dict[str, Any]
    place: str

    def text(self, name: str, default: str) -> str:
        value = self.row.pop(name, default)
        if not isinstance(value, str):
            raise BadRequestError(f"{self.place}: `{name}` must be a text.")
        return value

    def number(self, name: str, default: float) -> float:
        value = self.row.pop(name, default)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not abs(value) <= _MOST:
            raise BadRequestError(f"{self.place}: `{name}` must be a number.")
        return float(value)

    def choice(self, name: str, words: list[str], default: str = "") -> str:
        value = self.text(name, default)
        if value not in words:
            raise BadRequestError(f"{self.place}: `{name}` must be one of {', '.join(words)}.")
        return value

    def finish(self) -> None:
        if self.row:
            unknown = ", ".join(f"`{name}`" for name in self.row)
            raise BadRequestError(f"{self.place} holds {unknown}, which means nothing here.")
