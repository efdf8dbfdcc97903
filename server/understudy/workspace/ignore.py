"""Walk a folder as its owner sees it: ignore files count, and so does what tools put there.

Rules are git's: those of a deeper file go before those above it, in one file the last match
decides. `.understudyignore` is read like more lines of the `.gitignore` beside it, and the
repository's own `.git/info/exclude` like lines before those of its `.gitignore`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.plain_files import NotPlainError, read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathspec import GitIgnoreSpec

IGNORE_FILES = (".git/info/exclude", ".gitignore", ".understudyignore")
_MAX_RULES_BYTES = 256 * 1024
_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of one folder."""

    folder: Path
    spec: GitIgnoreSpec

    def says(self, path: Path, *, is_folder: bool) -> bool | None:
        """Whether the path is ignored; None when no rule is about it."""
        name = path.relative_to(self.folder).as_posix()
        return self.spec.check_file(f"{name}/" if is_folder else name).include


def walk(top: Path) -> Iterator[Path]:
    """The files of a folder, by name, without those that nobody wrote by hand.

    Left out are ignored files, hidden ones, links, virtual environments and installed packages.
    A folder that is ignored itself was named by the user all the same, so rules from above it do
    not count then. Folders that can't be read are passed over.

    Args:
        top: an absolute path.
    """
    yield from _walk(top, _rules_above(top))


def is_ignored(path: Path, root: Path | None) -> bool:
    """Whether ignore files leave out a file, or a folder that holds it.

    Args:
        path: an absolute path.
        root: the workspace folder. Rules count from the nearest repository's folder or from there,
            whichever is further up.
    """
    parents = list(path.parents)
    nearest = next((at for at, parent in enumerate(parents) if _is_repository(parent)), 0)
    top = max(nearest, parents.index(root) if root in parents else 0)
    way = [*reversed(parents[: top + 1]), path]
    rules: tuple[_Rules, ...] = ()
    for folder, below in pairwise(way):
        rules = (*rules, *_rules_in(folder))
        if _ignores(rules, below, is_folder=below != path):
            return True
    return False


def _walk(folder: Path, above: tuple[_Rules, ...]) -> Iterator[Path]:
    rules = (*above, *_rules_in(folder))
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = Path(entry.path)
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name.startswith(".") or _ignores(rules, path, is_folder=is_folder):
            continue
        if is_folder:
            if entry.name not in _SKIPPED and not (path / "pyvenv.cfg").is_file():
                yield from _walk(path, rules)
        elif entry.is_file(follow_symlinks=False):
            yield path


def _rules_above(top: Path) -> tuple[_Rules, ...]:
    """The rules from the repository's folder down to the one above `top`."""
    parents = list(top.parents)
    stop = next((at for at, parent in enumerate(parents) if _is_repository(parent)), -1)
    if stop < 0 or _is_repository(top):
        return ()
    rules: tuple[_Rules, ...] = ()
    way = [*reversed(parents[: stop + 1]), top]
    for folder, below in pairwise(way):
        rules = (*rules, *_rules_in(folder))
        if _ignores(rules, below, is_folder=True):
            return ()
    return rules


def _ignores(rules: tuple[_Rules, ...], path: Path, *, is_folder: bool) -> bool:
    said = (each.says(path, is_folder=is_folder) for each in reversed(rules))
    return next((answer for answer in said if answer is not None), False)


def _rules_in(folder: Path) -> tuple[_Rules, ...]:
    lines = [line for name in IGNORE_FILES for line in _lines_of(folder / name)]
    return (_Rules(folder, _spec(lines)),) if lines else ()


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


def _spec(lines: list[str]) -> GitIgnoreSpec:
    """The rules of some lines; a line that is no pattern is left out, as git does."""
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
