"""The folder of the reports that are shown, and what servers that were killed left of theirs."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.lsp.parent import is_alive

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"understudy-(\d{1,9})-\w+")
"""The process that a folder belongs to is part of its name."""


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder that only this user can read, removed when it is cleaned up."""
    return tempfile.TemporaryDirectory(prefix=f"understudy-{os.getpid()}-")


def remove_leftovers() -> None:
    """Remove this user's folders whose server is dead. Never raises; touches nothing else."""
    for folder in _leftovers():
        shutil.rmtree(folder, ignore_errors=True)


def _leftovers() -> Iterator[Path]:
    try:
        folders = list(Path(tempfile.gettempdir()).glob("understudy-*"))
    except OSError:
        return
    for folder in folders:
        named = _NAME.fullmatch(folder.name)
        if named is not None and not is_alive(int(named[1])) and _is_our_folder(folder):
            yield folder


def _is_our_folder(folder: Path) -> bool:
    """Whether it is a folder, no link to one, that this user made."""
    try:
        if folder.is_symlink() or not folder.is_dir():
            return False
        return os.name != "posix" or folder.stat().st_uid == os.getuid()
    except OSError:
        return False
