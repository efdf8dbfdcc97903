"""What the journal has taught so far, read off the event loop and kept for a while."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.engine.learned import NOTHING, Experience, experience_of
from understudy.journal.kept import YOUNG_S, Kept

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger("understudy.engine")

_YOUNG_S = YOUNG_S
_MOST_CALLS = 2_000
"""What is older has faded: of several kinds of work, each has hundreds among these."""


def experience_at(path: Path) -> Experience:
    """What the journal in a file teaches; nothing without one. May block, and never fails.

    As long as nobody writes into the file it is read once; while somebody does, every few seconds.
    """
    return _kept.at(path, _YOUNG_S)


def _read(path: Path) -> Experience:
    if not path.exists():
        return NOTHING
    from understudy.journal.offline_runs import fixed_offline
    from understudy.journal.trials import trials

    try:
        learned = experience_of(trials(path, most=_MOST_CALLS), time.time_ns() // 1_000)
        return replace(learned, fixed=fixed_offline(path))
    except UnavailableError as failure:
        log.warning("Nothing is learned from earlier runs: %s", failure)
        return NOTHING


_kept = Kept(_read)
