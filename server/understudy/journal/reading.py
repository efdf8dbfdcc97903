"""A look into the journal's file that can't change it."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.journal.database import BUSY_TIMEOUT_S, migrations, version_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection | None]:
    """A read-only connection whose rows know their columns' names; None when there is no journal.

    Raises:
        UnavailableError: when the file can't be read, also when that shows within the block.
    """
    import sqlite3

    if not path.exists():
        yield None
        return
    version = 0
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA query_only = ON")
            version = version_of(connection)
            yield connection if version else None
    except (sqlite3.Error, OSError) as error:
        raise UnavailableError(_why(path, version, error)) from error


def _why(path: Path, version: int, error: Exception) -> str:
    if version > len(migrations()):
        return (
            f"A newer Understudy wrote the journal `{path}` (version {version}; this one knows "
            f"{len(migrations())}), and this one can't read it. Update Understudy to see the runs."
        )
    return f"The journal `{path}` can't be read: {error}."
