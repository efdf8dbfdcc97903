"""The names of the files of a workspace, wherever they lie."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from understudy.workspace.ignore import is_skipped_by_name

if TYPE_CHECKING:
    from pathlib import Path

_MOST = 50_000
"""So many entries take a fifth of a second; a folder with more of them is not looked through."""


def names_below(root: Path, but: Path | None) -> frozenset[str] | None:
    """The names of all files below a folder, without those that nobody edits; None for too many.

    Hidden and installed files are left out, and what lies behind links. Touches the disk.

    Args:
        root: the folder.
        but: a file that does not count; None for none.
    """
    found: set[str] = set()
    waiting, left = [str(root)], _MOST
    while waiting:
        for entry in _entries(waiting.pop()):
            left -= 1
            if left < 0:
                return None
            if is_skipped_by_name((entry.name,)):
                continue
            if _is_folder(entry):
                waiting.append(entry.path)
            elif entry.path != str(but):
                found.add(entry.name)
    return frozenset(found)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
