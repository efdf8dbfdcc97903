"""Whether a log fits the journal that it lies beside, where nobody wrote down whose it is."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from understudy.journal.log_owner import BESIDE, ForeignLogError, beside, is_known

if TYPE_CHECKING:
    from pathlib import Path


def refuse_unfit_log(path: Path) -> None:
    """Stop before a database is written into with a log that damages it. Reads all of it then.

    Raises:
        ForeignLogError: the file is whole, and only with the log it is not.
    """
    if not is_known(path) and not _is_whole(path, "") and logs_do_not_fit(path):
        raise ForeignLogError(f"The journal can't be used: {unfit(path)}.")


def logs_do_not_fit(path: Path) -> bool:
    """Whether a damaged file is whole, and only what lies beside it makes it seem damaged."""
    return bool(_logs(path)) and _is_whole(path, "&immutable=1")


def unfit(path: Path) -> str:
    """What to do then."""
    logs = ", ".join(_logs(path))
    return (
        f"`{path}` is whole, but what lies beside it ({logs}) does not fit it. Nothing was moved: end the"
        f" editors and commands that use it, and move {logs} elsewhere"
    )


def _logs(path: Path) -> list[str]:
    return [f"`{beside(path, one).name}`" for one in BESIDE if beside(path, one).exists()]


def _is_whole(path: Path, how: str) -> bool:
    """Whether SQLite finds no fault; where it is `immutable`, it looks at nothing but the file."""
    import sqlite3

    try:
        uri = f"{path.absolute().as_uri()}?mode=ro{how}"
        with closing(sqlite3.connect(uri, uri=True)) as opened:
            return bool(opened.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError as error:
        # What is held or can't be opened is not known to be damaged.
        return isinstance(error, sqlite3.OperationalError) and not how
