"""The parts of the VS Code extension that need no window, and its first start."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.editors.trial import BROKEN, FIXED
from tests.editors.vscode_build import CLIENT, find_build
from tests.editors.vscode_cases import folder_with
from tests.editors.vscode_editor import paths, running
from tests.support import missing, require

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.timeout(240)


def test_the_parts_of_the_extension_work_alone() -> None:
    node = require("node")
    if not (CLIENT / "node_modules" / "esbuild").is_dir():
        missing("`npm install` was not run in vscode-client.")
    subprocess.run((node, "build.mjs", "tests"), cwd=CLIENT, check=True)
    ended = subprocess.run(
        (node, "--test", "dist/tests/"), cwd=CLIENT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout


def test_without_a_server_the_one_of_the_extension_is_installed(tmp_path: Path) -> None:
    with running(find_build(), tmp_path / "code", paths()) as code:
        shop = folder_with(tmp_path / "shop", cart=BROKEN)
        code.play("install", tmp_path, FOLDER=str(shop), FIXED=FIXED)
