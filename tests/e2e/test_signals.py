"""A server that the system asks to end does so in order."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from typing import TYPE_CHECKING

import pytest

from tests.e2e.editor import Buffer, Editor
from tests.e2e.raw_client import LIMIT_S, Server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"


@pytest.mark.skipif(os.name == "nt", reason="Only on systems with these signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_leaves_no_shown_diff_behind(
    name: str,
    start: Callable[..., Server],
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    server = start()
    server.initialize(workspace, capabilities={"window": {"showDocument": {"support": True}}})
    editor = Editor(server, (workspace / "total.py").as_uri(), Buffer(TEXT))
    editor.open()
    editor.choose = "Show diff"
    editor.wire.answers["window/showDocument"] = lambda _: _answer_once(editor)
    editor.fix("reslt")
    editor.wire.wait_for("window/showDocument")
    assert list(scratch.glob("understudy-*"))
    server.process.send_signal(getattr(signal, name))
    assert server.process.wait(LIMIT_S) == 1
    assert not list(scratch.glob("understudy-*"))


def _answer_once(editor: Editor) -> dict[str, bool]:
    editor.choose = None
    return {"success": True}


@pytest.mark.skipif(os.name != "posix", reason="Only on POSIX can a server be killed like this.")
def test_what_a_killed_server_showed_is_removed_by_the_next_one(
    tmp_path: Path, home: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    with Server(home) as killed:
        killed.initialize(workspace, capabilities={"window": {"showDocument": {"support": True}}})
        killed.wire.request(
            "workspace/executeCommand", {"command": "understudy.doctor", "arguments": []}
        )
        killed.wire.wait_for("window/showDocument")
    (left,) = scratch.glob("understudy-*")
    with Server(home) as server:
        server.initialize(workspace)
        deadline = time.monotonic() + LIMIT_S
        while left.exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert server.leave() == 0
