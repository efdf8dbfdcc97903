"""All fragments that count in a place: the built-in ones, the user's, and a trusted workspace's.

Files are read again when they changed. One that is broken, or gone while it is being written, is
replaced by its last good version, and else by what lies below it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from understudy.config.paths import config_folder
from understudy.config.policy import Trust
from understudy.core.plain_files import read_plain
from understudy.core.text import Span
from understudy.prompt.fragment import LAYERS, MOST_CHARACTERS, Fragment, read_fragment
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.prompt.fragment import Layer
    from understudy.workspace.view import View

BUILT_IN = Path(__file__).parent.parent / "fragments"
FOLDER = "fragments"
WORKSPACE = ".understudy"
ENDINGS = (".md", ".hbs", ".handlebars")
_MOST_FILES = 500
_MOST_FOLDERS = 32


@dataclass(frozen=True, slots=True)
class Library:
    """Fragments by their id.

    Attributes:
        by_id: all with that id, the one that counts first.
        troubles: what is wrong, with the path of the file.
    """

    by_id: Mapping[str, tuple[Fragment, ...]]
    troubles: tuple[tuple[str, Trouble], ...] = ()

    def find(self, id_: str) -> Fragment | None:
        """The fragment that counts."""
        found = self.by_id.get(id_)
        return found[0] if found else None

    def all(self) -> tuple[Fragment, ...]:
        """Those that count, by their ids."""
        return tuple(self.by_id[id_][0] for id_ in sorted(self.by_id))

    def below(self, fragment: Fragment) -> Fragment | None:
        """The one that would count without this one."""
        found = self.by_id.get(fragment.id, ())
        place = next((n for n, one in enumerate(found) if one.layer == fragment.layer), len(found))
        return found[place + 1] if place + 1 < len(found) else None

    def with_fragment(self, fragment: Fragment) -> Library:
        """The library in which a file holds this fragment instead, as an editor does."""
        kept = [
            one
            for many in self.by_id.values()
            for one in many
            if not (one.layer == fragment.layer and one.path == fragment.path)
        ]
        return library_of([*kept, fragment], self.troubles)


def library_of(
    fragments: list[Fragment], troubles: tuple[tuple[str, Trouble], ...] = ()
) -> Library:
    """Fragments put over each other by their layers; of two in one layer the first file counts."""
    by_id: dict[str, tuple[Fragment, ...]] = {}
    for layer in reversed(LAYERS):
        for one in sorted((one for one in fragments if one.layer == layer), key=_by_path):
            known = by_id.get(one.id, ())
            if not known or known[-1].layer != layer:
                by_id[one.id] = (*known, one)
    return Library(by_id, troubles)


def _by_path(fragment: Fragment) -> str:
    return fragment.path


def user_folder() -> Path:
    """Where the user's own fragments lie."""
    return config_folder() / FOLDER


def workspace_folder(root: Path) -> Path:
    """Where a workspace's fragments lie."""
    return root / WORKSPACE / FOLDER


def layer_of(path: Path, root: Path | None) -> Layer | None:
    """The layer of a file by where it lies; None for one that is no fragment."""
    if path.suffix not in ENDINGS:
        return None
    if path.parent == user_folder():
        return "user"
    if root is not None and path.parent == workspace_folder(root):
        return "workspace"
    return "built-in" if path.parent == BUILT_IN else None


def load_library(root: Path | None) -> Library:
    """The fragments that count. May block: a folder's files are looked at each time.

    Args:
        root: a workspace folder that is trusted; None leaves the workspace's out.
    """
    fragments = list(_folder(BUILT_IN, "built-in", None).fragments())
    troubles: list[tuple[str, Trouble]] = []
    folders: list[tuple[Path, Layer, Path | None]] = [(user_folder(), "user", None)]
    if root is not None:
        folders.append((workspace_folder(root), "workspace", root))
    for place, layer, within in folders:
        folder = _folder(place, layer, within)
        fragments += folder.fragments()
        troubles += folder.troubles()
    return library_of(fragments, tuple(troubles))


def library_for(view: View) -> Library:
    """The fragments that count for a document."""
    return load_library(view.root if view.policy.trust is Trust.TRUSTED else None)


@dataclass
class _File:
    """A file as it was read last."""

    stamp: tuple[int, int]
    troubles: tuple[Trouble, ...]
    good: Fragment | None


@dataclass
class _Folder:
    """The fragments of one folder. Threads may share it."""

    path: Path
    layer: Layer
    within: Path | None
    _files: dict[str, _File] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def fragments(self) -> Iterator[Fragment]:
        """The last good version of each file."""
        with self._lock:
            self._look()
            found = [file.good for file in self._files.values()]
        return (one for one in found if one is not None)

    def troubles(self) -> Iterator[tuple[str, Trouble]]:
        """What is wrong with the files as they are."""
        with self._lock:
            files = list(self._files.items())
        return ((name, trouble) for name, file in files for trouble in file.troubles)

    def _look(self) -> None:
        there = dict(self._listed())
        self._files = {name: file for name, file in self._files.items() if name in there}
        for name, stamp in there.items():
            known = self._files.get(name)
            if known is None or known.stamp != stamp:
                self._files[name] = self._read(name, stamp, known)

    def _listed(self) -> Iterator[tuple[str, tuple[int, int]]]:
        try:
            with os.scandir(self.path) as entries:
                files = [entry for entry in entries if entry.name.endswith(ENDINGS)]
                for entry in sorted(files, key=lambda one: one.name)[:_MOST_FILES]:
                    found = entry.stat()
                    yield entry.path, (found.st_mtime_ns, found.st_size)
        except OSError:
            return

    def _read(self, name: str, stamp: tuple[int, int], known: _File | None) -> _File:
        path = Path(name)
        try:
            self._check(path)
            text = read_plain(path, 4 * MOST_CHARACTERS + 1).decode("utf-8")
        except (OSError, ValueError, RuntimeError) as error:
            trouble = Trouble(Span(0, 0), f"`{path.name}` can't be read: {error}", code="unread")
            return _File(stamp, (trouble,), known.good if known else None)
        reading = read_fragment(text, path.stem, self.layer, name)
        good = reading.fragment or (known.good if known else None)
        return _File(stamp, reading.troubles, good)

    def _check(self, path: Path) -> None:
        """A workspace's file lies in the workspace: a link could show any file of this machine."""
        if self.within is not None and not path.resolve().is_relative_to(self.within.resolve()):
            raise ValueError("it lies outside of the workspace")


_folders: dict[tuple[Path, Layer], _Folder] = {}
_folders_lock = Lock()


def _folder(path: Path, layer: Layer, within: Path | None) -> _Folder:
    with _folders_lock:
        found = _folders.pop((path, layer), None) or _Folder(path, layer, within)
        _folders[path, layer] = found
        while len(_folders) > _MOST_FOLDERS:
            del _folders[next(iter(_folders))]
        return found
