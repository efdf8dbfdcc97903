"""New lines for a place in a file, without those that they repeat from right above or below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.core.markup import PROSE
from understudy.core.runs import changed_runs
from understudy.reading import Repair
from understudy.reading.brought_above import brought_above
from understudy.reading.import_lines import is_import
from understudy.reading.kept_heads import above_of, with_head
from understudy.reading.languages import CODE
from understudy.reading.lifting import are_known, without_imports
from understudy.reading.neighbours import Around, left_open, tells
from understudy.reading.overlaps import overlap

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 200
"""So many lines above and below a place are compared."""
MAY_BE_ALIKE = PROSE | {"", "csv", "log"}
"""Languages where a line may stand twice."""
_JSON = re.compile(r"\"[^\"\\]+\"\s*:")
_NAMED = re.compile(r"[\w.-]+\s*=")
_KEYS = {
    "json": _JSON,
    "jsonc": _JSON,
    "yaml": re.compile(r"[\w.\"'][^#:]{0,80}:(?:\s|$)"),
    "toml": _NAMED,
    "ini": _NAMED,
    "properties": _NAMED,
    "dotenv": _NAMED,
}
"""How a line with a key begins."""
_WIDEST = 400


class Single(NamedTuple):
    """What is written, and where.

    Attributes:
        place: the lines that are replaced.
        new: what takes their place.
    """

    place: range
    new: list[str]
    repairs: tuple[Repair, ...] = ()


def without_doubled(file: Sequence[str], place: range, new: list[str], language: str) -> Single:
    """An edit that leaves out what stands next to its place already.

    A model that quotes a function from its first line on may still write the decorator above it, and
    one that quotes a line may write the next one as well. What the edit takes from its own place is
    never left out.

    Args:
        file: the document's lines, without their ends like the others.
        place: the lines that are replaced.
        new: what takes their place.
        language: an LSP language id.
    """
    if language in MAY_BE_ALIKE or not new or not place:
        return Single(place, new)
    repairs: list[Repair] = []
    size = len(new)
    old = list(file[place.start : place.stop])
    above = list(file[max(place.start - _MOST, 0) : place.start])
    below = list(file[place.stop : place.stop + _MOST])
    new = _without_known_imports(new, file, place, language)
    if len(new) < size:
        repairs.append(Repair("lines around it left out"))
    if language in CODE:
        more = brought_above(new, Around(old, above, below, language), is_literal=True)
        if more is not None:
            place = range(place.start - more.taken, place.stop)
            old = list(file[place.start : place.stop])
            new = _without_below(more.lines, Around(old, above, below, language), repairs)
            return Single(place, new, (*repairs, *more.repairs))
    new = _without_above(new, Around(old, above, below, language), repairs)
    new = _without_below(new, Around(old, above, below, language), repairs)
    if language not in CODE:
        return Single(place, new, tuple(repairs))
    done = above_of(new, Around(old, above, below, language))
    if done.taken:
        place = range(place.start - done.taken, place.stop)
        around = Around(file[place.start : place.stop], (), (), language)
        kept = with_head(done.lines, around, repairs)
        return Single(place, kept, (*repairs, *done.repairs))
    return Single(place, done.lines, (*repairs, *done.repairs))


def _without_known_imports(
    new: list[str], file: Sequence[str], place: range, language: str
) -> list[str]:
    """The new lines without imports above them that the file has above its place."""
    first = next((line for line in new if line.strip()), "")
    if not is_import(first, language):
        return new
    old, above = file[place.start : place.stop], file[: place.start]
    freed = without_imports(new, Around(old, above, file[place.stop :], language))
    return freed.lines if are_known(freed, above, language) else new


def _without_above(new: list[str], around: Around, repairs: list[Repair]) -> list[str]:
    old, above, _, language, _ = around
    real = [line.rstrip() for line in new if line.strip()]
    count = overlap(real, [line.rstrip() for line in above if line.strip()])
    if not 0 < count < len(real) or not says(real[:count], old, language):
        return new
    numbers = [at for at, line in enumerate(new) if line.strip()]
    first = next(changed_runs(old, new), None)
    if first is None or first.new_start > 0 or first.new_stop <= numbers[count - 1]:
        return new
    repairs.append(Repair("lines around it left out", real[0].strip()[:80]))
    return new[numbers[count] :]


def _without_below(new: list[str], around: Around, repairs: list[Repair]) -> list[str]:
    old, _, below, language, _ = around
    real = [line.rstrip() for line in new if line.strip()]
    count = overlap([line.rstrip() for line in below if line.strip()], real)
    if not 0 < count < len(real):
        return new
    if not says(real[-count:], old, language) and not _closes_too_much(real, count, old):
        return new
    numbers = [at for at, line in enumerate(new) if line.strip()]
    last = next(reversed(list(changed_runs(old, new))), None)
    if last is None or last.new_stop < len(new) or last.new_start > numbers[-count]:
        return new
    repairs.append(Repair("lines around it left out", real[-1].strip()[:80]))
    return new[: numbers[-count - 1] + 1]


def says(lines: Sequence[str], old: Sequence[str], language: str) -> bool:
    """Whether it says something that lines are in two places; a key stands once beside others.

    Args:
        lines: as they stand in the document, without their ends.
        old: those that are replaced.
        language: an LSP language id.
    """
    if tells(lines):
        return True
    pattern, real = _KEYS.get(language), [line for line in old if line.strip()]
    if pattern is None or not real:
        return False
    return all(
        pattern.match(line.strip()[:_WIDEST]) and indent_of(line) == indent_of(real[0])
        for line in lines
    )


def _closes_too_much(real: Sequence[str], count: int, old: Sequence[str]) -> bool:
    """Whether the last lines close what the lines below close as well."""
    opened = left_open(old)
    return left_open(real) != opened and left_open(real[:-count]) == opened
