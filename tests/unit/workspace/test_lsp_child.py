from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from understudy.core.failures import UnavailableError
from understudy.workspace.lsp_child import LspChild

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

SERVER = r"""
import json, sys

def read():
    length = 0
    while (header := sys.stdin.buffer.readline().strip()):
        name, _, value = header.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    return json.loads(sys.stdin.buffer.read(length)) if length else sys.exit()

def raw(content):
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()

def send(**message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    raw(b"Content-Type: x\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))

seen = []
while True:
    message = read()
    method, number = message.get("method"), message.get("id")
    seen.append(method)
    if method == "initialize":
        send(id=number, result={"capabilities": message["params"]})
    elif method == "echo":
        send(method="note", params=None)
        send(id=999, result="nobody asked")
        send(id=number, result=message["params"])
    elif method == "ask":
        send(id="mine", method="workspace/configuration", params={"items": [1, 2]})
        send(id=number, result=read()["result"])
    elif method == "refuse":
        send(id=number, error={"code": 1, "message": "I won't"})
    elif method == "seen":
        send(id=number, result=seen)
    elif method == "say":
        raw(message["params"].encode())
    elif method == "die":
        sys.exit(3)
    elif method == "exit":
        sys.exit()
    elif method == "shutdown":
        send(id=number, result=None)
"""


def answer(method: str, params: Any) -> Any:
    return [method, params]


@pytest.fixture
async def child(tmp_path: Path) -> AsyncIterator[LspChild]:
    command = (sys.executable, "-c", SERVER)
    child = await LspChild.start(command, tmp_path, answer, options={"capabilities": {"a": 1}})
    yield child
    await child.close()
    assert not child.alive
    assert psutil.Process().children(recursive=True) == []


async def test_the_handshake_names_the_folder_and_takes_the_options(
    child: LspChild, tmp_path: Path
) -> None:
    assert child.capabilities["rootUri"] == tmp_path.as_uri()
    assert child.capabilities["capabilities"] == {"a": 1}


async def test_results_come_back_to_the_request_that_asked(child: LspChild) -> None:
    texts = ["π😀", "x" * 200_000, ""]
    assert await asyncio.gather(*(child.request("echo", text) for text in texts)) == texts


async def test_the_servers_own_requests_are_answered(child: LspChild) -> None:
    answered = ["workspace/configuration", {"items": [1, 2]}]
    assert await child.request("ask", None) == answered


async def test_an_error_of_the_server_is_unavailable(child: LspChild) -> None:
    with pytest.raises(UnavailableError, match="I won't"):
        await child.request("refuse", None)
    assert await child.request("echo", 1) == 1


async def test_cancelling_the_wait_cancels_the_request(child: LspChild) -> None:
    task = asyncio.create_task(child.request("never answered", None))
    await child.request("echo", 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert "$/cancelRequest" in await child.request("seen", None)


async def test_when_the_server_ends_nobody_waits_any_longer(child: LspChild) -> None:
    waiting = asyncio.create_task(child.request("never answered", None))
    await child.notify("die", None)
    with pytest.raises(UnavailableError, match="has ended"):
        await waiting
    with pytest.raises(UnavailableError, match="has ended"):
        await child.request("echo", 1)


@pytest.mark.parametrize(
    "nonsense",
    [
        "Content-Length: x\r\n\r\n",
        "Content-Length: -5\r\n\r\n",
        "Content-Length: 99999999999\r\n\r\n",
        "Content-Length: 2\r\n\r\n[]",
        "Content-Length: 2\r\n\r\n{[",
        'Content-Length: 9\r\n\r\n{"id":[]}',
        "\r\n\r\n",
        "x" * 100_000 + "\r\n",
        "Content-Length: 200000\r\n\r\n" + "[" * 200_000,
    ],
)
async def test_nonsense_ends_the_talk_and_nobody_waits(child: LspChild, nonsense: str) -> None:
    with pytest.raises(UnavailableError, match="has ended"):
        await child.request("say", nonsense)


async def test_a_program_that_is_no_server_is_unavailable_and_gone(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="has ended"):
        await LspChild.start((sys.executable, "-c", "print('hello')"), tmp_path, answer)
    assert psutil.Process().children(recursive=True) == []


async def test_a_start_that_is_given_up_leaves_no_process(tmp_path: Path) -> None:
    silent = (sys.executable, "-c", "import sys; sys.stdin.read()")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await LspChild.start(silent, tmp_path, answer)
    assert psutil.Process().children(recursive=True) == []
