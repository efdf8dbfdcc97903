"""Node packages for tests, from `tests/tools/node/package.json`."""

from __future__ import annotations

import os
from pathlib import Path

from tests.support import missing, require


def installed(name: str) -> Path:
    """The folder of a package below `UNDERSTUDY_NODE_MODULES`; ends the test where it is missing."""
    require("node")
    folder = Path(os.environ.get("UNDERSTUDY_NODE_MODULES") or "nowhere", name)
    return folder if folder.is_dir() else missing(f"`{name}` is not in UNDERSTUDY_NODE_MODULES.")


def install(root: Path, name: str, *, also_called: str = "") -> Path:
    """Make a package look as if it was installed in a project."""
    package = installed(also_called or name)
    link = root / "node_modules" / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(package, target_is_directory=True)
    return link
