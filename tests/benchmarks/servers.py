"""The servers that are measured: ours, the least that one in Python can cost, and a fast peer."""

from __future__ import annotations

import contextlib
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FLOORS = Path(__file__).parent / "floors"


def tool(name: str) -> str:
    """A program of the environment that runs this."""
    found = shutil.which(name, path=sysconfig.get_path("scripts"))
    if found is None:
        raise SystemExit(f"`{name}` is not installed beside this interpreter: run `make venv`.")
    return found


OURS = (tool("understudy"), "serve")
RUFF = (tool("ruff"), "server")
EMPTY_PYGLS = (sys.executable, str(_FLOORS / "empty_pygls.py"))
ONE_ACTION = (sys.executable, str(_FLOORS / "one_action.py"))

OPTIONS = {
    "trusted": True,
    "gate": {"auto_apply": True},
    # Whether a type checker is installed differs between machines; the promise is made without.
    "checkers": {"basedpyright": {"enabled": False}},
}
"""What the editor configures: edits of the best band are applied at once."""


@contextlib.contextmanager
def workspace() -> Iterator[tuple[Path, Path]]:
    """An empty folder to work in, and another for what Understudy keeps."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        root, home = folder / "workspace", folder / "home"
        root.mkdir()
        home.mkdir()
        yield root, home
