"""The place of an edit whose context is stale, while the lines that it changes are in the file.

A model quotes lines around a change from memory, and some of them are not as the file has them:
they were renamed, are missing, or were never there. Lines that the edit leaves alone may differ;
those that it changes, and those next to what it inserts, must be there and follow each other. Where
a second place comes near, there is none; and nobody should apply such an edit unseen.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from understudy.core.runs import changed_runs
from understudy.reading import Match
from understudy.reading.alignment import aligned
from understudy.reading.drift import is_drift
from understudy.reading.indent_map import IndentMap
from understudy.reading.normal import stripped
from understudy.reading.occurrences import occurrences
from understudy.reading.places import Place, extent, keyed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from understudy.reading.places import Keyed

_EQUAL = 3
"""So many lines must be as the file has them, and no fewer than the others."""
_CLEARLY = 1
"""So many more lines than at any other place with the same changed ones."""
_LETTERS = 8
"""Letters and digits that lines must have before their being in a file says anything."""
_PLACES = 20
_WORK = 4_000
"""Quoted lines, times the places where the changed ones stand, that are compared."""


def similar_place(
    file: Sequence[str],
    wanted: Sequence[str],
    touched: Collection[int],
    avoid: Collection[int] = (),
    hint: int | None = None,
) -> Place | None:
    """The one place that the wanted lines resemble by far the most, if all that changes is there.

    Args:
        file: the document's lines, without their ends.
        wanted: the quoted lines.
        touched: the numbers of those that the edit changes, and of those on both sides of what it
            inserts.
        avoid: lines that an earlier edit wrote, which this one must not touch.
        hint: the line, from 0, where the wanted ones are said to begin. A place that begins exactly
            there need not be clearly better than others.
    """
    real = [number for number, line in enumerate(wanted) if stripped(line)]
    quote = [stripped(wanted[number]) for number in real]
    keys = keyed(tuple(file), Match.INDENTATION)
    fixed = [nth for nth, number in enumerate(real) if number in touched]
    found = _at_changes(quote, keys, fixed) if fixed else []
    told = [one for one in found if _begins_at(hint, real, keys, one)]
    pairs = told[0] if len(told) == 1 else _best(found)
    if not pairs or not _follow(pairs, fixed) or not _is_enough(quote, pairs):
        return None
    place = _placed(file, wanted, {real[one]: keys.here[other] for one, other in pairs.items()})
    if place is None or any(line in avoid for line in place.lines):
        return None
    return place if is_drift(quote, keys.texts, pairs, is_only=len(found) == 1) else None


def touched_lines(wanted: Sequence[str], new: Sequence[str]) -> set[int]:
    """The lines that an edit changes, and those on both sides of what it inserts."""
    touched: set[int] = set()
    for run in changed_runs(wanted, new):
        touched.update(range(run.old_start, run.old_stop))
        if run.old_start == run.old_stop:
            touched.update(next_to(wanted, run.old_start))
    return {number for number in touched if wanted[number].strip()}


def is_done_elsewhere(
    file: Sequence[str], wanted: Sequence[str], new: Sequence[str], place: Place
) -> bool:
    """Whether what an edit leads to stands away from its place, so that this may be a twin.

    What counts is each run of new lines, with the line above and the one below.
    """
    keys = keyed(tuple(file), Match.INDENTATION)
    for run in changed_runs(wanted, new):
        above, below = new[: run.new_start], new[run.new_stop :]
        lines = [*_real(above)[-1:], *_real(new[run.new_start : run.new_stop]), *_real(below)[:1]]
        if sum(map(str.isalnum, "".join(lines))) < _LETTERS:
            continue
        found = (keys.here[at] for at in occurrences(keys.texts, lines))
        if any(at not in place.lines for at in found):
            return True
    return False


def _real(lines: Sequence[str]) -> list[str]:
    return [bare for line in lines if (bare := stripped(line))]


def next_to(wanted: Sequence[str], at: int) -> Iterator[int]:
    """The lines above and below of an insertion in front of line `at`; blank ones do not count."""
    above = (number for number in range(at - 1, -1, -1) if wanted[number].strip())
    below = (number for number in range(at, len(wanted)) if wanted[number].strip())
    yield from islice(above, 1)
    yield from islice(below, 1)


def _at_changes(quote: Sequence[str], keys: Keyed, fixed: Sequence[int]) -> list[Mapping[int, int]]:
    """Which quoted line is which of the file's, at each place where the first change may stand."""
    first = _run(fixed)
    places = list(islice(occurrences(keys.texts, quote[first.start : first.stop]), _PLACES + 1))
    if len(places) > _PLACES or len(places) * len(quote) > _WORK:
        return []
    return [aligned(quote, keys.texts, first, at) for at in places]


def _begins_at(
    hint: int | None, real: Sequence[int], keys: Keyed, pairs: Mapping[int, int]
) -> bool:
    """Whether all lines stand as far from the hint as they do from the quote's start."""
    return hint is not None and all(
        keys.here[other] - real[one] == hint for one, other in pairs.items()
    )


def _best(found: Sequence[Mapping[int, int]]) -> Mapping[int, int] | None:
    """The place that has clearly most of the quoted lines."""
    ranked = sorted(found, key=len, reverse=True)
    if len(ranked) > 1 and len(ranked[0]) - len(ranked[1]) < _CLEARLY:
        return None
    return ranked[0] if ranked else None


def _run(numbers: Sequence[int]) -> range:
    """The numbers at the start that follow each other."""
    stop = next((one for one, other in pairwise(numbers) if other > one + 1), numbers[-1])
    return range(numbers[0], stop + 1)


def _follow(pairs: Mapping[int, int], fixed: Sequence[int]) -> bool:
    """Whether all fixed lines are there, and those next to each other are so in the file."""
    if not all(number in pairs for number in fixed):
        return False
    return all(pairs[other] == pairs[one] + 1 for one, other in pairwise(fixed) if other == one + 1)


def _is_enough(quote: Sequence[str], pairs: Mapping[int, int]) -> bool:
    """Whether enough lines are equal, of the quote and of what the file has between them."""
    span = max(pairs.values()) - min(pairs.values()) + 1
    odd = max(len(quote), span) - len(pairs)
    return len(pairs) >= max(_EQUAL, odd)


def _placed(file: Sequence[str], wanted: Sequence[str], found: Mapping[int, int]) -> Place | None:
    indent = IndentMap.between([wanted[n] for n in found], [file[n] for n in found.values()])
    if indent is None:
        return None
    rows: list[range] = []
    at = min(found.values())
    for number, line in enumerate(wanted):
        if number in found:
            rows.append(range(found[number], found[number] + 1))
        elif not line.strip() and rows and at < len(file) and not file[at].strip():
            rows.append(range(at, at + 1))
        else:
            rows.append(range(at, at))
        at = rows[-1].stop
    return Place(extent(rows), Match.SIMILAR, tuple(rows), indent)
