"""The tools for the patches of `tests/corpus/patches`: which are here, and how they are found."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from tests.foreign_tools import node_modules

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEEDED = {
    "python": ("ruff", "basedpyright"),
    "go": ("go", "gofmt", "gopls"),
    "rust": ("cargo", "rustc"),
    "typescript": ("node",),
}


def missing_for(language: str) -> str:
    """What of a language's tools is not here, as a sentence; empty when all are."""
    beside = Path(sys.executable).parent
    path = os.pathsep.join((str(beside), os.environ.get("PATH", "")))
    lost = [name for name in _NEEDED[language] if shutil.which(name, path=path) is None]
    if lost:
        return f"`{lost[0]}` is not installed."
    if language == "typescript" and node_modules() is None:
        return "UNDERSTUDY_NODE_MODULES names no folder with typescript."
    return ""


@contextmanager
def with_tools() -> Iterator[None]:
    """Find typescript as if it were installed for everybody, and keep no state of the user's."""
    modules = node_modules()
    path = os.environ.get("PATH", "")
    if modules is not None:
        path = os.pathsep.join((path, str(modules.parent)))
    with (
        tempfile.TemporaryDirectory(prefix="understudy-patches-") as home,
        patch.dict(os.environ, {"PATH": path, "UNDERSTUDY_HOME": home}),
    ):
        yield
