"""How many runs of which lesson go to others: what is remembered here, and never handed over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Key = tuple[str, str, str]
"""A lesson's identity, the digest of its own words, and the model that was asked.

The digest is empty in what an earlier version wrote down, which counts for all words of the lesson.
"""
_DIGEST = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class Count:
    """Runs, and those of them that went well."""

    good: int = 0
    total: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.good + other.good, self.total + other.total)

    def __sub__(self, other: Count) -> Count:
        """What came since; what has been forgotten meanwhile counts as nothing."""
        good, bad = self.good - other.good, self.total - self.good - (other.total - other.good)
        return Count(max(good, 0), max(good, 0) + max(bad, 0))


NO_RUNS = Count()


@dataclass(frozen=True, slots=True)
class Share:
    """Runs of one lesson with one model, however its words are shown to others.

    Attributes:
        inside / without: runs with it, and those that went without it on purpose.
    """

    key: Key
    inside: Count
    without: Count = NO_RUNS


def of_any_words(key: Key) -> Key:
    """The key of an earlier version for the same lesson and model."""
    return (key[0], "", key[2])


def as_rows(shares: Iterable[Share]) -> list[dict[str, Any]]:
    """Shares for a JSON line, as `read_shares` reads them."""
    return [
        {"key": list(one.key), "with": _pair(one.inside), "without": _pair(one.without)}
        for one in shares
    ]


def read_shares(rows: object) -> tuple[Share, ...]:
    """The shares that can be read."""
    found = map(_share, rows if isinstance(rows, list) else ())
    return tuple(one for one in found if one is not None)


def _share(row: object) -> Share | None:
    match row:
        case {
            "key": [str() as lesson, str() as second, str() as third],
            "with": [int() as good, int() as total],
            "without": [int() as held_good, int() as held],
        }:
            # An earlier version wrote the model, and then the words as others saw them.
            key = (lesson, second, third) if _DIGEST.fullmatch(second) else (lesson, "", second)
            return Share(key, Count(good, total), Count(held_good, held))
        case _:
            return None


def _pair(count: Count) -> list[int]:
    return [count.good, count.total]
