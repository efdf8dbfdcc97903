"""A private copy of a project, in which one document is as it is in memory.

For tools that run the project's own code, such as build scripts: whatever those write, they write
into the copy. So nothing in it is a link to the user's files. It is kept between checks and brought
up to date by comparing sizes and times of change.
"""

from __future__ import annotations

import os
import shutil
import stat
import threading
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Stamp = tuple[object, ...]

MAX_FILES = 20_000
MAX_BYTES = 256 * 1024 * 1024
"""Larger projects are not copied."""
_LEFT_OUT = frozenset(
    {".git", ".hg", ".jj", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox"}
)
_CACHE_MARK = "CACHEDIR.TAG"
"""Tools mark folders with it that can be made again (https://bford.info/cachedir/), Cargo too."""


class ProjectCopy:
    """A copy of `root` at `tree`. Its methods block; one thread at a time is let in."""

    def __init__(self, root: Path, tree: Path) -> None:
        self.root = root
        self.tree = tree
        self._stamps: dict[str, Stamp] = {}
        self._turn = threading.Lock()
        self._is_made = False

    def refresh(self, path: Path, content: bytes) -> Path:
        """Bring the copy up to date, with `content` for the document.

        What is written is as new as now, so that build tools look at it again.

        Args:
            path: the document, below `root`; it need not exist.
            content: what it holds.

        Returns:
            The document's place in the copy.

        Raises:
            UnavailableError: when the project is too large, or can't be copied.
        """
        self.refresh_all({path: content})
        return self.tree / path.relative_to(self.root)

    def refresh_all(self, texts: Mapping[Path, bytes | None]) -> None:
        """As `refresh`, with several documents; None stands for one that is not there.

        Raises:
            UnavailableError: when the project is too large, or can't be copied.
        """
        own = {path.relative_to(self.root).as_posix(): texts[path] for path in texts}
        with self._turn:
            try:
                self._make()
                there = project_files(self.root)
                for name, content in own.items():
                    there.pop(name, None)
                    if content is not None:
                        there[name] = ("text", blake2b(content, digest_size=16).digest())
                for name in self._stamps.keys() - there.keys():
                    self._forget(name)
                for name, stamp in there.items():
                    if self._stamps.get(name) != stamp:
                        self._put(name, own.get(name))
                        self._stamps[name] = stamp
            except OSError as error:
                raise UnavailableError(f"The project can't be copied: {error}.") from error

    def remove(self) -> None:
        """Delete the copy."""
        with self._turn:
            self._stamps.clear()
            self._is_made = False
            shutil.rmtree(self.tree, ignore_errors=True)

    def _make(self) -> None:
        """An empty folder that nobody else can read: a process that was killed may have left one."""
        if not self._is_made:
            shutil.rmtree(self.tree, ignore_errors=True)
            self.tree.mkdir(mode=0o700, parents=True)
            self._is_made = True

    def _put(self, name: str, content: bytes | None) -> None:
        target = self.tree / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            shutil.copyfile(self.root / name, target)
        else:
            target.write_bytes(content)

    def _forget(self, name: str) -> None:
        (self.tree / name).unlink(missing_ok=True)
        del self._stamps[name]


def project_files(root: Path) -> dict[str, Stamp]:
    """Every file that belongs to a project, with what tells whether it changed.

    Raises:
        UnavailableError: when the project is too large.
        OSError: when it can't be listed.
    """
    found: dict[str, Stamp] = {}
    total = 0
    for name, status in _files(root, ""):
        total += status.st_size
        found[name] = (status.st_size, status.st_mtime_ns, status.st_ino)
        if len(found) > MAX_FILES or total > MAX_BYTES:
            raise UnavailableError(
                f"`{root}` is too large to be copied for a check: more than {MAX_FILES} files or"
                f" {MAX_BYTES // 1024**2} MiB."
            )
    return found


def _files(
    folder: Path, prefix: str, above: tuple[str, ...] = ()
) -> Iterator[tuple[str, os.stat_result]]:
    """Regular files by their path from the root. What links lead to is copied like the rest."""
    real = os.path.realpath(folder)
    if real in above:
        return
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    if prefix and any(entry.name == _CACHE_MARK for entry in listed):
        return
    for entry in listed:
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            if entry.name not in _LEFT_OUT:
                yield from _files(Path(entry.path), f"{name}/", (*above, real))
        elif (status := _status(entry)) is not None and stat.S_ISREG(status.st_mode):
            yield name, status


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    """None for a link that leads nowhere."""
    try:
        return entry.stat()
    except OSError:
        return None
