"""Where the definitions of a file probably stand after it changed, told by their names alone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.index.facts import Definition, Facts

_WORD = re.compile(r"[\w$]+")
_MOST_HEAD = 4
"""So many lines of a signature may hold the name."""
_MOST_PLACES = 50


def shifted(facts: Facts, text: str, digest: str) -> Facts:
    """Facts of an earlier text as far as they seem to hold for a later one. Nothing is parsed.

    A definition is where its name stands as many lines farther on as those of most others do. What
    has no such place is dropped, with what it holds.

    Args:
        facts: of the earlier text, which is gone.
        text: the later one.
        digest: of the result.
    """
    lines = text.splitlines()
    definitions = tuple(_in_order(facts.definitions, _shifts(facts.definitions, lines), len(lines)))
    imports = tuple(one for one in facts.imports if one.line < len(lines))
    return replace(
        facts, digest=digest, definitions=definitions, imports=imports, is_of_earlier=True
    )


def _shifts(definitions: Sequence[Definition], lines: Sequence[str]) -> list[int | None]:
    """By how many lines each was moved; None for one whose name is gone."""
    wanted = {one.name for one in definitions}
    at: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        for name in wanted.intersection(_WORD.findall(line)):
            at[name].append(number)
    ways = [
        {line - head for line in at[one.name][:_MOST_PLACES] for head in _head(one)}
        for one in definitions
    ]
    often = Counter(by for each in ways for by in each)
    return [max(each, key=lambda by: (often[by], -abs(by), by), default=None) for each in ways]


def _head(one: Definition) -> range:
    return range(one.head, max(one.body, one.head + 1))[:_MOST_HEAD]


def _in_order(
    definitions: Sequence[Definition], shifts: Sequence[int | None], size: int
) -> Iterator[Definition]:
    """Those that are in the text, each within what held it and behind the one before it."""
    numbers = {-1: -1}
    stops = _stops(definitions, shifts)
    reached = 0
    for number, (one, by) in enumerate(zip(definitions, shifts, strict=True)):
        if by is None or one.parent not in numbers or one.first + by < reached:
            continue
        stop = stops[number]
        if stop > size:
            continue
        reached = one.first + by
        parent = numbers[one.parent]
        numbers[number] = len(numbers) - 1
        yield one._replace(
            first=reached, head=one.head + by, body=one.body + by, stop=stop, parent=parent
        )


def _stops(definitions: Sequence[Definition], shifts: Sequence[int | None]) -> list[int]:
    """The line behind each, which is behind all that it holds."""
    stops = [one.stop + (by or 0) for one, by in zip(definitions, shifts, strict=True)]
    for number in reversed(range(len(definitions))):
        around = definitions[number].parent
        if around >= 0 and shifts[number] is not None:
            stops[around] = max(stops[around], stops[number])
    return stops
