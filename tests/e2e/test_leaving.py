"""How the server ends: with the right code, quickly, and without leaving anything behind."""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.e2e.editor import Buffer, Editor
from tests.e2e.processes import (
    GONE_S,
    children,
    settled_resources,
    wait_for_resources,
    wait_until_gone,
)
from tests.e2e.raw_client import LIMIT_S, NO_ANSWER, SERVER, Server, hello
from tests.support import require

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.slow_tool import SlowTool

TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"


def open_in(server: Server, workspace: Path) -> Editor:
    server.initialize(workspace)
    return open_in_started(server, workspace)


def open_in_started(server: Server, workspace: Path) -> Editor:
    editor = Editor(server, (workspace / "total.py").as_uri(), Buffer(TEXT))
    editor.open()
    return editor


def test_exit_after_shutdown_is_a_success(server: Server, workspace: Path) -> None:
    server.initialize(workspace)
    assert server.leave() == 0
    assert server.log() == ""


def test_exit_without_shutdown_is_a_failure(server: Server, workspace: Path) -> None:
    server.initialize(workspace)
    server.wire.notify("exit", None)
    assert server.process.wait(LIMIT_S) == 1


def test_exit_before_the_handshake_is_a_failure(server: Server) -> None:
    server.wire.notify("exit", None)
    assert server.process.wait(LIMIT_S) == 1


def test_shutdown_during_a_run_ends_the_run(
    slow: SlowTool, server: Server, workspace: Path
) -> None:
    editor = open_in(server, workspace)
    editor.fix("reslt")
    slow.wait_until_started()
    tools = children(server.process.pid)
    assert server.leave() == 0
    wait_until_gone(tools)
    assert server.log() == ""


def test_exit_during_many_runs_does_not_wait_for_them(
    slow: SlowTool, server: Server, workspace: Path
) -> None:
    editor = open_in(server, workspace)
    for _ in range(8):
        editor.fix("reslt")
    slow.wait_until_started()
    tools = children(server.process.pid)
    started = time.monotonic()
    server.wire.notify("exit", None)
    assert server.process.wait(LIMIT_S) == 1
    wait_until_gone(tools)
    assert time.monotonic() - started < GONE_S
    assert server.log() == ""


def test_exit_while_the_client_is_asked_ends_at_once(server: Server, workspace: Path) -> None:
    editor = open_in(server, workspace)
    editor.wire.answers["window/showMessageRequest"] = lambda _: NO_ANSWER
    editor.fix("reslt")
    editor.wire.wait_for("window/showMessageRequest")
    assert server.leave() == 0
    assert server.log() == ""


@pytest.mark.parametrize("goodbye", ["exit", "closed pipe"])
def test_a_thread_that_never_comes_back_does_not_keep_the_server(
    goodbye: str, tmp_path: Path, home: Path, workspace: Path
) -> None:
    """Python joins the threads of its pools at the end, and one may hang in a dead network drive."""
    script = tmp_path / "stuck.py"
    script.write_text(_STUCK, encoding="utf-8")
    server = Server(home, command=(sys.executable, str(script)))
    try:
        server.initialize(workspace)
        server.wire.wait_for("window/logMessage")
        if goodbye == "exit":
            server.wire.request("shutdown")
            server.wire.notify("exit", None)
        else:
            assert server.process.stdin is not None
            server.process.stdin.close()
        assert server.process.wait(LIMIT_S) == (0 if goodbye == "exit" else 1)
    finally:
        server.kill()


_STUCK = """
import threading
from understudy.cli import main
from understudy.lsp import background

real = background._set_up_all

def stuck(roots, said):
    app.write_log("It hangs.")
    threading.Event().wait()

def keep(self, found):
    global app
    app = found
    begin(self, found)

begin = background.Background.__init__
background.Background.__init__ = keep
background._set_up_all = stuck
raise SystemExit(main(["serve"]))
"""


def test_a_client_that_closes_its_pipe_is_followed(
    slow: SlowTool, server: Server, workspace: Path
) -> None:
    editor = open_in(server, workspace)
    editor.fix("reslt")
    slow.wait_until_started()
    family = [psutil.Process(server.process.pid), *children(server.process.pid)]
    assert server.process.stdin is not None
    server.process.stdin.close()
    wait_until_gone(family, GONE_S)


def test_a_type_checker_that_is_kept_warm_goes_with_the_server(
    start: Callable[..., Server], home: Path, workspace: Path
) -> None:
    folder = str(Path(require("basedpyright-langserver")).parent)
    (home / "config.toml").unlink()
    server = start(path=os.pathsep.join((folder, os.environ["PATH"])))
    editor = open_in(server, workspace)
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    family = [psutil.Process(server.process.pid), *children(server.process.pid)]
    assert len(family) > 1
    assert server.process.stdin is not None
    server.process.stdin.close()
    wait_until_gone(family, GONE_S)


