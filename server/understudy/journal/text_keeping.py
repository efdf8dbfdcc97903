"""Forgetting texts that were kept: when they are old, and when the user wants it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from understudy.journal.contents import above
from understudy.journal.database import transaction, version_of
from understudy.journal.model_tally import EVER_US
from understudy.journal.reading import reading

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.config.journal_settings import ContentLevel

_SINCE_VERSION = 7


def texts_above(path: Path, level: ContentLevel) -> int:
    """How many texts are kept that this level would not keep.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    with reading(path) as connection:
        if connection is None or version_of(connection) < _SINCE_VERSION:
            return 0
        return sum(
            int(connection.execute(_NUMBER, {"level": one}).fetchone()[0]) for one in above(level)
        )


def forget_texts(
    connection: sqlite3.Connection, level: ContentLevel, before_us: int = EVER_US
) -> int:
    """Delete what a level would not keep, if it was last used before a time; how many texts."""
    number = 0
    with _overwriting(connection), transaction(connection):
        for one in above(level):
            which = {"level": one, "before_us": before_us}
            number += connection.execute(_FORGET, which).rowcount
    return number


def forget_unused_texts(connection: sqlite3.Connection) -> None:
    """Delete texts of calls and edits that are not there any more."""
    with _overwriting(connection), transaction(connection):
        connection.execute(_FORGET_USES)
        connection.execute(_FORGET_UNUSED)


@contextmanager
def _overwriting(connection: sqlite3.Connection) -> Iterator[None]:
    """What is deleted is overwritten in the file, too."""
    connection.execute("PRAGMA secure_delete = ON").fetchall()
    try:
        yield
    finally:
        connection.execute("PRAGMA secure_delete = OFF").fetchall()


_NUMBER = "SELECT COUNT(*) FROM contents WHERE level = :level"
_FORGET = "DELETE FROM contents WHERE level = :level AND at_us < :before_us"
_FORGET_USES = """
    DELETE FROM content_uses
    WHERE NOT EXISTS (SELECT 1 FROM calls WHERE id = subject)
      AND NOT EXISTS (SELECT 1 FROM edits WHERE id = subject)"""
_FORGET_UNUSED = "DELETE FROM contents WHERE sha256 NOT IN (SELECT sha256 FROM content_uses)"
