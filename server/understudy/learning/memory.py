"""What the journal knows of lessons, kept for a moment: each question asks for it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.journal.kept import Kept
from understudy.learning.recall import NOTHING, recall

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.learning.recall import Recalled

log = logging.getLogger("understudy.learning")

_YOUNG_S = 2.0
"""So long nobody looks again, however much is written meanwhile."""


def recalled_at(path: Path) -> Recalled:
    """What the journal in a file knows of lessons. May block, and never fails."""
    return _kept.at(path, _YOUNG_S)


def forget(path: Path) -> None:
    """Look again the next time: a person has just said something."""
    _kept.forget(path)


def _read(path: Path) -> Recalled:
    try:
        return recall(path)
    except UnavailableError as failure:
        log.warning("Nothing is known of lessons: %s", failure)
        return NOTHING


_kept = Kept(_read)
