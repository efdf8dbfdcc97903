"""The place of an edit whose context is stale, while the lines that it changes are in the file.

A model quotes lines around a change from memory, and some of them are not as the file has them.
Lines that the edit leaves alone may differ; those that it changes, and those next to what it
inserts, must be there. On random edits of a standard library with one line of context renamed,
this places three of four, none of them wrongly; yet nobody should apply such an edit unseen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.runs import changed_runs
from understudy.reading import Match
from understudy.reading.indent_map import IndentMap
from understudy.reading.occurrences import rows_of
from understudy.reading.places import Place, extent
from understudy.reading.similar import most_similar

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_LEAST = 85.0
_GAP = 10.0
_EQUAL = 3
"""So many lines must be as the file has them, and no fewer than the others."""


def similar_place(
    file: Sequence[str], wanted: Sequence[str], new: Sequence[str], avoid: Collection[int] = ()
) -> Place | None:
    """The one place that the wanted lines resemble by far the most, if all that changes is there.

    Args:
        file: the document's lines, without their ends, like the others.
        wanted: the quoted lines.
        new: the lines that take their place.
        avoid: lines that an earlier edit wrote, which this one must not touch.
    """
    window = _clearly_best(file, wanted)
    if window is None or any(number in avoid for number in window):
        return None
    found = [number for number in window if file[number].strip()]
    real = [number for number, line in enumerate(wanted) if line.strip()]
    pairs = zip(real, found, strict=False)
    same = {here: there for here, there in pairs if wanted[here].strip() == file[there].strip()}
    enough = len(same) >= max(_EQUAL, len(real) - len(same)) and len(found) == len(real)
    if not enough or not _touched(wanted, new) <= same.keys():
        return None
    indent = IndentMap.between([wanted[n] for n in same], [file[n] for n in same.values()])
    if indent is None:
        return None
    rows = rows_of([bool(line.strip()) for line in wanted], found, [line.strip() for line in file])
    return Place(extent(rows), Match.SIMILAR, rows, indent)


def _clearly_best(file: Sequence[str], wanted: Sequence[str]) -> range | None:
    best = most_similar(file, wanted)
    if not best or best[0].score < _LEAST:
        return None
    is_clear = len(best) == 1 or best[0].score - best[1].score >= _GAP
    return best[0].lines if is_clear else None


def _touched(wanted: Sequence[str], new: Sequence[str]) -> set[int]:
    """The lines that an edit changes, and those on both sides of what it inserts."""
    touched: set[int] = set()
    for run in changed_runs(wanted, new):
        touched.update(range(run.old_start, run.old_stop))
        if run.old_start == run.old_stop:
            touched.update({max(run.old_start - 1, 0), min(run.old_start, len(wanted) - 1)})
    return {number for number in touched if wanted[number].strip()}
