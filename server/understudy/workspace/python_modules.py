"""The Python modules that a workspace itself holds, by their dotted names. Nothing is executed."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from understudy.workspace.folders import changed_ns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MAX_FILES = 1_500
MAX_FOLDERS = 1_000
MAX_DEPTH = 10
SKIPPED = frozenset(
    {"node_modules", "venv", "env", "__pycache__", "site-packages", "build", "dist", "target"}
)


def own_modules(root: Path | None, here: Path | None) -> Mapping[str, Path]:
    """Dotted module name → file, for the modules below `root`.

    A package's name starts at the topmost folder with an `__init__.py`, so that `src/` and other
    roots of packages leave no trace in it. A file outside any package is named by its stem when
    it lies in the workspace folder, in `src`, or beside `here`; elsewhere by its folders.
    """
    if root is None:
        return {}
    found: dict[str, Path] = {}
    beside = here.parent if here is not None else root
    for folder, files, packages in _walk(root):
        prefix = _prefix(folder, root, packages, plain=folder in (root, root / "src", beside))
        if prefix is None:
            continue
        for file in files:
            name = ".".join(part for part in (*prefix, file[:-3]) if part != "__init__")
            if name:
                found.setdefault(name, folder / file)
    return found


def _prefix(folder: Path, root: Path, packages: set[Path], *, plain: bool) -> list[str] | None:
    if folder in packages:
        parts: list[str] = []
        while folder in packages and folder != root:
            parts.insert(0, folder.name)
            folder = folder.parent
        return parts
    if plain:
        return []
    parts = list(folder.relative_to(root).parts)
    return parts if all(part.isidentifier() for part in parts) else None


def _walk(root: Path) -> Iterator[tuple[Path, tuple[str, ...], set[Path]]]:
    """`(folder, its Python files, the packages seen so far)`, upper folders first."""
    packages: set[Path] = set()
    todo = [(root, 0)]
    files_left = MAX_FILES
    for folder, depth in todo:
        folders, files = _listing(str(folder), changed_ns(folder))
        if "__init__.py" in files:
            packages.add(folder)
        yield folder, files[:files_left], packages
        files_left -= len(files)
        if files_left <= 0:
            return
        if depth < MAX_DEPTH and len(todo) < MAX_FOLDERS:
            todo += [(folder / name, depth + 1) for name in folders]


@lru_cache(maxsize=4 * MAX_FOLDERS)
def _listing(folder: str, _stamp: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folders to go into and the Python files of one folder, sorted."""
    folders: list[str] = []
    files: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name == "pyvenv.cfg":
                    return (), ()
                if entry.name.endswith(".py") and entry.name[:-3].isidentifier():
                    files.append(entry.name)
                elif _is_entered(entry):
                    folders.append(entry.name)
    except (OSError, ValueError):
        return (), ()
    return tuple(sorted(folders)), tuple(sorted(files))


def _is_entered(entry: os.DirEntry[str]) -> bool:
    """Links are left out, so that the walk ends and stays in the workspace."""
    if entry.name.startswith(".") or entry.name in SKIPPED:
        return False
    return entry.is_dir(follow_symlinks=False)
