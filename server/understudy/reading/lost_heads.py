"""Decorators and comments above definitions that stay, which a new text of a file has no more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from understudy.reading import Repair
from understudy.reading.headings import heading_at
from understudy.reading.heads import head_of, head_start
from understudy.reading.languages import CODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.reading import Risk
    from understudy.reading.heads import Head

_NEAR = 3
"""Where so many lines above a definition are the same, nothing was lost there."""


def lost_heads(before: Sequence[str], after: Sequence[str], language: str) -> Iterator[Repair]:
    """A repair for each definition that lost its decorators, of high risk, or its comment.

    Only definitions that both texts have once are looked at, and those with others of a kind in place
    of the old ones count as changed.

    Args:
        before: the lines of a document, without their ends.
        after: those of its new text.
        language: an LSP language id.
    """
    there = {line.strip() for line in after}
    if language not in CODE or there.issuperset(map(str.strip, before)):
        return
    new = _definitions(after)
    for name, at in _definitions(before).items():
        if name not in new or _above(before, at) == _above(after, new[name]):
            continue
        old = _head(before, at, language)
        gone = old.kinds - _head(after, new[name], language).kinds
        if gone:
            first = old.of(before[head_start(before, at, language) :], *gone)[0].strip()[:80]
            risk: Risk = "low" if gone == {"comment"} else "high"
            yield Repair(f"`{first}` is gone", f"line {at + 1}", risk)


def _definitions(lines: Sequence[str]) -> dict[str, int]:
    """The lines of all definitions whose names are there once."""
    named = [(name, at) for at in range(len(lines)) if (name := heading_at(lines, at))]
    count = Counter(name for name, _ in named)
    return {name: at for name, at in named if count[name] == 1}


def _above(lines: Sequence[str], at: int) -> list[str]:
    return [line.strip() for line in lines[max(at - _NEAR, 0) : at]]


def _head(lines: Sequence[str], at: int, language: str) -> Head:
    return head_of(lines[head_start(lines, at, language) : at], language)
