"""What became of judged edits: the labels from which the gate learns."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from understudy.journal.database import version_of
from understudy.journal.reading import reading
from understudy.journal.worth import worth

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from understudy.journal.gate_refit import Evidence
    from understudy.journal.postgres import Where

_SINCE_VERSION = 4
_EVIDENCE_SINCE = 7
_MOST = 10_000


class Kind(NamedTuple):
    """What edits are counted by.

    Attributes:
        author: which part of the model: a rule's id for the offline model, else an edit format.
        placed: how surely the edit's place was found, as `understudy.reading.Match` says it.
    """

    model: str
    task: str
    language: str
    author: str
    placed: str = "given"


@dataclass(frozen=True, slots=True)
class Label:
    """An edit that was judged by what became of it.

    Attributes:
        problem: equal for edits that were made for the same problem.
        log_odds: of the evidence alone; None when it was not recorded.
        good: 0 to 1, how much of it is left; nothing where its diagnostic came back.
        at_us: when it was judged.
        evidence: the signals that were weighed; empty where they were not recorded.
    """

    kind: Kind
    stratum: str
    band: str
    score: float
    log_odds: float | None
    problem: str
    good: float
    at_us: int = 0
    evidence: Evidence = ()


def labels(path: Where) -> tuple[Label, ...]:
    """All judged edits that are still recorded, oldest first; the newest of very many.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        return () if connection is None else labels_in(connection)


def labels_in(connection: sqlite3.Connection) -> tuple[Label, ...]:
    """`labels` on an open connection."""
    version = version_of(connection)
    if version < _SINCE_VERSION:
        return ()
    query = _LABELS if version >= _EVIDENCE_SINCE else _OLDER_LABELS
    rows = connection.execute(query, {"most": _MOST}).fetchall()
    return tuple(map(_label, reversed(rows)))


def one_each(found: Iterable[Label]) -> tuple[Label, ...]:
    """Of several edits for one problem the last one: they are no independent witnesses."""
    last: dict[str, Label] = {}
    for one in found:
        last.pop(one.problem, None)
        last[one.problem] = one
    return tuple(last.values())


def problem_key(workspace: str, path: str, source: str, code: str, line: int) -> str:
    """What stands for a problem: edits for the same line and complaint are for the same one."""
    return "\n".join((workspace, path, source, code, str(line)))


def _label(row: Any) -> Label:
    """A row of the query, whose columns hold what they are declared to hold."""
    (model, task, language, author, placed, stratum, band, score, log_odds, *rest) = row
    workspace, path, source, code, line, what, left, back, at_us, signals, values = rest
    return Label(
        kind=Kind(model, task, language, author, placed),
        stratum=stratum,
        band=band,
        score=score,
        log_odds=log_odds,
        problem=problem_key(workspace, path, source, code, line),
        good=0.0 if back else worth(what, left),
        at_us=at_us,
        evidence=tuple(zip(_names(signals), _values(values), strict=False)),
    )


@lru_cache(maxsize=4_096)
def _values(values: str) -> tuple[float | None, ...]:
    """The values of the signals of a verdict; many verdicts have the same."""
    return tuple(json.loads(values))


@cache
def _names(signals: str) -> tuple[str, ...]:
    """The names of the signals of a shape; very many verdicts have the same."""
    return tuple(name for name, _ in json.loads(signals))


_OLDER_LABELS = """
    WITH newest AS (
        SELECT edit_id, what, at_us, detail FROM outcomes
        WHERE what IN ('kept', 'changed', 'undone', 'diagnostic_back')
        ORDER BY at_us DESC LIMIT :most),
    judged AS (
        SELECT edit_id, what, at_us, detail,
               ROW_NUMBER() OVER (PARTITION BY edit_id ORDER BY at_us DESC, what DESC) AS latest
        FROM newest)
    SELECT e.model, e.task, e.language, e.author, e.placed, g.stratum, e.band, g.score, g.log_odds,
           r.workspace, r.path, r.source, r.code, r.line, j.what, j.detail,
           EXISTS (SELECT 1 FROM outcomes b
                   WHERE b.edit_id = e.id AND b.what = 'diagnostic_back') AS back,
           j.at_us, '[]' AS signals, '[]' AS signal_values
    FROM judged j JOIN edits e ON e.id = j.edit_id
    JOIN gates g ON g.attempt_id = e.attempt_id JOIN runs r ON r.id = e.run_id
    WHERE j.latest = 1
    ORDER BY j.at_us DESC, e.id DESC"""
_LABELS = _OLDER_LABELS.replace(
    "'[]' AS signals, '[]' AS signal_values",
    "COALESCE(s.signals, '[]') AS signals, g.signal_values",
).replace(
    "JOIN runs r ON r.id = e.run_id",
    "JOIN runs r ON r.id = e.run_id LEFT JOIN gate_shapes s ON s.id = g.shape",
)
