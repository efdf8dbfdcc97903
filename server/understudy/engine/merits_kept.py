"""What the journal teaches about strategies, read off the event loop and kept for a while."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.engine.merits import NOTHING, Merits, merits_of
from understudy.journal.kept import Kept

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.journal.strategy_uses import Used

log = logging.getLogger("understudy.engine")


def merits_at(path: Path, half_life_days: float) -> Merits:
    """What earlier uses teach; nothing without a journal. May block, and never fails."""
    found = _kept.at(path)
    return merits_of(found, time.time_ns() // 1_000, half_life_days) if found else NOTHING


def _read(path: Path) -> tuple[Used, ...]:
    if not path.exists():
        return ()
    from understudy.journal.strategy_uses import strategy_uses

    try:
        return strategy_uses(path)
    except UnavailableError as failure:
        log.warning("Nothing is known of earlier strategies: %s", failure)
        return ()


_kept = Kept(_read)
