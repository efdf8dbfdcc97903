"""Walk a folder as its owner sees it: ignore files count, and so does what tools put there.

Rules are git's: those of a deeper file go before those above it, in one file the last match
decides. `.understudyignore` is read like more lines of the `.gitignore` beside it, and the
repository's own `.git/info/exclude` like lines before those of its `.gitignore`. What git tracks is
hidden by `.understudyignore` alone.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from understudy.core.plain_files import NotPlainError, read_plain
from understudy.workspace.ignore_lines import ignore_lines
from understudy.workspace.tracked import tracked_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.workspace.ignore_lines import IgnoreLines

_OWN = ".understudyignore"
IGNORE_FILES = (".git/info/exclude", ".gitignore", _OWN)
_IGNORE_NAMES = frozenset(name.partition("/")[0] for name in IGNORE_FILES)
_MAX_RULES_BYTES = 256 * 1024
_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})

Skipped = Literal["", "hidden", "ignored", "installed", "link", "not a file", "unreadable"]


class Seen(NamedTuple):
    """What a folder holds: a file, or something that is left out.

    Attributes:
        path: as a whole.
        skipped: why it is left out, with all that is in it; empty for a file that is not.
    """

    path: str
    entry: os.DirEntry[str] | None
    skipped: Skipped


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of one folder.

    Attributes:
        own: those of `.understudyignore` alone.
    """

    folder: str
    spec: IgnoreLines
    own: IgnoreLines | None = None

    def says(self, path: str, *, is_folder: bool, is_tracked: bool = False) -> bool | None:
        """Whether the path, which lies in the folder, is ignored; None when no rule is about it."""
        spec = self.own if is_tracked else self.spec
        if spec is None:
            return None
        name = path[len(self.folder) :].replace(os.sep, "/").lstrip("/")
        return spec.says(name, is_folder=is_folder)


@dataclass(frozen=True, slots=True)
class _Within:
    """What counts in a folder.

    Attributes:
        repository: the nearest one; None outside of any.
        is_ignored: whether the folder is ignored, and looked into for what git tracks in it.
    """

    rules: tuple[_Rules, ...] = ()
    repository: Path | None = None
    is_ignored: bool = False

    def below(self, folder: Path) -> _Within:
        """What counts in a folder that has rules of its own, perhaps."""
        return replace(self, rules=(*self.rules, *_rules_in(folder)))

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Whether ignore files are about a path, be it tracked or not."""
        return self.is_ignored or _ignores(self.rules, path, is_folder=is_folder)

    def shows(self, path: str, *, is_folder: bool) -> bool:
        """Whether git tracks an ignored file or something in a folder, and no own rule hides it."""
        if self.repository is None or not path.startswith(str(self.repository)):
            return False
        tracked = tracked_in(self.repository)
        name = path[len(str(self.repository)) :].replace(os.sep, "/").lstrip("/")
        if name not in (tracked.folders if is_folder else tracked.files):
            return False
        return not _ignores(self.rules, path, is_folder=is_folder, is_tracked=True)


def walk(top: Path) -> Iterator[Path]:
    """The files of a folder, by name, without those that nobody wrote by hand.

    Left out are ignored files, hidden ones, links, virtual environments and installed packages.
    A folder that is ignored itself was named by the user all the same, so rules from above it do
    not count then. Folders that can't be read are passed over.

    Args:
        top: an absolute path.
    """
    for path, _, skipped in look(top):
        if not skipped:
            yield Path(path)


def look(top: Path) -> Iterator[Seen]:
    """As `walk`, and what is left out is told as well, each with its reason.

    A folder that is left out is not looked into.
    """
    yield from _look(str(top), _above(top))


def is_ignored(path: Path, root: Path | None) -> bool:
    """Whether ignore files leave out a file, or a folder that holds it; not what git tracks.

    Args:
        path: an absolute path.
        root: the workspace folder. Rules count from the nearest repository's folder or from there,
            whichever is further up.
    """
    return IgnoreFiles().leave_out(path, root)


class IgnoreFiles:
    """The same for many files of one moment: each ignore file is read once."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._repositories: dict[Path, bool] = {}
        self._rules: dict[Path, tuple[_Rules, ...]] = {}
        self._within: dict[tuple[Path, Path, Path | None], _Within | None] = {}

    def leave_out(self, path: Path, root: Path | None) -> bool:
        """Whether ignore files leave out a file, or a folder that holds it; not what git tracks."""
        parents = list(path.parents)
        nearest = next((at for at, one in enumerate(parents) if self._is_repository(one)), -1)
        top = max(nearest, 0, parents.index(root) if root in parents else 0)
        repository = parents[nearest] if nearest >= 0 else None
        within: _Within | None = _Within(repository=repository)
        for folder, below in pairwise((*reversed(parents[: top + 1]), path)):
            key = below, parents[top], repository
            if key not in self._within:
                self._within[key] = self._step(within, folder, below, is_folder=below != path)
            within = self._within[key]
            if within is None:
                return True
        return False

    def _step(
        self, within: _Within | None, folder: Path, below: Path, *, is_folder: bool
    ) -> _Within | None:
        """What counts in something that a folder holds; None where it is left out."""
        if within is None:
            return None
        if folder not in self._rules:
            self._rules[folder] = _rules_in(folder)
        within, name = replace(within, rules=(*within.rules, *self._rules[folder])), str(below)
        if not within.ignores(name, is_folder=is_folder):
            return within
        if not within.shows(name, is_folder=is_folder):
            return None
        return replace(within, is_ignored=True)

    def _is_repository(self, folder: Path) -> bool:
        if folder not in self._repositories:
            self._repositories[folder] = _is_repository(folder)
        return self._repositories[folder]


