"""Nothing leaves the machine: a whole fix opens no socket to anywhere."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.e2e.editor import Buffer, Editor
from tests.e2e.processes import children
from tests.e2e.test_transports import port_of
from tests.support import require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.e2e.raw_client import Server

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Only on POSIX does an event loop work without a TCP socket."
)

TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"

_WATCH = """
import json, os, socket, sys

def note(event, arguments):
    if event == "socket.__new__":
        told = {"event": event, "family": int(arguments[1])}
    elif event.startswith("socket."):
        told = {"event": event, "family": None}
    else:
        return
    with open(os.environ["WATCHED_SOCKETS"], "a") as file:
        file.write(json.dumps(told) + "\\n")

sys.addaudithook(note)
"""
_LOCAL = {"socket.__new__", "socket.gethostname"}


@pytest.fixture
def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What every Python process of the test does with sockets is written into this file."""
    folder, notes = tmp_path / "watch", tmp_path / "sockets.txt"
    folder.mkdir()
    notes.touch()
    (folder / "sitecustomize.py").write_text(_WATCH, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("WATCHED_SOCKETS", str(notes))
    return notes


def reaching(notes: Path) -> list[dict[str, object]]:
    """What was done with sockets that lead out of the process and its children."""
    import socket

    found = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]
    return [
        one
        for one in found
        if one["event"] not in _LOCAL or one["family"] not in {None, int(socket.AF_UNIX)}
    ]


def connections(process_id: int) -> Iterator[object]:
    """The network connections of a server and all below it, whatever they are written in."""
    for process in (psutil.Process(process_id), *children(process_id)):
        yield from process.net_connections(kind="inet")


def test_a_whole_fix_opens_no_socket(
    noted: Path, start: Callable[..., Server], workspace: Path, home: Path
) -> None:
    folder = str(Path(require("basedpyright-langserver")).parent)
    # All checkers, as a user has them.
    (home / "config.toml").unlink()
    server = start(path=os.pathsep.join((folder, os.environ["PATH"])))
    server.initialize(workspace)
    editor = Editor(server, (workspace / "total.py").as_uri(), Buffer(TEXT))
    editor.open()
    found: list[object] = []

    def look(params: dict[str, object]) -> dict[str, str]:
        # Checkers that are kept warm still run while the question stands.
        found.extend(connections(server.process.pid))
        return {"title": "Apply"}

    server.wire.answers["window/showMessageRequest"] = look
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    assert editor.actions("result")
    assert editor.buffer.text == TEXT.replace("reslt", "result")
    assert children(server.process.pid)
    found.extend(connections(server.process.pid))
    assert server.leave() == 0
    assert found == []
    assert reaching(noted) == []


def test_a_socket_would_have_been_seen(noted: Path, start: Callable[..., Server]) -> None:
    server = start("--tcp", "127.0.0.1:0")
    port_of(server)
    assert "socket.bind" in {one["event"] for one in reaching(noted)}
    assert list(connections(server.process.pid))
