"""All the places in a file where a quoted text stands, for each step of strictness."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from understudy.reading import Match
from understudy.reading.indent_map import IndentMap
from understudy.reading.normal import plain, stripped, trimmed
from understudy.reading.occurrences import occurrences, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from understudy.reading import Risk

LADDER: Mapping[Match, Callable[[str], str]] = MappingProxyType(
    {
        Match.EXACT: str,
        Match.WHITESPACE: trimmed,
        Match.INDENTATION: stripped,
        Match.CHARACTERS: plain,
    }
)
"""The steps, the strictest first: two lines are equal when these functions of them are."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands in a file.

    Attributes:
        lines: all of it, from its first line to its last one, counted from 0.
        match: how it was found.
        rows: for each wanted line the file's lines that it is: one, none for a blank line that the
            file does not have, any number for a mark that stands for left-out lines.
        indent: how the model's indentation becomes the file's; None when it is the file's.
        risk: of the choice, when other places fit as well and a line number decided.
    """

    lines: range
    match: Match
    rows: tuple[range, ...]
    indent: IndentMap | None = None
    risk: Risk = "none"


def places_at(
    file: Sequence[str], wanted: Sequence[str], match: Match, start: int = 0
) -> Iterator[Place]:
    """Every place that one step of the ladder finds: `EXACT` to `CHARACTERS`.

    Args:
        file: the document's lines.
        wanted: the quoted lines; one of them holds something.
        match: the step.
        start: places that begin before this line do not count.
    """
    key = LADDER[match]
    if match is Match.EXACT:
        for at in occurrences(file, wanted):
            if at >= start:
                rows = tuple(range(n, n + 1) for n in range(at, at + len(wanted)))
                yield Place(range(at, at + len(wanted)), match, rows)
        return
    real = [line for line in wanted if key(line)]
    if not real:
        return
    keys, here, texts = keyed(tuple(file), match)
    for at in occurrences(texts, [key(line) for line in real]):
        found = here[at : at + len(real)]
        if found[0] < start:
            continue
        indent = IndentMap.between(real, [file[number] for number in found])
        if indent is not None or match is Match.WHITESPACE:
            rows = rows_of([bool(key(line)) for line in wanted], found, keys)
            yield Place(extent(rows), match, rows, None if match is Match.WHITESPACE else indent)


class Keyed(NamedTuple):
    """A file's lines as one step of the ladder sees them.

    Attributes:
        keys: of all lines.
        here: the numbers of those that are not blank.
        texts: the keys of these.
    """

    keys: list[str]
    here: list[int]
    texts: list[str]


@lru_cache(maxsize=8)
def keyed(file: tuple[str, ...], match: Match) -> Keyed:
    """The keys of a file's lines. Every edit of a reply asks for them, several times."""
    keys = list(map(LADDER[match], file))
    here = [number for number, key in enumerate(keys) if key]
    return Keyed(keys, here, [keys[number] for number in here])


def extent(rows: Sequence[range]) -> range:
    """From the first line to the last one of all rows."""
    real = [row for row in rows if row]
    return range(real[0].start, real[-1].stop)
