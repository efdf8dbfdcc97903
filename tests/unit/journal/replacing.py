"""Putting another file in the place of an open journal."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.unit.journal.samples import WAIT_S, run_rows
from understudy.core.clock import now_us

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.journal.store import Journal

_KEPT = re.compile(r"journal\.sqlite3\.replaced-[0-9a-f]+")


def record_a_run(journal: Journal) -> bool:
    for row in run_rows(started_us=now_us()):
        journal.record(row)
    return journal.flush(WAIT_S)


def backup(path: Path) -> Path:
    """A whole copy of what the file holds now, as SQLite's own backup makes it."""
    target = path.with_name("backup")
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("VACUUM INTO ?", (str(target),))
    return target


def bring_logs(copy: Path) -> None:
    """Give a copy a log of its own, as one has that was taken of an open file."""
    open_one = copy.rename(copy.with_name("again"))
    with closing(sqlite3.connect(open_one)) as opened:
        opened.execute("PRAGMA journal_mode = WAL")
        opened.execute("CREATE TABLE unknown (a)")
        for suffix in ("", "-wal", "-shm"):
            shutil.copy(f"{open_one}{suffix}", f"{copy}{suffix}")


def beside(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in ("-wal", "-shm")]


def kept(path: Path) -> Path:
    """The file that holds what was recorded before another one was put in its place."""
    # Another process may be about to copy the same; its copy has a name of its own until it is whole.
    found = [one for one in path.parent.iterdir() if _KEPT.fullmatch(one.name)]
    assert len(found) == 1
    return found[0]
