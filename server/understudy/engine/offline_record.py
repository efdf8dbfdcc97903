"""How often the offline model is expected to know a fix, by what it did here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.engine.learned import PRIOR_RUNS

if TYPE_CHECKING:
    from understudy.engine.learned import Experience

_KNOWS = 0.2
"""Of a language in which nothing is known."""


def knows(experience: Experience, language: str, problem: str) -> float:
    """How often it is expected to fix a problem of this code, 0 to 1.

    The record of the code counts, and that of the language with the weight of `PRIOR_RUNS` runs.
    """
    mean = _KNOWS
    for key in ((language, ""), (language, problem)):
        good, total = experience.fixed.get(key, (0, 0))
        mean = (PRIOR_RUNS * mean + good) / (PRIOR_RUNS + total)
    return mean
