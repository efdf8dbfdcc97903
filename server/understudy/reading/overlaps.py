"""How far one list of lines goes on where another one ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def overlap(head: Sequence[str], tail: Sequence[str]) -> int:
    """How many lines at the start of `head` are those at the end of `tail`, the most that are.

    In linear time, by the borders of both in one (Knuth, Morris and Pratt, 1977).
    """
    size = min(len(head), len(tail))
    if not size:
        return 0
    both = [*head[:size], None, *tail[-size:]]
    borders = [0] * len(both)
    for at in range(1, len(both)):
        border = borders[at - 1]
        while border and both[at] != both[border]:
            border = borders[border - 1]
        borders[at] = border + (both[at] == both[border])
    return borders[-1]
