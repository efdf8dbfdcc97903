from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from understudy.core.failures import UnavailableError
from understudy.workspace import disk_watch
from understudy.workspace.mirror import Mirror, Server, Shown

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

def send(**message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    sys.stdout.buffer.flush()

documents, told, asked = {}, [], {}
while True:
    message = read()
    method, number, params = message.get("method"), message.get("id"), message.get("params")
    if method == "initialize":
        asked = params
        encodings = params["capabilities"]["general"]["positionEncodings"]
        send(id=number, result={"capabilities": {"positionEncoding": encodings[0]}})
    elif method == "textDocument/didOpen":
        documents[params["textDocument"]["uri"]] = params["textDocument"]["text"]
    elif method == "textDocument/didChange":
        assert params["textDocument"]["uri"] in documents
        documents[params["textDocument"]["uri"]] = params["contentChanges"][0]["text"]
    elif method == "textDocument/didClose":
        del documents[params["textDocument"]["uri"]]
    elif method == "workspace/didChangeWatchedFiles":
        told += [[one["uri"].rpartition("/")[2], one["type"]] for one in params["changes"]]
    elif method == "textDocument/diagnostic":
        if params["textDocument"]["uri"].endswith("nothing"):
            send(id=number, result={"kind": "unchanged"})
            continue
        send(id="s", method="workspace/configuration",
             params={"items": [{"section": "known"}, {"section": "other"}]})
        sections = read()["result"]
        send(id=number, result={"items": [dict(documents), list(told), sections,
                                          asked.get("initializationOptions")]})
    elif method == "textDocument/codeAction":
        send(id=number, result=[params["context"]["only"], params["range"]])
    elif method == "shutdown":
        send(id=number, result=None)
    elif method == "exit":
        sys.exit()
"""


@pytest.fixture
async def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Mirror]:
    monkeypatch.setattr(disk_watch, "_FRESH_S", 0)
    command = (sys.executable, "-c", SERVER)
    server = Server(
        command, tmp_path, sections={"known": 1}, options={"b": 2}, watched=(".py", "x.toml")
    )
    found = await Mirror.start(server)
    yield found
    await found.close()
    assert not found.alive


def shown(**texts: str) -> list[Shown]:
    return [Shown(f"file:///{name}", "python", text) for name, text in texts.items()]


async def seen(mirror: Mirror) -> Any:
    return (await mirror.pull("file:///a"))[0]


async def test_what_is_shown_is_all_that_the_server_sees(mirror: Mirror) -> None:
    for texts in (
        {"a": "one"},
        {"a": "two", "b": "π😀"},
        {"b": "π😀"},
        {"b": "other", "c": "new"},
        {"a": "again"},
        {},
    ):
        await mirror.show(shown(**texts))
        assert await seen(mirror) == {f"file:///{name}": text for name, text in texts.items()}


async def test_the_server_is_told_what_changed_on_disk(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "new.py").write_text("")
    (tmp_path / "not_watched.txt").write_text("")
    await mirror.show([])
    (tmp_path / "new.py").write_text("longer")
    (tmp_path / "x.toml").write_text("")
    await mirror.show([])
    (tmp_path / "new.py").unlink()
    await mirror.show([])
    told = (await mirror.pull("file:///a"))[1]
    assert told == [["new.py", 1], ["x.toml", 1], ["new.py", 2], ["new.py", 3]]


async def test_the_server_learns_its_configuration(mirror: Mirror) -> None:
    assert (await mirror.pull("file:///a"))[2:] == [[1, {}], {"b": 2}]


async def test_columns_are_counted_as_the_server_says(mirror: Mirror) -> None:
    assert mirror.encoding == "utf-32"


async def test_a_text_that_can_not_be_sent_is_not_shown_and_the_server_lives(
    mirror: Mirror,
) -> None:
    await mirror.show(shown(a="one"))
    with pytest.raises(UnavailableError, match="half a character"):
        await mirror.show(shown(a="\ud800"))
    await mirror.show(shown(a="two"))
    assert await seen(mirror) == {"file:///a": "two"}


async def test_a_report_without_diagnostics_is_unavailable(mirror: Mirror) -> None:
    with pytest.raises(UnavailableError, match="holds no diagnostics"):
        await mirror.pull("file:///nothing")


async def test_quick_fixes_are_asked_for_at_the_place_of_the_finding(mirror: Mirror) -> None:
    assert await mirror.quick_fixes("file:///a", {"range": 7}) == [["quickfix"], 7]
