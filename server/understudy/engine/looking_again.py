"""What is said of an edit that was applied: what is left of it after a while, and what it was worth."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.clock import DAY_US, SECOND_US
from understudy.core.failures import RefusedError
from understudy.core.lines import split_lines
from understudy.engine.edit_trace import places_in, trace_of
from understudy.engine.survival import left_of
from understudy.engine.watched_files import Shelf, Watched
from understudy.journal.records import OutcomeRow
from understudy.workspace.source_files import read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from understudy.engine.outcome import Outcome
    from understudy.engine.survival import Left
    from understudy.journal.records import What

UNDO_WINDOW_S = 60.0
"""An edit whose old text is back within this time was undone."""
KEEP_WINDOW_S = 600.0
"""After this time what is left of an edit is what was kept."""
LATE_S = 1_200.0
"""A look after this time is a late one."""
_SURVIVED: tuple[tuple[float, What], ...] = (
    (30.0, "survived_30"),
    (120.0, "survived_120"),
    (KEEP_WINDOW_S, "survived_600"),
    (LATE_S, "survived_later"),
)
_JUDGED_US = DAY_US
"""What is left after a longer time is no judgement: whoever wrote on had other reasons."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An edit after a look at it, and what the journal is told.

    Attributes:
        rows: none where nothing is new.
    """

    watched: Watched
    rows: tuple[OutcomeRow, ...] = ()


def seen(watched: Watched, left: Left, now_us: int, *, final: bool) -> Seen:
    """What a look at an edit says.

    Args:
        watched: what was known of it.
        left: what is left of it now.
        now_us: the time.
        final: whether it is judged now; a later judgement replaces this one.
    """
    age = (now_us - watched.applied_us) / SECOND_US
    rows: list[OutcomeRow] = []
    reached, word = _due(age)
    if word is not None and reached > watched.reached:
        rows += _rows(watched, now_us, word, left.share)
        watched = replace(watched, reached=int(reached))
    if left.back and age <= UNDO_WINDOW_S and not watched.undone:
        rows += _rows(watched, now_us, "undone", age)
        watched = replace(watched, undone=True, said=("undone", round(age, 3)))
    elif watched.undone and left.is_kept:
        rows += _rows(watched, now_us, "applied", None)
        watched = replace(watched, undone=False, said=("", 0.0))
    if final and not watched.undone and now_us - watched.applied_us <= _JUDGED_US:
        what: What = "kept" if left.is_kept else "changed"
        said = (str(what), round(left.share, 3))
        rows += _rows(watched, now_us, what, left.share) if said != watched.said else ()
        watched = replace(watched, said=said)
    return Seen(watched, tuple(rows))


def look_again(within: Path, record: Callable[[OutcomeRow], None], now_us: int) -> None:
    """Look at the edits of a folder's files, or of a file, that nobody watches. Reads the disk.

    Args:
        within: an absolute path.
        record: takes what the journal is told.
        now_us: the time.
    """
    with closing(Shelf()) as shelf:
        for held in shelf.left_behind(within, now_us):
            found = seen_on_disk(held.watched, now_us, final=True)
            for row in found.rows:
                record(row)
            if is_over(held.watched, now_us):
                held.drop()
            else:
                held.update(found.watched)


def leave(outcome: Outcome, path: Path, now_us: int) -> None:
    """Have an edit looked at later that was written into a file now. Writes to the disk."""
    candidate = outcome.candidate
    if candidate is None:
        return
    view = outcome.view
    trace = trace_of((candidate.id,), view.language, view.index, candidate.edits)
    with closing(Shelf()) as shelf:
        shelf.hold(Watched(trace, str(path), now_us))


def is_over(watched: Watched, now_us: int) -> bool:
    """Whether an edit is not to be looked at any more after this look."""
    return now_us - watched.applied_us >= KEEP_WINDOW_S * SECOND_US


def seen_on_disk(watched: Watched, now_us: int, *, final: bool) -> Seen:
    """A look at the file as it is saved; one that can't be read, or is another one now, says nothing."""
    try:
        lines = split_lines(read_source(Path(watched.path)).text)
    except RefusedError:
        return Seen(watched)
    places = places_in(watched.trace, lines)
    if places is None:
        return Seen(watched)
    return seen(watched, left_of(watched.trace, places, lines), now_us, final=final)


def _due(age: float) -> tuple[float, What | None]:
    """The last of the times that have come, and its word."""
    found: tuple[float, What | None] = (0.0, None)
    for seconds, word in _SURVIVED:
        if age >= seconds:
            found = (seconds, word)
    return found


def _rows(watched: Watched, now_us: int, what: What, detail: float | None) -> Iterable[OutcomeRow]:
    return [OutcomeRow(one, now_us, what, detail) for one in watched.trace.edits]
