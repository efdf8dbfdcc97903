"""A workspace's name in the journal."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def workspace_id(root: Path) -> str:
    """Tells workspaces apart without naming them: 16 hexadecimal digits of the folder's SHA-256."""
    return hashlib.sha256(root.as_posix().encode("utf-8", "surrogatepass")).hexdigest()[:16]
