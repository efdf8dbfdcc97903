"""What tests of several rooms share."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest


def require(tool: str) -> str:
    """The path of an outside program; skips the test where it is not installed.

    With `UNDERSTUDY_REQUIRE_ALL=1`, as on the machine that must run everything, it fails instead.
    """
    found = shutil.which(tool, path=os.pathsep.join((str(Path(sys.executable).parent), os.defpath)))
    found = found or shutil.which(tool)
    return found or missing(f"`{tool}` is not installed.")


def missing(why: str) -> NoReturn:
    """End the test because something outside the project is not there."""
    if os.environ.get("UNDERSTUDY_REQUIRE_ALL") == "1":
        pytest.fail(f"{why} UNDERSTUDY_REQUIRE_ALL=1 asks for it.")
    pytest.skip(why)
