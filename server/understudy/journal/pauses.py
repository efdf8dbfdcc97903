"""Which models are left alone now. Reads and never writes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from understudy.core.clock import SECOND_US
from understudy.core.failures import UnavailableError
from understudy.journal import refused_keys
from understudy.journal.breaker import clock_time
from understudy.journal.breaker_rows import Pause, pauses
from understudy.journal.reading import reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def read_pauses(path: Path) -> tuple[Pause, ...]:
    """Every model that is left alone by the servers of this user.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        return () if connection is None else pauses(connection, int(time.time() * SECOND_US))


def read_refused(path: Path, marks: Sequence[str]) -> str:
    """The time until which a key with these marks is left alone; empty when it is not.

    A journal that can't be read says nothing.
    """
    now_us = int(time.time() * SECOND_US)
    try:
        with reading(path) as connection:
            found = 0 if connection is None else refused_keys.until_us(connection, marks, now_us)
    except UnavailableError:
        return ""
    return clock_time(found, now_us) if found else ""
