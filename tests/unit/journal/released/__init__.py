"""Journals as released versions wrote them: `version_N.sql` makes the file of version N.

When a migration is added, run `python -m tests.unit.journal.released` and keep the new file; the
older ones never change.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

FOLDER = Path(__file__).parent


def released_versions() -> list[int]:
    """The versions that have a file, in order."""
    return sorted(int(file.stem.removeprefix("version_")) for file in FOLDER.glob("version_*.sql"))


def build(version: int, path: Path) -> None:
    """Make the file that a released version left behind."""
    script = (FOLDER / f"version_{version}.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
