"""What tells that a listing of a folder is out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def changed_ns(folder: Path) -> int:
    """When an entry of the folder last came or went, in nanoseconds; 0 when that can't be told."""
    try:
        return folder.stat().st_mtime_ns
    except (OSError, ValueError):
        return 0
