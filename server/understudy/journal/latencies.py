"""How long answers took, as numbers of answers in buckets that grow by a fifth.

Such numbers add up over days, which percentiles do not. A percentile that is told from them lies
within 10 % of the exact one: the buckets' middle is at most so far from their ends.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

RATIO = 1.2
"""How much longer the end of a bucket is than its beginning."""
SHORTEST_S = 0.001
"""All that takes no longer is in the bucket 0, and is told as this."""
_LAST = 120
"""What takes longer than two days is in the last bucket."""


def bucket_of(seconds: float) -> int:
    """The bucket for a time."""
    if not seconds > SHORTEST_S:
        return 0
    return min(1 + int(math.log(seconds / SHORTEST_S) / math.log(RATIO)), _LAST)


def seconds_of(bucket: int) -> float:
    """The time that stands for a bucket: the geometric mean of its ends."""
    return SHORTEST_S * RATIO ** (bucket - 0.5) if bucket else SHORTEST_S


def percentile_s(counts: Mapping[int, int], percent: int) -> float | None:
    """The nearest-rank percentile of `{bucket: answers}`; None without any."""
    total = sum(counts.values())
    passed = 0
    for bucket in sorted(counts):
        passed += counts[bucket]
        if passed * 100 >= total * percent and passed:
            return seconds_of(bucket)
    return None
