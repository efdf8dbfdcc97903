"""What changed on disk below a folder since somebody last asked, for servers that don't look themselves.

Editors watch files for their servers. A server of our own has no editor, so the files are looked
through before it is asked: names, times and sizes, not contents, and not more often than needed.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    State = tuple[int, int]

_FRESH_S = 0.5
_MAX_ENTRIES = 50_000
_NEVER_SOURCES = frozenset({"node_modules", "__pycache__", "site-packages", "target"})
_CREATED, _CHANGED, _DELETED = 1, 2, 3


@dataclass(slots=True)
class DiskWatch:
    """The files of one folder whose names end in one of `endings`. Its methods read the disk.

    Hidden folders and those that hold what was installed or built are not looked into.
    """

    root: Path
    endings: tuple[str, ...]
    _known: dict[str, State] = field(default_factory=dict)
    _looked_at: float = 0.0

    def begin(self) -> None:
        """Take what is there now as known."""
        self._known, self._looked_at = dict(self._states()), time.monotonic()

    def changes(self) -> list[dict[str, Any]]:
        """What changed, as `FileEvent`s of the language server protocol; each is told once."""
        if not self.endings or time.monotonic() - self._looked_at < _FRESH_S:
            return []
        before = self._known
        self.begin()
        kinds = {path: _CREATED for path in self._known if path not in before}
        kinds |= {path: _DELETED for path in before if path not in self._known}
        kinds |= {
            path: _CHANGED
            for path, state in self._known.items()
            if path in before and before[path] != state
        }
        return [{"uri": Path(path).as_uri(), "type": kind} for path, kind in kinds.items()]

    def _states(self) -> Iterator[tuple[str, State]]:
        """A folder with very many entries is looked through only in part."""
        waiting, left = [str(self.root)] if self.endings else [], _MAX_ENTRIES
        while waiting and left > 0:
            for entry in _entries(waiting.pop()):
                left -= 1
                if entry.name.endswith(self.endings):
                    yield from _state(entry)
                elif _is_source_folder(entry):
                    waiting.append(entry.path)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _is_source_folder(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in _NEVER_SOURCES:
        return False
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _state(entry: os.DirEntry[str]) -> Iterator[tuple[str, State]]:
    try:
        seen = entry.stat()
    except OSError:
        return
    yield entry.path, (seen.st_mtime_ns, seen.st_size)
