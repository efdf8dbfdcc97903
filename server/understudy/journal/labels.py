"""What became of judged edits: the labels from which the gate learns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from understudy.journal.database import version_of
from understudy.journal.reading import reading

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

_SINCE_VERSION = 4
_MOST = 20_000


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
        good: whether it was kept as it was, and its diagnostic stayed away.
    """

    kind: Kind
    stratum: str
    band: str
    score: float
    log_odds: float | None
    problem: str
    good: bool


def labels(path: Path) -> tuple[Label, ...]:
    """All judged edits that are still recorded, oldest first; the newest of very many.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        return () if connection is None else labels_in(connection)


def labels_in(connection: sqlite3.Connection) -> tuple[Label, ...]:
    """`labels` on an open connection."""
    if version_of(connection) < _SINCE_VERSION:
        return ()
    rows = connection.execute(_LABELS, {"most": _MOST}).fetchall()
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


def _label(row: sqlite3.Row | tuple[object, ...]) -> Label:
    (model, task, language, author, placed, stratum, band, score, log_odds, *rest) = row
    workspace, path, source, code, line, what, back = rest
    return Label(
        kind=Kind(str(model), str(task), str(language), str(author), str(placed)),
        stratum=str(stratum),
        band=str(band),
        score=float(str(score)),
        log_odds=None if log_odds is None else float(str(log_odds)),
        problem=problem_key(str(workspace), str(path), str(source), str(code), int(str(line))),
        good=what == "kept" and not back,
    )


_LABELS = """
    WITH judged AS (
        SELECT o.edit_id, o.what, o.at_us,
               ROW_NUMBER() OVER (
                   PARTITION BY o.edit_id ORDER BY o.at_us DESC, o.what DESC) AS latest
        FROM outcomes o WHERE o.what IN ('kept', 'changed', 'undone', 'diagnostic_back'))
    SELECT e.model, e.task, e.language, e.author, e.placed, g.stratum, e.band, g.score, g.log_odds,
           r.workspace, r.path, r.source, r.code, r.line, j.what,
           EXISTS (SELECT 1 FROM outcomes b
                   WHERE b.edit_id = e.id AND b.what = 'diagnostic_back') AS back
    FROM judged j JOIN edits e ON e.id = j.edit_id
    JOIN gates g ON g.attempt_id = e.attempt_id JOIN runs r ON r.id = e.run_id
    WHERE j.latest = 1
    ORDER BY j.at_us DESC, e.id DESC LIMIT :most"""
