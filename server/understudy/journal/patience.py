"""A step on the journal's file while others hold it, delete it or put another one in its place."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from understudy.journal.former_file import identity_of
from understudy.journal.trouble import is_busy

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from understudy.journal.journal_file import JournalFile

T = TypeVar("T")

_RETRY_S = 0.05
_GIVE_UP_S = 10.0
"""How long to wait for the lock of those who make or rename the file."""


def patiently(
    file: JournalFile, step: Callable[[sqlite3.Connection], T], hurries: Callable[[], bool]
) -> T:
    """Do something with the file that is at the path.

    Again and again for as long as another program holds it, and anew where another one has taken its
    place meanwhile.

    Args:
        file: where it is done.
        step: what is done.
        hurries: whether nobody is waited for any more.

    Raises:
        Exception: whatever else went wrong.
    """
    give_up = time.monotonic() + _GIVE_UP_S
    while True:
        found = identity_of(file.path)
        try:
            return step(file.connection())
        except Exception as error:
            is_short = isinstance(error, TimeoutError) and time.monotonic() < give_up
            waits = (is_busy(error) or is_short) and not hurries()
            if not waits and identity_of(file.path) == found:
                raise
        time.sleep(_RETRY_S)
