"""A user with one file, an edit of it, and a server whose time a test lets pass."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from tests.e2e.editor import Buffer, Editor
from tests.e2e.near_server import NearServer
from tests.e2e.raw_client import LIMIT_S

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.own_time import OwnTime

TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"
FIXED = TEXT.replace("reslt", "result")
Rows = list[tuple[str, float | None]]
KEPT: Rows = [("kept", 1.0)]
BEGIN: Rows = [("offered", None), ("applied", None)]


class Scene(NamedTuple):
    """A user with one file, and whatever server is there."""

    clock: OwnTime
    start: Callable[[], NearServer]
    path: Path
    home: Path

    def editor(self, text: str = TEXT) -> Editor:
        near = self.start()
        near.initialize(self.path.parent)
        editor = Editor(near, self.path.as_uri(), Buffer(text))
        editor.open()
        return editor

    def fixed(self) -> Editor:
        self.path.write_text(TEXT, encoding="utf-8", newline="")
        editor = self.editor()
        editor.fix("reslt")
        editor.wire.wait_for("workspace/applyEdit")
        assert editor.actions("items):")
        assert editor.buffer.text == FIXED
        return editor

    def save(self, text: str) -> None:
        self.path.write_text(text, encoding="utf-8", newline="")

    def later(self, editor: Editor, seconds: float) -> None:
        """Time passes. The edit is watched, so one task sleeps."""
        assert isinstance(editor.server, NearServer)
        assert editor.actions("items):") is not None
        self.clock.advance(editor.server.loop, seconds, asleep=1, limit_s=LIMIT_S)

    def rows(self, editor: Editor) -> Rows:
        """What the journal says once the server has ended, oldest first."""
        assert isinstance(editor.server, NearServer)
        assert editor.server.leave() == 0
        return rows_of(self.home)


def rows_of(home: Path) -> Rows:
    path = home / "journal.sqlite3"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        asked = "SELECT what, detail FROM outcomes ORDER BY at_us, what NOT LIKE 'survived%', what"
        return [(what, detail) for what, detail in connection.execute(asked)]


def wait_for(home: Path, what: str) -> Rows:
    """The rows once one of them says this."""
    until(lambda: what in dict(rows_of(home)))
    return rows_of(home)


def until(holds: Callable[[], bool]) -> None:
    """Wait until something is so that happens in another thread."""
    tick = threading.Event()
    for _ in range(int(LIMIT_S * 50)):
        if holds():
            return
        tick.wait(0.02)
    raise AssertionError
