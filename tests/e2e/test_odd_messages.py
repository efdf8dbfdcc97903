"""Messages that are none, frames that are none, and handshakes out of order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.editor import Buffer, Editor
from tests.e2e.odd import check_that_it_is_fixed, editor, folder, shared
from tests.e2e.raw_client import RefusalError, hello, sentence_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer

__all__ = ["editor", "folder", "shared"]


BODIES = {
    "no JSON": b"{",
    "empty": b"",
    "no UTF-8": b'{"jsonrpc": "2.0", "id": 1, "method": "\xff"}',
    "a list": b'[{"jsonrpc": "2.0", "id": 1, "method": "shutdown"}]',
    "an empty list": b"[]",
    "a number": b"1",
    "null": b"null",
    "no version": b'{"id": 1, "method": "shutdown"}',
    "another version": b'{"jsonrpc": "1.0", "id": 1, "method": "shutdown"}',
    "a method that is no text": b'{"jsonrpc": "2.0", "id": 1, "method": 3}',
    "an id that is an object": b'{"jsonrpc": "2.0", "id": {}, "method": "shutdown"}',
    "an id that is a fraction": b'{"jsonrpc": "2.0", "id": 1.5, "method": "shutdown"}',
    "a reply to an object": b'{"jsonrpc": "2.0", "id": [1], "result": null}',
    "neither method nor result": b'{"jsonrpc": "2.0", "id": 12345}',
    "no number": b'{"jsonrpc": "2.0", "id": 1, "method": "shutdown", "params": NaN}',
    "deeply nested": b"[" * 100_000,
    "a long number": b"1" * 10_000,
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_body_that_is_no_message_is_answered(body: bytes, editor: Editor) -> None:
    before = len(editor.wire.seen)
    editor.wire.send_body(body)
    reply = editor.wire.wait(lambda one: "error" in one, after=before)
    assert sentence_of(reply)


STREAMS = {
    "a header that does not end": b"X-Long: " + b"x" * 200_000 + b"\r\n",
    "a header without a length": b"Content-Type: text\r\n\r\n",
    "a length that is no number": b"Content-Length: many\r\n\r\n{}",
    "a length of many digits": b"Content-Length: " + b"9" * 10_000 + b"\r\n\r\n{}",
    "a negative length": b"Content-Length: -5\r\n\r\n{}",
    "lines that end with a line feed alone": b"Content-Length: 2\n\n{}",
    "no header at all": b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS.keys())
def test_bytes_that_are_no_frame_are_passed_over(stream: bytes, editor: Editor) -> None:
    before = len(editor.wire.seen)
    editor.wire.write(stream)
    # Whatever follows is read: the next header is found behind the odd bytes.
    assert editor.actions("reslt")
    complaint = editor.wire.wait(lambda one: "error" in one, after=before)
    assert sentence_of(complaint)


def test_a_header_is_read_whatever_its_case_and_its_company(editor: Editor) -> None:
    body = b'{"jsonrpc": "2.0", "id": "odd", "method": "textDocument/hover", "params": '
    body += b'{"textDocument": {"uri": "file:///x"}, "position": {"line": 0, "character": 0}}}'
    kind = b"content-type: application/vscode-jsonrpc; charset=utf-8"
    editor.wire.write(b"%b\r\nCONTENT-LENGTH:%d \r\n\r\n%b" % (kind, len(body), body))
    assert editor.wire.reply_to("odd")["result"] is None


def test_a_message_in_single_bytes_is_put_together(editor: Editor) -> None:
    body = b'{"jsonrpc": "2.0", "id": "slow", "method": "no/such"}'
    for byte in b"Content-Length: %d\r\n\r\n%b" % (len(body), body):
        editor.wire.write(bytes([byte]))
    assert "`no/such`" in sentence_of(editor.wire.reply_to("slow"))


def test_a_reply_that_nobody_waits_for_is_passed_over(editor: Editor) -> None:
    editor.wire.send({"jsonrpc": "2.0", "id": "nobody", "result": {"a": 1}})
    editor.wire.send({"jsonrpc": "2.0", "id": None, "error": {"code": 1, "message": "?"}})
    assert editor.actions("reslt")


def test_a_request_before_the_handshake_is_refused(near: NearServer, workspace: Path) -> None:
    wire = near.wire
    wire.notify("textDocument/didOpen", {"textDocument": {}})
    assert "initialize" in wire.refusal("textDocument/hover", {})
    assert "processId" in wire.refusal("initialize", {"processId": "one", "capabilities": 5})
    near.initialize(workspace)
    check_that_it_is_fixed(near, (workspace / "a.py").as_uri())


def test_a_request_after_shutdown_is_refused(near: NearServer, workspace: Path) -> None:
    near.initialize(workspace)
    near.wire.request("shutdown")
    assert "shutting down" in near.wire.refusal("shutdown")
    assert "shutting down" in near.wire.refusal("textDocument/hover", {})


def test_a_client_that_never_says_initialized_gets_its_fix(
    near: NearServer, workspace: Path
) -> None:
    near.wire.request("initialize", hello(workspace))
    check_that_it_is_fixed(near, (workspace / "a.py").as_uri())


def test_a_client_that_refuses_progress_gets_its_fix(near: NearServer, workspace: Path) -> None:
    near.wire.request(
        "initialize",
        hello(workspace) | {"capabilities": {"window": {"workDoneProgress": True}}},
    )

    def refuse(_: Any) -> Any:
        raise RefusalError("No more bars.")

    near.wire.answers["window/workDoneProgress/create"] = refuse
    near.wire.notify("initialized", {})
    check_that_it_is_fixed(near, (workspace / "a.py").as_uri())
    assert not near.wire.came("$/progress")


@pytest.mark.parametrize("key", ["rootUri", "rootPath", "workspaceFolders"])
def test_the_root_is_named_in_any_of_three_ways(
    key: str, near: NearServer, workspace: Path
) -> None:
    (workspace / "helper.py").write_text("def greet():\n    pass\n", encoding="utf-8")
    uri = workspace.as_uri()
    named = {
        "rootUri": uri,
        "rootPath": str(workspace),
        "workspaceFolders": [{"uri": uri, "name": ""}],
    }
    near.wire.request("initialize", hello(None) | {key: named[key]})
    near.wire.notify("initialized", {})
    opened = Editor(near, (workspace / "a.py").as_uri(), Buffer("greet()\n"))
    opened.open()
    opened.fix("greet")
    near.wire.wait_for("workspace/applyEdit")
    assert opened.actions("greet()")
    assert opened.buffer.text.startswith("from helper import greet\n")
