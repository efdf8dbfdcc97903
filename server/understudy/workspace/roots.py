"""Which folder a file belongs to when no editor says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.workspace.paths import OWN_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

_MARKERS = ("pyproject.toml", ".git", OWN_FOLDER)


def root_of(path: Path) -> Path:
    """The workspace folder of an absolute path.

    It is the nearest folder, from the path upwards, with a `pyproject.toml`, a `.git` or an
    `.understudy`. Without any it is the path itself, or the folder that holds the file.
    """
    folder = path if path.is_dir() else path.parent
    marked = (each for each in (folder, *folder.parents) if _is_marked(each))
    return next(marked, folder)


def _is_marked(folder: Path) -> bool:
    return any((folder / marker).exists() for marker in _MARKERS)
