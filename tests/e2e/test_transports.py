"""TCP and WebSocket: one client, on this machine alone."""

from __future__ import annotations

import json
import socket
import subprocess
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.e2e.editor import Buffer, Editor
from tests.e2e.raw_client import LIMIT_S, SERVER, Wire, hello
from understudy.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.raw_client import Server

TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"


def port_of(server: Server) -> int:
    """Where the server says it listens."""
    deadline = time.monotonic() + LIMIT_S
    while "Listening on 127.0.0.1:" not in server.log():
        assert time.monotonic() < deadline, server.log()
        time.sleep(0.02)
    return int(server.log().rpartition(":")[2])


def fix_over(server: Server, wire: Wire, workspace: Path) -> None:
    server.wire = wire
    server.initialize(workspace)
    editor = Editor(server, (workspace / "total.py").as_uri(), Buffer(TEXT))
    editor.open()
    editor.fix("reslt")
    wire.wait_for("workspace/applyEdit")
    assert editor.actions("result")
    assert editor.buffer.text == TEXT.replace("reslt", "result")


def test_a_fix_over_tcp_and_a_second_client_turned_away(
    start: Callable[..., Server], workspace: Path
) -> None:
    server = start("--tcp", "127.0.0.1:0")
    port = port_of(server)
    with (
        socket.create_connection(("127.0.0.1", port), LIMIT_S) as client,
        client.makefile("rb") as stream,
    ):
        wire = Wire(client.sendall)
        wire.listen(stream.readline, stream.read)
        fix_over(server, wire, workspace)
        with socket.create_connection(("127.0.0.1", port), LIMIT_S) as second:
            assert second.recv(1) == b""
        assert wire.request("textDocument/hover", HOVER) is None
        assert server.leave() == 0


def test_a_fix_over_websocket_and_a_second_client_turned_away(
    start: Callable[..., Server], workspace: Path
) -> None:
    server = start("--ws", "127.0.0.1:0")
    address = f"ws://127.0.0.1:{port_of(server)}"
    with connect(address, open_timeout=LIMIT_S, close_timeout=LIMIT_S) as client:
        wire = Unframed(lambda data: client.send(data.decode()))
        wire.listen_to(client)
        fix_over(server, wire, workspace)
        with connect(address, open_timeout=LIMIT_S) as second, pytest.raises(ConnectionClosed):
            second.recv(LIMIT_S)
        assert wire.request("textDocument/hover", HOVER) is None
        assert server.leave() == 0


@pytest.mark.parametrize("kind", ["tcp", "ws"])
def test_a_client_that_hangs_up_ends_the_server(kind: str, start: Callable[..., Server]) -> None:
    server = start(f"--{kind}", "127.0.0.1:0")
    port = port_of(server)
    if kind == "tcp":
        socket.create_connection(("127.0.0.1", port), LIMIT_S).close()
    else:
        with connect(f"ws://127.0.0.1:{port}", open_timeout=LIMIT_S):
            pass
    assert server.process.wait(LIMIT_S) == 1
    assert "Traceback" not in server.log()


def test_a_web_page_can_not_speak_to_the_server(start: Callable[..., Server]) -> None:
    server = start("--ws", "127.0.0.1:0")
    address = f"ws://127.0.0.1:{port_of(server)}"
    page = Origin("https://example.org")
    with (
        pytest.raises(InvalidStatus, match="403"),
        connect(address, origin=page, open_timeout=LIMIT_S),
    ):
        pass


def test_a_web_page_can_not_post_messages_to_the_server(start: Callable[..., Server]) -> None:
    server = start("--tcp", "127.0.0.1:0")
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello(None)})
    post = f"POST /a:b HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    with socket.create_connection(("127.0.0.1", port_of(server)), LIMIT_S) as client:
        client.sendall(post.encode())
        answer = b"".join(iter(lambda: client.recv(4096), b""))
    assert b"header" in answer
    assert b"capabilities" not in answer
    assert server.process.wait(LIMIT_S) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--tcp", "0.0.0.0:0"), "can be reached from other machines"),
        (("--ws", "192.0.2.1:9000"), "can be reached from other machines"),
        (("--tcp", "[::]:0"), "can be reached from other machines"),
        (("--tcp", "example.org:80"), "can be reached from other machines"),
        (("--tcp", "nonsense"), "write HOST:PORT"),
        (("--ws", "127.0.0.1:99999"), "write HOST:PORT"),
        (("--tcp", ""), "write HOST:PORT"),
    ],
)
def test_an_address_that_can_not_be_used_is_refused_in_a_sentence(
    arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *arguments]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.startswith("understudy: ")


def test_a_port_that_is_taken_is_named_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for kind in ("--tcp", "--ws"):
            ended = run_with(kind, f"127.0.0.1:{port}")
            assert ended.returncode == 2
            assert str(port) in ended.stderr
            assert "Traceback" not in ended.stderr


def test_stdio_may_be_asked_for_by_name(start: Callable[..., Server], workspace: Path) -> None:
    server = start("--stdio", "--clientProcessId=1")
    server.initialize(workspace)
    assert server.leave() == 0


def run_with(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SERVER, *arguments], capture_output=True, text=True, timeout=LIMIT_S, check=False
    )


HOVER = {"textDocument": {"uri": "file:///x.py"}, "position": {"line": 0, "character": 0}}


class Unframed(Wire):
    """A wire on which every frame is one message."""

    def send_body(self, body: bytes) -> None:
        self.write(body)

    def listen_to(self, client: Any) -> None:
        def loop() -> None:
            try:
                while True:
                    self.take(json.loads(client.recv()))
            except ConnectionClosed:
                self.end()

        threading.Thread(target=loop, daemon=True).start()
