"""How near two names are to each other, as a typist errs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


_MAX_LENGTH = 200
"""Nobody misspells a longer name, and to compare two takes as long as their lengths multiplied."""


def limit_for(name: str) -> int:
    """How many slips are believable in a name of this length."""
    if len(name) <= 4:
        return 1
    return 2 if len(name) <= 8 else 3


def distance(a: str, b: str, limit: int) -> int:
    """Slips between two names: a character lost, added, changed, or swapped with its neighbour.

    This is the optimal string alignment distance. The answer is `limit + 1` for everything above
    the limit, which is found out early.
    """
    if a == b:
        return 0
    if abs(len(a) - len(b)) > limit or len(a) > _MAX_LENGTH:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, start=1):
        older, before, row = before, row, [i]
        for j, right in enumerate(b, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def near(name: str, candidates: Iterable[str]) -> list[tuple[float, str]]:
    """`(slips, candidate)` for every believable candidate, nearest first; never `name` itself.

    A difference in case or underscores alone counts half a slip. A one-letter name is near to
    nothing but its other case, because every other one-letter name would be one slip away.
    """
    found: dict[str, float] = {}
    limit = limit_for(name)
    folded = fold(name)
    for candidate in candidates:
        if candidate == name or candidate in found:
            continue
        if fold(candidate) == folded and folded:
            found[candidate] = 0.5
            continue
        if min(len(name), len(candidate)) < 2:
            continue
        slips: float = distance(name, candidate, limit)
        if slips > 1:
            # A swap in `false` is one slip from `False`, but for the case.
            slips = min(slips, distance(name.casefold(), candidate.casefold(), limit) + 0.5)
        if slips <= limit and _believable(name, candidate, slips):
            found[candidate] = slips
    return sorted((slips, candidate) for candidate, slips in found.items())


def fold(name: str) -> str:
    """A name without what styles differ in."""
    return name.replace("_", "").casefold()


def _believable(name: str, candidate: str, slips: float) -> bool:
    """Short names must keep nearly everything; two slips never reach the first letter.

    People seldom miss the first letter of a word, except by swapping it with the second.
    """
    shorter = min(len(name), len(candidate))
    if shorter == 2:
        return sorted(name) == sorted(candidate) or len(name) != len(candidate)
    if slips < 2:
        return True
    head, meant = name[:2].casefold(), candidate[:2].casefold()
    return slips * 2 < shorter and (head[0] == meant[0] or head[::-1] == meant)
