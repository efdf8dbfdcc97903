"""Whether the files that settings and trust come from are still the ones that were read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from understudy.config.paths import config_file, trust_file
from understudy.config.source import WORKSPACE_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    Stamps = tuple[tuple[str, tuple[int, ...]], ...]


def stamps(roots: Iterable[Path]) -> Stamps:
    """What tells the files apart from changed ones, each with its path; nothing for one that is not there.

    Looks at each file without opening it; never raises.
    """
    files = (config_file(), trust_file(), *(root.joinpath(*WORKSPACE_FILE) for root in roots))
    return tuple((str(file), stamp(file)) for file in files)


def stamp(file: Path) -> tuple[int, ...]:
    """What tells a file apart from a changed one; empty when it is not there. Never raises."""
    try:
        found = os.stat(file)  # noqa: PTH116 - `Path.stat` takes twice as long
    except (OSError, ValueError):
        return ()
    # The time of the last change of owner or mode as well: trust depends on them.
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
