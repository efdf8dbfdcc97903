"""A cache bounded by the weight of what it holds, for answers whose sizes differ by thousands."""

from __future__ import annotations

from collections import OrderedDict
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

P = ParamSpec("P")
R = TypeVar("R")

_LEAST = 64
"""What an entry weighs at least, so that many small ones are bounded as well."""


def bounded_cache(
    limit: int, weigh: Callable[..., int]
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Remember a function's answers, and forget those that were not asked for longest.

    The last answer is kept even when it alone is over the limit. A failure is not remembered.
    Threads may share the function; two that ask at once may both compute.

    Args:
        limit: how much all answers together may weigh, in the unit of `weigh`.
        weigh: called with an answer and the arguments it is for.
    """

    def remember(function: Callable[P, R]) -> Callable[P, R]:
        entries: OrderedDict[Hashable, tuple[R, int]] = OrderedDict()
        lock = Lock()
        total = 0

        @wraps(function)
        def ask(*args: P.args, **kwargs: P.kwargs) -> R:
            nonlocal total
            key = (*args, *kwargs.items())
            with lock:
                if key in entries:
                    entries.move_to_end(key)
                    return entries[key][0]
            found = function(*args, **kwargs)
            weight = max(weigh(found, *args, **kwargs), _LEAST)
            with lock:
                total += weight - entries.pop(key, (found, 0))[1]
                entries[key] = found, weight
                while total > limit and len(entries) > 1:
                    total -= entries.popitem(last=False)[1][1]
            return found

        return ask

    return remember
