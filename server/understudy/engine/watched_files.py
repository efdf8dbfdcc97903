"""Edits whose files are looked at again later, on the disk: one small file for each.

Whoever watches edits holds a lock for as long as they do, and the edits' files bear the lock's name. So
they are taken up by another process when the first one has ended, however that was, and never by two.
What stands there are digests (see `understudy.engine.edit_trace`), a path and times.
"""

from __future__ import annotations

import contextlib
import json
import sys
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.config.paths import state_folder
from understudy.core.clock import DAY_US
from understudy.core.ids import new_id
from understudy.core.plain_files import read_plain
from understudy.core.replacing import replace_text
from understudy.engine.edit_trace import Passage, Trace
from understudy.workspace.file_lock import take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_FORMAT = 2
_ENDING = ".json"
_LOCK = ".lock"
_MOST_LETTERS = 512 * 1024
"""Larger edits are watched for as long as their process lives."""
_MOST_FILES = 500
_KEPT_US = 7 * DAY_US
"""After this time what is left of an edit says nothing about it any more."""


@dataclass(frozen=True, slots=True)
class Watched:
    """An edit that was applied to a file.

    Attributes:
        path: of the file, absolute.
        applied_us: when it was applied.
        reached: the seconds after that at which it was looked at last; 0 for never.
        said: what was recorded last of how it stands, with the share that was left.
        undone: whether it was undone, and not done again.
    """

    trace: Trace
    path: str
    applied_us: int
    reached: int = 0
    said: tuple[str, float] = ("", 0.0)
    undone: bool = False


class Held:
    """An edit that this process watches.

    Attributes:
        watched: what its file says.
    """

    def __init__(self, path: Path, watched: Watched) -> None:
        self.watched = watched
        self._path = path
        self._dropped = False

    def update(self, watched: Watched) -> None:
        """Write down what became of it. Never raises for a disk that refuses."""
        self.watched = watched
        if self._dropped:
            return
        with contextlib.suppress(OSError):
            replace_text(self._path, _text(watched))

    def drop(self) -> None:
        """Nobody is to look at it any more."""
        self._dropped = True
        _delete(self._path)


class Shelf:
    """The edits' files that are one watcher's, who holds one lock for all of them.

    Nothing is opened before there is something to watch. Whatever is asked reads or writes the disk.
    """

    def __init__(self) -> None:
        self._owner = new_id()
        self._lock: BinaryIO | None = None

    def hold(self, watched: Watched) -> Held | None:
        """Begin to watch an edit; None for one that is too large, and where nothing can be written."""
        if len(_text(watched)) > _MOST_LETTERS or not watched.trace.edits:
            return None
        try:
            self._begin()
            path = self._path(watched.trace.edits[0])
            if sum(1 for _ in path.parent.iterdir()) >= _MOST_FILES:
                return None
            replace_text(path, _text(watched))
        except OSError:
            return None
        return Held(path, watched)

    def left_behind(self, within: Path, now_us: int) -> Iterator[Held]:
        """Take over the edits of a file, or of all files below a folder, that nobody watches now."""
        for path, edit in _unwatched():
            watched = _read(path)
            if watched is None or now_us - watched.applied_us > _KEPT_US:
                _delete(path)
            elif Path(watched.path).is_relative_to(within):
                yield from self._taken(path, edit, watched)

    def close(self) -> None:
        """Leave all to whoever comes next."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
            _delete(folder() / f"{self._owner}{_LOCK}")

    def _taken(self, path: Path, edit: str, watched: Watched) -> Iterator[Held]:
        """The edit, unless another process was quicker."""
        try:
            self._begin()
            mine = self._path(edit)
            path.rename(mine)
        except OSError:
            return
        yield Held(mine, watched)

    def _path(self, edit: str) -> Path:
        return folder() / f"{edit}.{self._owner}{_ENDING}"

    def _begin(self) -> None:
        """Lock before the first file is there. Raises `OSError`."""
        if self._lock is not None:
            return
        folder().mkdir(parents=True, exist_ok=True)
        lock = (folder() / f"{self._owner}{_LOCK}").open("xb")
        if not take(lock):
            lock.close()
            raise OSError
        self._lock = lock


def folder() -> Path:
    """Where the files are."""
    return state_folder() / "watched"


def forget_left() -> None:
    """Delete the files of all edits that nobody watches now."""
    for path, _ in _unwatched():
        _delete(path)


def _unwatched() -> Iterator[tuple[Path, str]]:
    """The files of edits that nobody watches, each with its first edit's id.

    What a process began to write that ended over it is deleted.
    """
    files = sorted(folder().glob(f"*{_ENDING}*"))
    # Looked for later: a lock is there before the files that bear its name.
    busy = {lock.stem for lock in folder().glob(f"*{_LOCK}") if not _has_ended(lock)}
    for path in files:
        edit, _, named = path.name.partition(".")
        if named.partition(".")[0] in busy:
            continue
        if path.suffix == _ENDING:
            yield path, edit
        else:
            _delete(path)


def _has_ended(lock: Path) -> bool:
    """Whether an owner watches no more; then its lock is deleted."""
    try:
        with lock.open("r+b") as file:
            ended = take(file)
            if ended and sys.platform != "win32":
                # While it is held, so that nobody begins with a lock that is no longer there.
                _delete(lock)
    except OSError:
        return False
    if ended and sys.platform == "win32":
        # There, nobody can delete what is open, so nobody's lock can be deleted either.
        _delete(lock)
    return ended


def _delete(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _text(watched: Watched) -> str:
    return json.dumps({"format": _FORMAT, **asdict(watched)}, separators=(",", ":"))


def _read(path: Path) -> Watched | None:
    """What a file says; None for one of another version, and one that says nothing."""
    try:
        told = json.loads(read_plain(path, 2 * _MOST_LETTERS))
        if told.pop("format") != _FORMAT:
            return None
        trace = told.pop("trace")
        passages = tuple(_passage(one) for one in trace.pop("passages"))
        edits = tuple(map(str, trace.pop("edits")))
        what, share = told.pop("said")
        return Watched(
            trace=Trace(edits=edits, passages=passages, **trace),
            said=(str(what), float(share)),
            **told,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _passage(told: dict[str, Any]) -> Passage:
    made: Any = {
        one.name: tuple(value) if isinstance(value := told[one.name], list) else value
        for one in fields(Passage)
    }
    return Passage(**made)
