"""Whether a word stands anywhere in the sources of folders, read as bytes. Nothing is executed."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.plain_files import read_plain
from understudy.core.stopping import go_on
from understudy.workspace.folders import changed_ns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_FILES = 30_000
MAX_TOTAL_BYTES = 300_000_000
"""How much is read for one question: an environment of some gigabytes is not looked through."""

_SOURCES = (".py", ".pyi", ".pth", ".egg-link")
"""Sources, and the files by which an environment names folders elsewhere."""
_SKIPPED = frozenset({"__pycache__", "node_modules"})


def is_mentioned(word: str, files: Iterable[Path]) -> bool:
    """Whether one of the files has the word. Where there is too much to read, the answer is yes.

    So a no is certain, whatever the files hold.

    Raises:
        StoppedError: when nobody waits for the answer any more.
    """
    plain = word.encode("utf-8", "replace")
    whole = re.compile(rb"(?<![A-Za-z0-9_])" + re.escape(plain) + rb"(?![A-Za-z0-9_])")
    left = MAX_TOTAL_BYTES
    for count, file in enumerate(files):
        go_on()
        try:
            raw = read_plain(file, left + 1)
        except (OSError, ValueError):
            continue
        left -= len(raw)
        if count >= MAX_FILES or left < 0:
            return True
        if plain in raw and whole.search(raw):
            return True
    return False


def is_mentioned_below(word: str, folders: tuple[Path, ...]) -> bool:
    """As `is_mentioned`, for all sources below folders of packages; remembered until one changes.

    Raises:
        StoppedError: when nobody waits for the answer any more.
    """
    return _below(word, folders, tuple(map(changed_ns, folders)))


@lru_cache(maxsize=256)
def _below(word: str, folders: tuple[Path, ...], _stamps: tuple[int, ...]) -> bool:
    return is_mentioned(word, sources_in(folders))


def sources_in(folders: Iterable[Path], *, but: frozenset[str] = frozenset()) -> Iterator[Path]:
    """The Python sources below folders, links to folders left out; `but` names folders to skip."""
    for top in folders:
        for folder, names, files in os.walk(top):
            names[:] = [name for name in names if name not in _SKIPPED and name not in but]
            yield from (Path(folder, file) for file in files if file.endswith(_SOURCES))
