"""Which files decide how Ruff looks at a text, told apart by their state on disk.

Ruff takes the nearest of its configuration files above a document, with what that one extends, or
the user's own ("Configuring Ruff" in its manual). All of them are taken here: one more than counts
costs nothing but a comparison.
"""

from __future__ import annotations

import os
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_config_path

from understudy.core.plain_files import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = (".ruff.toml", "ruff.toml", "pyproject.toml")
_MAX_FILES = 200
_MAX_BYTES = 4 * 1024 * 1024

State = tuple[str, int, int, int]
"""Path, time of change in nanoseconds, size in bytes, number of the file on its disk."""


def config_states(path: Path) -> tuple[State, ...]:
    """The states of all files that may configure Ruff for a document. Reads files."""
    folders = [*path.parents, user_config_path("ruff"), Path("~/.config/ruff").expanduser()]
    waiting = [folder / name for folder in folders for name in _NAMES]
    found: dict[str, State] = {}
    while waiting and len(found) < _MAX_FILES:
        one = os.path.normpath(waiting.pop())
        state = None if one in found else _state(one)
        if state is not None:
            found[one] = state
            waiting += map(Path, _extended(state))
    return tuple(sorted(found.values()))


def _state(path: str) -> State | None:
    try:
        seen = os.stat(path)  # noqa: PTH116 - a path object for each of these is felt
    except (OSError, ValueError):
        return None
    return path, seen.st_mtime_ns, seen.st_size, seen.st_ino


@lru_cache(maxsize=_MAX_FILES)
def _extended(state: State) -> tuple[str, ...]:
    """The paths of the files that a configuration file in this state builds on."""
    path = Path(state[0])
    if state[2] > _MAX_BYTES:
        return ()
    try:
        content = tomllib.loads(read_plain(path, _MAX_BYTES).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return ()
    return tuple(str(path.parent / one) for one in _extends(content))


def _extends(content: dict[str, object]) -> Iterator[str]:
    tool = content.get("tool")
    for table in (content, tool.get("ruff") if isinstance(tool, dict) else None):
        value = table.get("extend") if isinstance(table, dict) else None
        if isinstance(value, str) and "\0" not in value:
            yield os.path.expandvars(str(Path(value).expanduser()))
