"""Quotes with marks such as `...` in them that stand for lines the model did not write down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.failures.elision import is_elision
from understudy.reading.indent_map import IndentMap
from understudy.reading.normal import stripped
from understudy.reading.occurrences import occurrences, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = ("...", "\u2026")


def is_gap(line: str) -> bool:
    """Whether a line stands for others."""
    return line.strip() in _MARKS or is_elision(line)


def pieces(lines: Sequence[str]) -> list[list[str]]:
    """The lines between the marks, which are left out: one piece more than there are marks."""
    found: list[list[str]] = [[]]
    for line in lines:
        if is_gap(line):
            found.append([])
        else:
            found[-1].append(line)
    return found


def around_gaps(
    file: Sequence[str], wanted: Sequence[str], start: int = 0
) -> tuple[tuple[range, ...], IndentMap | None] | None:
    """The file's lines for each wanted line, and how indentation maps.

    Each piece between two marks must stand in the file exactly once but for indentation, behind
    the piece before it. None when that is not so, or there are no marks.
    """
    parts = pieces(wanted)
    if len(parts) < 2 or not any(map(str.strip, parts[0])) or not any(map(str.strip, parts[-1])):
        return None
    keys = [stripped(line) for line in file]
    here = [number for number, key in enumerate(keys) if key]
    real_keys = [keys[number] for number in here]
    rows: list[range] = []
    pairs: tuple[list[str], list[str]] = [], []
    at = start
    for part in parts:
        real = [line for line in part if line.strip()]
        if not real:
            return None
        places = list(occurrences(real_keys, [stripped(line) for line in real]))
        if len(places) != 1 or here[places[0]] < at:
            return None
        found = here[places[0] : places[0] + len(real)]
        found_rows = rows_of([bool(line.strip()) for line in part], found, keys)
        if found_rows[0].start < at:
            return None
        if rows:
            rows.append(range(at, found_rows[0].start))
        rows += found_rows
        at = max(row.stop for row in found_rows)
        pairs[0].extend(real)
        pairs[1].extend(file[number] for number in found)
    indent = IndentMap.between(*pairs)
    return (tuple(rows), indent) if indent is not None else None
