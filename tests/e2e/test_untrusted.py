"""A folder that the user does not trust: its text is parsed, and nothing is started."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.editor import Buffer, Editor
from tests.e2e.processes import children

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.raw_client import Server

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Only on POSIX are stubs scripts.")

BROKEN = "def total(items)\n    return reslt\n"
TOOLS = (
    "ruff",
    "basedpyright-langserver",
    "pyright-langserver",
    "git",
    "python",
    "python3",
    "node",
)


@pytest.fixture
def witnessed(tmp_path: Path) -> tuple[str, Path]:
    """A `PATH` of programs that note that they were started, and their notes."""
    folder, notes = tmp_path / "bin", tmp_path / "started.txt"
    folder.mkdir()
    for name in TOOLS:
        stub = folder / name
        stub.write_text(f"#!/bin/sh\necho {name} >> '{notes}'\n", encoding="utf-8")
        stub.chmod(0o755)
    return str(folder), notes


def open_in(server: Server, workspace: Path, *, trusted: bool) -> Editor:
    server.initialize(workspace, initializationOptions={"workspaceTrusted": trusted})
    editor = Editor(server, (workspace / "total.py").as_uri(), Buffer(BROKEN))
    editor.open()
    return editor


def test_only_syntax_is_fixed_and_no_program_is_started(
    start: Callable[..., Server], witnessed: tuple[str, Path], workspace: Path, home: Path
) -> None:
    path, notes = witnessed
    # The user's own tool is not started for such a folder either.
    (home / "config.toml").write_text(
        f"[checkers.ruff]\ncommand = ['{Path(path, 'ruff')}']\n", encoding="utf-8"
    )
    server = start(path=path)
    editor = open_in(server, workspace, trusted=False)
    editor.execute("understudy.fixFile", {"uri": editor.uri})
    editor.wire.wait_for("workspace/applyEdit")
    assert editor.actions("total")
    assert editor.buffer.text == BROKEN.replace("(items)", "(items):")
    said = len(editor.wire.seen)
    editor.fix("reslt")
    editor.wire.wait_for("window/showMessage", after=said)
    assert children(server.process.pid) == []
    assert server.leave() == 0
    assert not notes.exists()


def test_the_witnesses_would_have_told(
    start: Callable[..., Server], witnessed: tuple[str, Path], workspace: Path, home: Path
) -> None:
    path, notes = witnessed
    (home / "config.toml").write_text(
        f"[checkers.ruff]\ncommand = ['{Path(path, 'ruff')}']\n", encoding="utf-8"
    )
    server = start(path=path)
    editor = open_in(server, workspace, trusted=True)
    editor.execute("understudy.fixFile", {"uri": editor.uri})
    editor.wire.wait_for("workspace/applyEdit")
    assert "ruff" in notes.read_text(encoding="utf-8")
