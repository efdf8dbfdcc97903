"""Folders of small texts that people write by hand, such as fragments and lessons.

Files are read again when they changed. One that is broken while somebody writes it counts as it was
when it was last good.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from understudy.core.plain_files import read_plain
from understudy.core.text import Span
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")
L_contra = TypeVar("L_contra", bound=str, contravariant=True)
L = TypeVar("L", bound=str)

_MOST_FILES = 500
_MOST_FOLDERS = 32


class Read(Protocol[T_co, L_contra]):
    """Reads one file."""

    def __call__(
        self, text: str, name: str, level: L_contra, path: str, /
    ) -> tuple[T_co | None, tuple[Trouble, ...]]:
        """What a file holds, None when there is an error, and what is wrong. Never raises.

        Args:
            text: of the file.
            name: of the file without its ending.
            level: whose folder it lies in.
            path: for people.
        """


@dataclass(frozen=True, slots=True)
class Form(Generic[T, L]):
    """What the files of one kind are like.

    Attributes:
        endings: of their names.
        most_characters: the reader may complain of longer ones, so they are read a little further.
    """

    endings: tuple[str, ...]
    most_characters: int
    read: Read[T, L]


@dataclass
class _File(Generic[T]):
    """A file as it was read last."""

    stamp: tuple[int, int]
    troubles: tuple[Trouble, ...]
    good: T | None


@dataclass
class Folder(Generic[T, L]):
    """The files of one folder. Threads may share it.

    Attributes:
        within: a folder that the files must not lead out of; None where they may lie anywhere.
    """

    path: Path
    level: L
    within: Path | None
    form: Form[T, L]
    _files: dict[str, _File[T]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def values(self) -> list[T]:
        """The last good version of each file. May block."""
        with self._lock:
            self._look()
            return [file.good for file in self._files.values() if file.good is not None]

    def troubles(self) -> list[tuple[str, Trouble]]:
        """What was wrong with the files when they were last looked at, with their paths."""
        with self._lock:
            files = list(self._files.items())
        return [(name, trouble) for name, file in files for trouble in file.troubles]

    def _look(self) -> None:
        known = self._files
        self._files = {
            name: known[name]
            if name in known and known[name].stamp == stamp
            else self._read(name, stamp, known.get(name))
            for name, stamp in self._listed()
        }

    def _listed(self) -> Iterator[tuple[str, tuple[int, int]]]:
        try:
            with os.scandir(self.path) as entries:
                files = [entry for entry in entries if entry.name.endswith(self.form.endings)]
                for entry in sorted(files, key=lambda one: one.name)[:_MOST_FILES]:
                    found = entry.stat()
                    yield entry.path, (found.st_mtime_ns, found.st_size)
        except OSError:
            return

    def _read(self, name: str, stamp: tuple[int, int], known: _File[T] | None) -> _File[T]:
        path = Path(name)
        last = known.good if known else None
        try:
            self._check(path)
            text = read_plain(path, 4 * self.form.most_characters + 1).decode("utf-8")
        except (OSError, ValueError, RuntimeError) as error:
            trouble = Trouble(Span(0, 0), f"`{path.name}` can't be read: {error}", code="unread")
            return _File(stamp, (trouble,), last)
        found, troubles = self.form.read(text, path.stem, self.level, name)
        return _File(stamp, troubles, last if found is None else found)

    def _check(self, path: Path) -> None:
        """A workspace's file lies in the workspace: a link could show any file of this machine."""
        if self.within is not None and not path.resolve().is_relative_to(self.within.resolve()):
            raise ValueError("it lies outside of the workspace")


class Folders(Generic[T, L]):
    """The folders that were asked for last. Threads may share them."""

    def __init__(self, form: Form[T, L]) -> None:
        """Nothing is read yet."""
        self._form = form
        self._known: dict[tuple[Path, L], Folder[T, L]] = {}
        self._lock = Lock()

    def at(self, path: Path, level: L, within: Path | None = None) -> Folder[T, L]:
        """A folder, which need not be there."""
        with self._lock:
            found = self._known.pop((path, level), None)
            found = found or Folder(path, level, within, self._form)
            self._known[path, level] = found
            while len(self._known) > _MOST_FOLDERS:
                del self._known[next(iter(self._known))]
            return found
