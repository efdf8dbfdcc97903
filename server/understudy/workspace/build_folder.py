"""A folder of the user's cache for what is built of one project, and one process that may use it."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from understudy.config.paths import cache_folder
from understudy.core.failures import UnavailableError
from understudy.workspace.file_lock import take

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_PROJECTS = 8
"""Of how many projects something is kept; what was used longest ago goes first."""


class BuildFolder:
    """A folder that is this process's own until it is let go of.

    Attributes:
        path: the folder, readable by the user alone. What is in it survives, except when another
            process had the project's folder already: then it is a temporary one.
    """

    def __init__(self, path: Path, lock: BinaryIO | None) -> None:
        self.path = path
        self._lock = lock

    @classmethod
    def of(cls, root: Path) -> BuildFolder:
        """The folder for a project.

        Raises:
            UnavailableError: when none can be made.
        """
        key = blake2b(os.path.realpath(root).encode("utf-8", "surrogatepass"), digest_size=12)
        folder = cache_folder() / "builds" / key.hexdigest()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = (folder / "lock").open("ab")
            if take(lock):
                os.utime(folder)
                _make_room(folder)
                return cls(folder, lock)
            lock.close()
            return cls(Path(tempfile.mkdtemp(prefix="understudy-build-")), None)
        except OSError as error:
            raise UnavailableError(f"No folder to build in can be made: {error}.") from error

    def let_go(self) -> None:
        """Another process may use it now; a temporary one is deleted."""
        if self._lock is None:
            shutil.rmtree(self.path, ignore_errors=True)
        else:
            self._lock.close()


def _make_room(used: Path) -> None:
    """Delete what was built of the projects that nobody looked at for the longest time."""
    others = sorted(_folders(used.parent, used), key=lambda each: each[0], reverse=True)
    for _, folder in others[_MAX_PROJECTS - 1 :]:
        with contextlib.suppress(OSError), (folder / "lock").open("ab") as lock:
            if take(lock):
                shutil.rmtree(folder, ignore_errors=True)


def _folders(parent: Path, but: Path) -> Iterator[tuple[float, Path]]:
    for folder in parent.iterdir():
        if folder != but:
            with contextlib.suppress(OSError):
                yield folder.stat().st_mtime, folder
