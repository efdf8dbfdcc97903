"""A client that writes and does not read: the server stops reading, and loses nothing."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from websockets.sync.client import connect

from tests.e2e.raw_client import LIMIT_S, SERVER, Wire, hello
from tests.e2e.test_transports import port_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.raw_client import Server

QUIET_S = 1.5
"""A server that has taken nothing for so long is not going to, until its answers are read."""
PIECE = "x" * (512 * 1024)
COUNT = 400
"""Far more than any buffer on the way holds: 200 MiB each way."""
MOST = 150
"""How many of them may be on the way: 8 MiB for each direction, and what the system buffers."""


def message(number: int) -> bytes:
    """A request whose answer is as long as itself."""
    params = {"title": "x", "data": PIECE}
    body = {"jsonrpc": "2.0", "id": number, "method": "codeAction/resolve", "params": params}
    return json.dumps(body).encode()


def framed(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def write_until_full(descriptor: int, send: Callable[[memoryview], int]) -> tuple[int, bytes]:
    """Send requests for as long as somebody takes them.

    Returns:
        How many were begun, and what is missing of the last one.
    """
    for number in range(1, COUNT + 1):
        left = memoryview(framed(message(number)))
        while left:
            if not select.select([], [descriptor], [], QUIET_S)[1]:
                return number, bytes(left)
            with contextlib.suppress(BlockingIOError):
                left = left[send(left) :]
    return COUNT, b""


def answered(wire: Wire, count: int) -> None:
    """Every request has its own whole answer, in order."""
    wire.reply_to(count)
    replies = [one for one in wire.seen if "method" not in one and one.get("id") != "hello"]
    assert [one["id"] for one in replies] == list(range(1, count + 1))
    assert all(one["result"]["data"] == PIECE for one in replies)


def shake_hands(write: Callable[[bytes], Any], workspace: Path) -> None:
    params = hello(workspace)
    request = {"jsonrpc": "2.0", "id": "hello", "method": "initialize", "params": params}
    write(framed(json.dumps(request).encode()))
    said = {"jsonrpc": "2.0", "method": "initialized", "params": {}}
    write(framed(json.dumps(said).encode()))


@pytest.mark.skipif(os.name != "posix", reason="Only on POSIX does a pipe say that it is full.")
def test_over_standard_streams(home: Path, workspace: Path) -> None:
    environment = {**os.environ, "UNDERSTUDY_HOME": str(home)}
    with subprocess.Popen(
        SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, bufsize=0
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        pipe = server.stdin.fileno()
        shake_hands(lambda data: os.write(pipe, data), workspace)
        os.set_blocking(pipe, False)
        count, missing = write_until_full(pipe, lambda data: os.write(pipe, data))
        assert count < MOST
        os.set_blocking(pipe, True)
        reader = os.fdopen(os.dup(server.stdout.fileno()), "rb")
        wire = Wire(lambda _: None)
        wire.listen(reader.readline, reader.read)
        rest = memoryview(missing)
        while rest:
            rest = rest[os.write(pipe, rest) :]
        answered(wire, count)
        server.stdin.close()
        assert server.wait(LIMIT_S) == 1
        with wire.news:
            wire.news.wait_for(lambda: wire.ended, LIMIT_S)
        reader.close()


def test_over_tcp(start: Callable[..., Server], workspace: Path) -> None:
    server = start("--tcp", "127.0.0.1:0")
    with socket.create_connection(("127.0.0.1", port_of(server)), LIMIT_S) as client:
        shake_hands(client.sendall, workspace)
        client.setblocking(False)
        sent, missing = write_until_full(client.fileno(), client.send)
        assert sent < MOST
        client.settimeout(LIMIT_S)
        with client.makefile("rb") as stream:
            wire = Wire(client.sendall)
            wire.listen(stream.readline, stream.read)
            client.sendall(missing)
            answered(wire, sent)
            wire.notify("exit", None)
            assert server.process.wait(LIMIT_S) == 1
            with wire.news:
                wire.news.wait_for(lambda: wire.ended, LIMIT_S)


def test_what_was_answered_before_the_end_arrives_over_a_websocket(
    start: Callable[..., Server], workspace: Path
) -> None:
    """Requests, `shutdown` and `exit` in one breath: every answer is still sent."""
    server = start("--ws", "127.0.0.1:0")
    address = f"ws://127.0.0.1:{port_of(server)}"
    with connect(address, open_timeout=LIMIT_S, max_size=None) as client:
        for number, method, params in (
            ("hello", "initialize", hello(workspace)),
            *((number, "codeAction/resolve", {"title": "x", "data": PIECE}) for number in range(8)),
            (8, "shutdown", None),
        ):
            body = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
            client.send(json.dumps(body))
        client.send(json.dumps({"jsonrpc": "2.0", "method": "exit"}))
        found = [json.loads(client.recv(LIMIT_S))["id"] for _ in range(10)]
    assert found == ["hello", *range(9)]
    assert server.process.wait(LIMIT_S) == 0