def is_skipped_by_name(names: tuple[str, ...]) -> bool:
    """Whether a path's names below the workspace folder leave it out, whatever ignore files say."""
    return any(name.startswith(".") or name in _SKIPPED for name in names)


def _look(folder: str, above: _Within) -> Iterator[Seen]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        yield Seen(folder, None, "unreadable")
        return
    within = above
    names = {entry.name for entry in entries}
    if not names.isdisjoint(_IGNORE_NAMES):
        within = within.below(Path(folder))
    if ".git" in names and not within.is_ignored:
        within = replace(within, repository=Path(folder))
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        is_ignored = within.ignores(entry.path, is_folder=is_folder)
        skipped = _skipped(entry, within, is_folder=is_folder, is_ignored=is_ignored)
        if is_folder and not skipped:
            yield from _look(entry.path, replace(within, is_ignored=is_ignored))
        else:
            yield Seen(entry.path, entry, skipped)


def _skipped(
    entry: os.DirEntry[str], within: _Within, *, is_folder: bool, is_ignored: bool
) -> Skipped:
    if entry.name.startswith("."):
        return "hidden"
    if is_ignored and not within.shows(entry.path, is_folder=is_folder):
        return "ignored"
    if is_folder:
        is_environment = os.path.isfile(os.path.join(entry.path, "pyvenv.cfg"))  # noqa: PTH113, PTH118 - a `Path` for each folder takes twice as long
        return "installed" if entry.name in _SKIPPED or is_environment else ""
    if entry.is_symlink():
        return "link"
    return "" if entry.is_file(follow_symlinks=False) else "not a file"


def _above(top: Path) -> _Within:
    """What counts from the repository's folder down to the one above `top`."""
    parents = list(top.parents)
    stop = next((at for at, parent in enumerate(parents) if _is_repository(parent)), -1)
    if stop < 0 or _is_repository(top):
        return _Within()
    within = nothing = _Within(repository=parents[stop])
    way = [*reversed(parents[: stop + 1]), top]
    for folder, below in pairwise(way):
        within = within.below(folder)
        if within.ignores(str(below), is_folder=True):
            return nothing
    return within


def _ignores(
    rules: tuple[_Rules, ...], path: str, *, is_folder: bool, is_tracked: bool = False
) -> bool:
    said = (each.says(path, is_folder=is_folder, is_tracked=is_tracked) for each in reversed(rules))
    return next((answer for answer in said if answer is not None), False)


def _rules_in(folder: Path) -> tuple[_Rules, ...]:
    own = _lines_of(folder / _OWN)
    lines = [line for name in IGNORE_FILES[:-1] for line in _lines_of(folder / name)] + own
    return (
        (
            _Rules(
                str(folder),
                ignore_lines(tuple(lines)),
                ignore_lines(tuple(own)) if own else None,
            ),
        )
        if lines
        else ()
    )


def _lines_of(path: Path) -> list[str]:
    """The lines of an ignore file. One that is there and can't be read ignores everything."""
    try:
        return read_plain(path, _MAX_RULES_BYTES).decode("utf-8-sig", "replace").splitlines()
    except (FileNotFoundError, NotADirectoryError, NotPlainError, ValueError):
        return []
    except OSError:
        return ["*"]


def _is_repository(folder: Path) -> bool:
    return (folder / ".git").exists()
