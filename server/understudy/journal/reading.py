"""A look into the journal that can't change it."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.journal.database import BUSY_TIMEOUT_S, migrations, version_of
from understudy.journal.log_owner import clear_foreign_log
from understudy.journal.trouble import unreadable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.journal.postgres import Where

_CACHE_KB = 16_000
"""With SQLite's 2 MB, grouping a month's sums would go through temporary files."""


@contextmanager
def reading(path: Where) -> Iterator[sqlite3.Connection | None]:
    """A read-only connection whose rows know their columns' names; None when there is no journal.

    Args:
        path: the file, or a team's database.

    Raises:
        UnavailableError: when the journal can't be read, also when that shows within the block.
    """
    import sqlite3

    from understudy.journal import team_journal
    from understudy.journal.postgres import Database

    if isinstance(path, Database):
        with team_journal.reading(path) as connection:
            yield connection
        return
    if not path.exists():
        yield None
        return
    version = 0
    clear_foreign_log(path)
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S)) as opened:
            opened.row_factory = sqlite3.Row
            opened.execute("PRAGMA query_only = ON")
            opened.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            version = version_of(opened)
            yield opened if version else None
    except (sqlite3.Error, OSError) as error:
        raise UnavailableError(_why(path, version, error)) from error


def newer_than_known(path: Path) -> str:
    """Why nothing is recorded in a journal that a newer Understudy wrote; empty of any other.

    Raises:
        UnavailableError: when the file can't be read.
    """
    with reading(path) as opened:
        version = 0 if opened is None else version_of(opened)
    if version <= len(migrations()):
        return ""
    return (
        f"A newer Understudy wrote it (version {version}; this one knows {len(migrations())}), "
        "so this one records nothing."
    )


def _why(path: Path, version: int, error: Exception) -> str:
    if version > len(migrations()):
        return (
            f"A newer Understudy wrote the journal `{path}` (version {version}; this one knows "
            f"{len(migrations())}), and this one can't read it. Update Understudy to see the runs."
        )
    return unreadable(path, error)
