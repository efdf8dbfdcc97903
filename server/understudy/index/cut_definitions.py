"""Functions that a new text of a document has without their ends."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from understudy.index.extraction import facts_of, is_indexed
from understudy.reading.endings import lost_end
from understudy.reading.neighbours import around_lines
from understudy.reading.shape import BOM, contents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.index.facts import Definition
    from understudy.reading import Repair
    from understudy.reading.rewriting import Document

_Functions = dict[tuple[str, str], range]


def cut_definitions(document: Document, after: str) -> Iterator[Repair]:
    """A repair of high risk for each function that seems to end before it did.

    Args:
        document: as it was.
        after: its new text.

    Raises:
        UnreadableError: a function is only the beginning of the old one, and can't be meant.
    """
    before, language, marked = document
    known = set(after.split("\n"))
    if not is_indexed(language) or known.issuperset(before.split("\n")):
        return
    old, new = before.removeprefix(BOM), after.removeprefix(BOM)
    lines, there, written = _functions(old, language), contents(old), contents(new)
    for key, place in _functions(new, language).items():
        own = written[place.start : place.stop]
        if key not in lines or own == there[lines[key].start : lines[key].stop]:
            continue
        cut = lost_end(own, around_lines(old, lines[key], language, marked))
        if cut is not None:
            yield cut


def _functions(text: str, language: str) -> _Functions:
    """The lines of all functions, by the names of their owner and their own, that are there once."""
    found = facts_of("", language, "\n".join(contents(text))).definitions
    outer = {one.parent for one in found}
    named = [
        ((one.owner or _around(one, found), one.name), range(one.head, one.stop))
        for at, one in enumerate(found)
        if at not in outer
    ]
    count = Counter(key for key, _ in named)
    return {key: place for key, place in named if count[key] == 1}


def _around(one: Definition, found: Sequence[Definition]) -> str:
    return found[one.parent].name if one.parent >= 0 else ""
