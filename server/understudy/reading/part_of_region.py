"""A few changed lines, put where they belong in the text that a model was asked to write whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST, _MOST_OLD = 20, 400
"""Longer parts, and parts of longer texts, are not compared line by line."""
_ALIKE, _CERTAIN = 55.0, 75.0
"""From 0 to 100: from where on a line may be another one's past; and where it is, if nothing else
comes near."""


def put_in_place(lines: Sequence[str], old: Sequence[str]) -> list[str] | None:
    """The old lines with the new ones where they belong; None when that is not certain.

    The first and the last of the new lines stand in the old text, or as many old lines as there are
    new ones resemble them one by one, as no others do.

    Args:
        lines: without their ends, like the others; all of one part.
        old: of the whole text.
    """
    new = _trimmed(lines)
    if not new or len(new) > _MOST or len(old) > _MOST_OLD:
        return None
    return _between(new, old) or _instead(new, old)


def _between(new: Sequence[str], old: Sequence[str]) -> list[str] | None:
    """The old text with what stands from the first new line to the last one replaced."""
    if len(new) < 2 or old.count(new[0]) != 1 or old.count(new[-1]) != 1:
        return None
    start, stop = old.index(new[0]), old.index(new[-1]) + 1
    gone = [line for line in old[start:stop] if line.strip() and line not in new]
    come = [line for line in new if line.strip() and line not in old]
    if stop - start < 2 or not come or len(gone) > len(come):
        return None
    return [*old[:start], *new, *old[stop:]]


def _instead(new: Sequence[str], old: Sequence[str]) -> list[str] | None:
    """The old text with the lines that the new ones resemble replaced by these."""
    from rapidfuzz import fuzz

    if not all(line.strip() for line in new):
        return None
    numbers = [at for at, line in enumerate(old) if line.strip()]
    found: list[tuple[float, list[int]]] = []
    for first in range(len(numbers) - len(new) + 1):
        place = numbers[first : first + len(new)]
        alike = [
            fuzz.ratio(line.strip(), old[at].strip()) for line, at in zip(new, place, strict=True)
        ]
        if min(alike) >= _ALIKE:
            found.append((min(alike), place))
    if len(found) != 1 or found[0][0] < _CERTAIN:
        return None
    place = found[0][1]
    added = _added(new, [old[at] for at in place])
    if added is None or all(
        line.strip() == old[at].strip() for line, at in zip(new, place, strict=True)
    ):
        return None
    return [*old[: place[0]], *added, *old[place[-1] + 1 :]]


def _added(new: Sequence[str], old: Sequence[str]) -> list[str] | None:
    """The new lines at the old ones' depth, if all are off by the same blanks."""
    here, there = indent_of(new[0]), indent_of(old[0])
    done = [there + line.removeprefix(here) if line.startswith(here) else None for line in new]
    moved = [line for line in done if line is not None]
    if len(moved) < len(new) or any(
        indent_of(line) != indent_of(its) for line, its in zip(moved, old, strict=True)
    ):
        return None
    return moved


def _trimmed(lines: Sequence[str]) -> list[str]:
    numbers = [at for at, line in enumerate(lines) if line.strip()]
    return list(lines[numbers[0] : numbers[-1] + 1]) if numbers else []
