"""What commands do to the journal beside recording: forgetting, and taking in."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.journal.journal_file import JournalFile
from understudy.journal.trouble import complaint

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def changing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the journal, which is made if it is not there.

    Raises:
        UnavailableError: when the journal can't be written, also when that shows within the block. A
            damaged file is moved aside.
    """
    import sqlite3

    file = JournalFile(path)
    try:
        with closing(file):
            yield file.connection()
    except (sqlite3.Error, OSError) as error:
        raise UnavailableError(complaint(file, error)) from error