@pytest.mark.skipif(os.name != "posix", reason="Only on POSIX can a client be killed like this.")
@pytest.mark.parametrize("pipes_stay_open", [False, True])
def test_a_client_that_is_killed_is_followed_with_all_children(
    *, pipes_stay_open: bool, slow: SlowTool, home: Path, workspace: Path, tmp_path: Path
) -> None:
    """The pipes stay open when another process inherited them, as happens with shells."""
    uri = (workspace / "total.py").as_uri()
    script = tmp_path / "client.py"
    script.write_text(_CLIENT, encoding="utf-8")
    environment = {**os.environ, "UNDERSTUDY_HOME": str(home)}
    keeper = "keeper" if pipes_stay_open else ""
    with subprocess.Popen(
        [sys.executable, str(script), workspace.as_uri(), uri, keeper, *SERVER],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as client:
        assert client.stdout is not None
        server = psutil.Process(int(client.stdout.readline()))
        slow.wait_until_started()
        family = [server, *children(server.pid)]
        assert len(family) >= 2
        # The client is not waited for yet: a dead process that nobody has buried is dead, too.
        os.kill(client.pid, signal.SIGKILL)
        wait_until_gone(family, GONE_S)


_CLIENT = """
import json, os, subprocess, sys, time
root, uri, keeper, *command = sys.argv[1:]
server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
if keeper:
    # It holds the pipe to the server until the test closes our own standard input.
    wait = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    subprocess.Popen(wait, pass_fds=[server.stdin.fileno()], stdout=subprocess.DEVNULL)
print(server.pid, flush=True)

def send(method, params, **more):
    message = {"jsonrpc": "2.0", "method": method, "params": params, **more}
    body = json.dumps(message).encode()
    server.stdin.write(b"Content-Length: %d\\r\\n\\r\\n%b" % (len(body), body))
    server.stdin.flush()

send("initialize", {"processId": os.getpid(), "rootUri": root, "capabilities": {}}, id=1)
send("initialized", {})
text = "def total(items):\\n    result = sum(items)\\n    return reslt\\n"
item = {"uri": uri, "languageId": "python", "version": 1, "text": text}
send("textDocument/didOpen", {"textDocument": item})
here = {"line": 2, "character": 12}
argument = {"uri": uri, "range": {"start": here, "end": here}}
send("workspace/executeCommand", {"command": "understudy.fix", "arguments": [argument]}, id=2)
time.sleep(60)
"""


def test_a_connection_that_is_reset_ends_the_server(
    start: Callable[..., Server],
) -> None:
    server = start("--tcp", "127.0.0.1:0")
    port = _port(server)
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"Content-Length: 100\r\n\r\n{")
        # Closing with a linger of zero seconds sends a reset instead of a goodbye.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert server.process.wait(LIMIT_S) == 1
    assert "Traceback" not in server.log()


def _port(server: Server) -> int:
    deadline = time.monotonic() + LIMIT_S
    while "Listening on " not in server.log():
        assert time.monotonic() < deadline, server.log()
        time.sleep(0.02)
    return int(server.log().rpartition(":")[2])


@pytest.mark.skipif(sys.platform != "linux", reason="Only on Linux are open files counted.")
def test_a_hundred_documents_leave_nothing_open(server: Server, workspace: Path) -> None:
    server.initialize(workspace)

    def cycle(number: int) -> None:
        editor = Editor(server, (workspace / f"file_{number}.py").as_uri(), Buffer(TEXT))
        editor.open()
        before = len(editor.wire.seen)
        if number % 10 == 0:
            editor.fix("reslt")
            editor.wire.wait_for("workspace/applyEdit", after=before)
        assert editor.actions("items):")
        editor.close()

    for number in range(0, 30, 10):
        cycle(number)
    files, threads, processes = settled_resources(server.process.pid)
    for number in range(100):
        cycle(number)
    wait_for_resources(server.process.pid, (files, threads + 4, processes))
    assert server.leave() == 0


def test_twenty_starts_leave_no_process_and_no_file(
    home: Path, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    for _ in range(4):
        with ExitStack() as stack:
            servers = [stack.enter_context(Server(home)) for _ in range(5)]
            servers[0].initialize(workspace)
            for server in servers[1:]:
                server.wire.request("initialize", hello(workspace))
            editor = open_in_started(servers[0], workspace)
            editor.choose = "Show diff"
            editor.fix("reslt")
            editor.wire.wait_for("window/showMessageRequest")
            family = [one for server in servers for one in children(server.process.pid)]
            assert [server.leave() for server in servers] == [0] * 5
            wait_until_gone(family)
    assert not list(scratch.iterdir())
    left = {path.name for path in home.iterdir()}
    journal = {f"journal.sqlite3{ending}" for ending in ("", ".lock", ".owner")}
    assert left <= {"config.toml", "stderr.txt"} | journal
    assert not list(workspace.iterdir())
