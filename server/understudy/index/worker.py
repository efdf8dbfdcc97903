"""The process that reads a workspace: `python -P -m understudy.index.worker ROOT FOLDER`.

It reads one line of JSON, does what it says, and answers with one line (`workspace.line_child`). So
it works only for as long as somebody asks, a step at a time, and ends when its input does. It writes
the index if no other process does; else it only parses what it is given.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from understudy.index.extraction import facts_of
from understudy.index.keeper import Keeper
from understudy.index.packing import packed
from understudy.index.place import become_writer, remove_database
from understudy.index.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP_S = 0.15
_COMMIT_S, _LATEST_COMMIT_S = 2.0, 15.0
"""So long what is read waits until others see it, at first and at most. In between it waits for as
long as the scan took so far: every commit writes many pages, and half of what was read is seen."""
_NICE = 10
_BELOW_NORMAL = 0x4000
_DAMAGED = 3
"""The exit code of a worker that found the database damaged and removed it."""


class Worker:
    """What one process keeps between two questions."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._folder = folder
        self._lock: IO[bytes] | None = None
        self._keeper: Keeper | None = None
        self._store: Store | None = None
        self._scanning: Iterator[None] | None = None
        self._began = self._committed = 0.0

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """Do what a question says: `scan`, `step`, `update`, `rebuild` or `facts`."""
        match question:
            case {"do": "facts", "path": str(path), "language": str(language), "text": str(text)}:
                return {"facts": packed(facts_of(path, language, text))}
            case {"do": "rebuild"}:
                return self._rebuild()
            case {"do": "scan"}:
                self._begin()
                return self._step()
            case {"do": "update", "paths": [*paths]}:
                return self._update([str(path) for path in paths])
            case _:
                return self._step()

    def start_anew(self) -> None:
        """Forget what was written: it may not have been."""
        if self._store is not None:
            self._store.close()
        if self._lock is not None:
            self._lock.close()
        self._lock = self._keeper = self._store = self._scanning = None

    def _begin(self) -> None:
        """Begin to look at everything, as the one that writes, if nobody else is."""
        if self._keeper is None:
            self._open()
        if self._keeper is not None and self._scanning is None:
            self._scanning = self._keeper.scan()
            self._began = self._committed = time.monotonic()

    def _open(self) -> None:
        if self._lock is None:
            self._lock = become_writer(self._folder)
        if self._lock is not None:
            self._store = Store.open(self._folder)
            self._keeper = Keeper(self._root, self._store)

    def _rebuild(self) -> dict[str, Any]:
        """Throw everything away and begin again, if nobody else writes."""
        if self._lock is None:
            self._begin()
        if self._lock is not None and self._store is not None:
            self._store.close()
            self._store = self._keeper = self._scanning = None
            remove_database(self._folder)
            self._begin()
        return self._step()

    def _step(self) -> dict[str, Any]:
        """Go on for a moment. Now and then what was written is made to count."""
        store = self._store
        if self._scanning is not None and store is not None:
            until = time.monotonic() + _STEP_S
            store.begin()
            for _ in self._scanning:
                if time.monotonic() > until:
                    break
            else:
                self._scanning = None
            if self._scanning is None or self._waited():
                store.commit()
                self._committed = time.monotonic()
        return self._told()

    def _waited(self) -> bool:
        """Whether what was read has waited long enough to be seen by others."""
        longest = min(max(self._committed - self._began, _COMMIT_S), _LATEST_COMMIT_S)
        return time.monotonic() > self._committed + longest

    def _update(self, paths: list[str]) -> dict[str, Any]:
        if self._keeper is not None and self._store is not None:
            self._store.begin()
            again = self._keeper.update(paths)
            self._store.commit()
            if again:
                self._begin()
        return self._told()

    def _told(self) -> dict[str, Any]:
        keeper = self._keeper
        if keeper is None:
            return {"writer": False, "busy": False, "looked_at": 0, "read": 0}
        busy = self._scanning is not None
        return {"writer": True, "busy": busy, "looked_at": keeper.looked_at, "read": keeper.read}


def main(arguments: list[str]) -> int:
    """Answer until nobody asks any more."""
    import sqlite3

    root, folder = map(Path, arguments)
    _be_humble()
    worker = Worker(root, folder)
    _say({"id": 0, "answer": "ready"})
    for line in sys.stdin.buffer:
        question = json.loads(line)
        try:
            answer = worker.answer(question["question"])
        except (sqlite3.OperationalError, OSError) as error:
            # Another program holds the file, the disk is full: it may be better next time.
            worker.start_anew()
            answer = {"failed": str(error)}
        except sqlite3.DatabaseError:
            worker.start_anew()
            with contextlib.suppress(OSError):
                remove_database(folder)
            return _DAMAGED
        _say({"id": question["id"], "answer": answer})
    return 0


def _say(what: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(what).encode() + b"\n")
    sys.stdout.buffer.flush()


def _be_humble() -> None:
    """Let everybody else go first; and spare the collector's walks, since no cycles are made."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        with contextlib.suppress(OSError):
            os.nice(_NICE)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
