"""Functions that a new text of a document has without their ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.runs import Run, changed_runs
from understudy.reading.cut_short import closes
from understudy.reading.endings import lost_end
from understudy.reading.functions import Functions
from understudy.reading.neighbours import Around
from understudy.reading.shape import BOM, contents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.reading import Repair
    from understudy.reading.rewriting import Document

_GIVES = re.compile(r"\s*return\b(?!\s*;?\s*\Z)")


class _Texts(NamedTuple):
    """The lines of a document and of its new text, without their ends, and where they differ."""

    old: Sequence[str]
    new: Sequence[str]
    runs: Sequence[Run]


def cut_definitions(document: Document, after: str) -> Iterator[Repair]:
    """A repair of high risk for each function that seems to end before it did.

    The lines of the texts are compared first, and only where some go, the functions around these are
    looked at.

    Args:
        document: as it was.
        after: its new text.

    Raises:
        UnreadableError: a function is only the beginning of the old one, and can't be meant.
    """
    before, language, marked = document
    old, new = contents(before.removeprefix(BOM)), contents(after.removeprefix(BOM))
    texts = _Texts(old, new, list(_differing(old, new)))
    gone = [at for run in texts.runs for at in _gone(texts, run)]
    if not gone:
        return
    here, there = Functions(old, language), Functions(new, language)
    for head, begun in _heads(gone, texts, here, there).items():
        lines = range(head, here.stop(head))
        own = new[begun : there.stop(begun)]
        own_marked = range(marked.start - head, marked.stop - head)
        around = Around(old[lines.start : lines.stop], (), (), language, own_marked)
        cut = lost_end(own, around)
        if cut is not None:
            yield cut


def _differing(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """The runs that differ, without a look at the lines that both texts begin and end with."""
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-end - 1] == new[-end - 1]:
        end += 1
    for run in changed_runs(old[start : len(old) - end], new[start : len(new) - end]):
        yield Run(
            run.old_start + start, run.old_stop + start, run.new_start + start, run.new_stop + start
        )


def _gone(texts: _Texts, run: Run) -> list[int]:
    """The old lines of a run that brings fewer of them, or no longer gives back what they gave."""
    lines = range(run.old_start, run.old_stop)
    gone = [at for at in lines if not closes(texts.old[at])]
    come = [line for line in texts.new[run.new_start : run.new_stop] if not closes(line)]
    gives = any(_GIVES.match(texts.old[at]) for at in gone) and not any(map(_GIVES.match, come))
    return gone if len(gone) > len(come) or gives else []


def _heads(gone: Sequence[int], texts: _Texts, here: Functions, there: Functions) -> dict[int, int]:
    """Where the functions begin that lines go from, and where they begin in the new text."""
    found: dict[int, int] = {}
    for at in gone:
        for head in here.around(at):
            if head not in found:
                found[head] = _counterpart(head, texts, here, there)
            if found[head] >= 0:
                break
    return {head: begun for head, begun in found.items() if begun >= 0}


def _counterpart(head: int, texts: _Texts, here: Functions, there: Functions) -> int:
    """The line of the new text where a function begins; -1 where it is gone."""
    number = bisect_right(texts.runs, head, key=attrgetter("old_start"))
    if not number:
        return head
    run = texts.runs[number - 1]
    if head >= run.old_stop:
        return head + run.new_stop - run.old_stop
    name, lines = here.name(head), range(run.new_start, run.new_stop)
    same = run.new_start + head - run.old_start
    named = next((at for at in lines if there.name(at) == name), -1)
    return same if named < 0 and same in lines and there.name(same) else named
