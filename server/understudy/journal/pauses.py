"""Which models are left alone now. Reads and never writes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from understudy.journal.breaker_rows import Pause, pauses
from understudy.journal.reading import reading

if TYPE_CHECKING:
    from pathlib import Path

_SECOND_US = 1_000_000


def read_pauses(path: Path) -> tuple[Pause, ...]:
    """Every model that is left alone by the servers of this user.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        return () if connection is None else pauses(connection, int(time.time() * _SECOND_US))
