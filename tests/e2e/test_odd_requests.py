"""Whatever is wrong with a message, the answer is a sentence and the server goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.conftest import QUICK
from tests.e2e.editor import Buffer, Editor
from tests.e2e.raw_client import RefusalError, Server, hello, sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.e2e.near_server import NearServer

TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Server]:
    """One server for the whole module: each test proves that it still works afterwards."""
    home = tmp_path_factory.mktemp("home")
    (home / "config.toml").write_text(QUICK, encoding="utf-8")
    with Server(home) as server:
        server.initialize(folder)
        yield server
        assert server.leave() == 0
        assert "Traceback" not in server.log()


@pytest.fixture
def editor(shared: Server, folder: Path) -> Iterator[Editor]:
    """An editor whose server must still be able to fix something when the test is over."""
    opened = Editor(shared, (folder / "total.py").as_uri(), Buffer(TEXT))
    opened.open()
    yield opened
    opened.choose = "Apply"
    opened.take_over()
    before = len(shared.wire.seen)
    opened.fix("reslt")
    shared.wire.wait_for("workspace/applyEdit", after=before)
    assert opened.actions("result")
    assert "return result" in opened.buffer.text
    opened.close()


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


FIX = "workspace/executeCommand"
ORIGIN = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
OPEN = object()
"""Stands for the URI of the open document."""

REQUESTS: dict[str, tuple[str, Any]] = {
    "an unknown method": ("textDocument/unheardOf", {}),
    "an unknown $ method": ("$/unheardOf", None),
    "a method that only the server sends": ("window/showDocument", {"uri": "x"}),
    "parameters that are a list": ("textDocument/hover", [1, 2]),
    "parameters that are text": ("textDocument/codeAction", "x"),
    "no parameters": ("textDocument/codeAction", None),
    "a missing range": ("textDocument/codeAction", {"textDocument": {"uri": OPEN}}),
    "a line that is text": (
        "textDocument/codeAction",
        {
            "textDocument": {"uri": OPEN},
            "range": {"start": {"line": "0", "character": 0}, "end": {"line": 0, "character": 0}},
            "context": {"diagnostics": []},
        },
    ),
    "a negative line": (
        "textDocument/codeAction",
        {
            "textDocument": {"uri": OPEN},
            "range": {"start": {"line": -1, "character": 0}, "end": {"line": 0, "character": 0}},
            "context": {"diagnostics": []},
        },
    ),
    "a huge line": (
        "textDocument/codeAction",
        {
            "textDocument": {"uri": OPEN},
            "range": {"start": {"line": 0, "character": 0}, "end": {"line": 1e30, "character": 0}},
            "context": {"diagnostics": []},
        },
    ),
    "an unknown document": (
        "textDocument/codeAction",
        {
            "textDocument": {"uri": "file:///nowhere.py"},
            "range": ORIGIN,
            "context": {"diagnostics": []},
        },
    ),
    "a nested key jsonrpc": ("textDocument/hover", {"jsonrpc": "2.0", "position": 1}),
    "a command without a name": (FIX, {"arguments": []}),
    "an unknown command": (FIX, {"command": "understudy.dance"}),
    "a foreign command": (FIX, {"command": "workbench.action.reload", "arguments": [{}]}),
    "arguments that are no list": (FIX, {"command": "understudy.fix", "arguments": "x"}),
    "two arguments": (FIX, {"command": "understudy.fix", "arguments": [{}, {}]}),
    "an argument that is text": (FIX, {"command": "understudy.fix", "arguments": ["x"]}),
    "no argument": (FIX, {"command": "understudy.fix"}),
    "a missing member": (FIX, {"command": "understudy.fix", "arguments": [{"uri": OPEN}]}),
    "a range that is a list": (
        FIX,
        {"command": "understudy.fix", "arguments": [{"uri": OPEN, "range": []}]},
    ),
    "a negative character": (
        FIX,
        {
            "command": "understudy.fix",
            "arguments": [
                {
                    "uri": OPEN,
                    "range": {
                        "start": {"line": 0, "character": -3},
                        "end": {"line": 0, "character": 0},
                    },
                }
            ],
        },
    ),
    "diagnostics that are text": (
        FIX,
        {
            "command": "understudy.fix",
            "arguments": [{"uri": OPEN, "range": ORIGIN, "diagnostics": "all"}],
        },
    ),
    "an unknown model": (
        FIX,
        {
            "command": "understudy.fix",
            "arguments": [{"uri": OPEN, "range": ORIGIN, "model": "gpt-none"}],
        },
    ),
    "a document that is not open": (
        FIX,
        {"command": "understudy.fixFile", "arguments": [{"uri": "file:///nowhere.py"}]},
    ),
    "a URI that is none": (FIX, {"command": "understudy.fixFile", "arguments": [{"uri": "::"}]}),
    "an edit that does not wait": (
        FIX,
        {"command": "understudy.take", "arguments": [{"editId": "x"}]},
    ),
    "a second handshake": ("initialize", hello(None)),
    "an action that is none": ("codeAction/resolve", {"kind": 5}),
}


@pytest.mark.parametrize(("method", "params"), REQUESTS.values(), ids=REQUESTS.keys())
def test_a_bad_request_is_refused_in_a_sentence(method: str, params: Any, editor: Editor) -> None:
    assert editor.wire.refusal(method, _filled(params, editor.uri))


NOTIFICATIONS: dict[str, tuple[str, Any]] = {
    "an unknown one": ("textDocument/unheardOf", {}),
    "an optional one": ("$/unheardOf", [1]),
    "an opening without a text": ("textDocument/didOpen", {"textDocument": {"uri": OPEN}}),
    "a change of nothing": ("textDocument/didChange", None),
    "a change of an unknown document": (
        "textDocument/didChange",
        {"textDocument": {"uri": "file:///no.py", "version": 1}, "contentChanges": [{"text": ""}]},
    ),
    "a change that is no list": (
        "textDocument/didChange",
        {"textDocument": {"uri": OPEN, "version": 2}, "contentChanges": {"text": "x"}},
    ),
    "a change whose second part is wrong": (
        "textDocument/didChange",
        {
            "textDocument": {"uri": OPEN, "version": 2},
            "contentChanges": [{"range": ORIGIN, "text": "x"}, {"range": ORIGIN}],
        },
    ),
    "a closing of an unknown document": (
        "textDocument/didClose",
        {"textDocument": {"uri": "file:///no.py"}},
    ),
    "a saving of an unknown document": (
        "textDocument/didSave",
        {"textDocument": {"uri": "file:///no.py"}},
    ),
    "a notebook that is not open": (
        "notebookDocument/didChange",
        {"notebookDocument": {"uri": "file:///n.ipynb", "version": 1}, "change": {}},
    ),
    "settings that are a list": ("workspace/didChangeConfiguration", {"settings": []}),
    "a cancelled request that nobody made": ("$/cancelRequest", {"id": 98765}),
    "a cancelled progress that nobody sees": ("window/workDoneProgress/cancel", {"token": 7}),
    "a second initialized": ("initialized", {}),
    "a trace level": ("$/setTrace", {"value": "verbose"}),
}


@pytest.mark.parametrize(("method", "params"), NOTIFICATIONS.values(), ids=NOTIFICATIONS.keys())
def test_a_bad_notification_changes_nothing(method: str, params: Any, editor: Editor) -> None:
    before = len(editor.wire.seen)
    editor.wire.notify(method, _filled(params, editor.uri))
    assert editor.actions("reslt")
    assert not [one for one in editor.wire.seen[before:] if "error" in one]
    assert not editor.wire.came("window/showMessage")[:0]


ODD_DIAGNOSTICS: list[Any] = [
    None,
    5,
    {},
    {"range": None, "message": "x"},
    {"range": ORIGIN},
    {"range": ORIGIN, "message": {"kind": "markdown", "value": "*why*"}},
    {"range": ORIGIN, "message": "x", "severity": [], "code": {"a": 1}, "source": 4},
    {"range": {"start": {"line": 1e999, "character": 0}, "end": {}}, "message": "x"},
    {"range": {"start": {"line": 10**30, "character": 0}, "end": ORIGIN["end"]}, "message": "x"},
]


def test_odd_diagnostics_are_left_out_and_the_menu_comes(editor: Editor) -> None:
    # 1e999 would be written as `Infinity`, which is no JSON.
    sane = [one for one in ODD_DIAGNOSTICS if "inf" not in repr(one)]
    params = {
        "textDocument": {"uri": editor.uri},
        "range": ORIGIN,
        "context": {"diagnostics": sane},
    }
    titles = [one["title"] for one in editor.wire.request("textDocument/codeAction", params)]
    assert "Understudy: Fix: why" in titles or "Understudy: Fix: *why*" in titles
    assert titles[-2:] == [
        "Understudy: Fix problems here",
        "Understudy: Fix all problems in this file",
    ]
    arguments = {"uri": editor.uri, "range": editor.here("reslt"), "diagnostics": sane}
    assert "runId" in editor.execute("understudy.fix", arguments)


def test_positions_past_the_end_are_clamped(editor: Editor) -> None:
    far = {"line": 2**31 - 1, "character": 2**31 - 1}
    arguments = {"uri": editor.uri, "range": {"start": far, "end": far}}
    before = len(editor.wire.seen)
    editor.execute("understudy.fix", arguments)
    said = editor.wire.wait_for("window/showMessage", after=before)
    assert "nothing to fix" in said["message"]


def test_a_reversed_range_means_the_same_lines(editor: Editor) -> None:
    place = editor.here("reslt")
    before = len(editor.wire.seen)
    turned = {"start": place["end"], "end": place["start"]}
    editor.choose = None
    editor.execute("understudy.fix", {"uri": editor.uri, "range": turned})
    question = editor.wire.wait_for("window/showMessageRequest", after=before)
    assert "`reslt` → `result`" in question["message"]


def test_documents_of_other_kinds_are_refused_without_a_menu(editor: Editor) -> None:
    for uri in ("git:/total.py?ref=HEAD", "output:tasks", "https://example.org/a.py"):
        shown = Editor(editor.server, uri, Buffer(TEXT))
        shown.open()
        assert shown.actions("reslt") == []
        params = {"command": "understudy.fixFile", "arguments": [{"uri": uri}]}
        assert "can't be edited" in editor.wire.refusal(FIX, params)
        shown.close()


def test_an_untitled_document_is_fixed(editor: Editor) -> None:
    check_that_it_is_fixed(editor.server, "untitled:Untitled-1")


def test_a_file_that_was_deleted_is_fixed_in_memory(editor: Editor, folder: Path) -> None:
    path = folder / "gone" / "away.py"
    assert not path.exists()
    check_that_it_is_fixed(editor.server, path.as_uri())


def check_that_it_is_fixed(server: Server | NearServer, uri: str) -> None:
    opened = Editor(server, uri, Buffer(TEXT))
    opened.open()
    before = len(server.wire.seen)
    opened.fix("reslt")
    server.wire.wait_for("workspace/applyEdit", after=before)
    assert opened.actions("result")
    assert "return result" in opened.buffer.text
    opened.close()


def test_a_read_only_file_is_not_edited(editor: Editor, folder: Path) -> None:
    path = folder / "locked.py"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0o444)
    assert "read-only" in _why_not(editor, path)


def test_a_link_out_of_the_workspace_is_not_edited(
    editor: Editor, folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.py"
    outside.write_text(TEXT, encoding="utf-8")
    link = folder / "link.py"
    try:
        link.symlink_to(outside)
    except OSError:
        pytest.skip("Only on systems where anyone may make links.")
    assert "leads out of the workspace" in _why_not(editor, link)


def _why_not(editor: Editor, path: Path) -> str:
    document = Editor(editor.server, path.as_uri(), Buffer(TEXT))
    document.open()
    before = len(editor.wire.seen)
    document.fix("reslt")
    said: str = editor.wire.wait_for("window/showMessage", after=before)["message"]
    document.close()
    return said


def test_notebook_cells_are_documents_that_come_and_go(editor: Editor, folder: Path) -> None:
    wire = editor.wire
    notebook = (folder / "book.ipynb").as_uri()
    first, second = (f"vscode-notebook-cell:{folder}/book.ipynb#{n}" for n in "ab")
    code = [{"kind": 2, "document": first}]
    text = {"uri": first, "languageId": "python", "version": 1, "text": TEXT}
    wire.notify(
        "notebookDocument/didOpen",
        {
            "notebookDocument": {
                "uri": notebook,
                "notebookType": "jupyter-notebook",
                "version": 1,
                "cells": code,
            },
            "cellTextDocuments": [text],
        },
    )
    added = {"uri": second, "languageId": "python", "version": 1, "text": "x = 1\n"}
    wire.notify(
        "notebookDocument/didChange",
        {
            "notebookDocument": {"uri": notebook, "version": 2},
            "change": {
                "cells": {
                    "structure": {
                        "array": {
                            "start": 1,
                            "deleteCount": 0,
                            "cells": [{"kind": 2, "document": second}],
                        },
                        "didOpen": [added],
                    },
                    "textContent": [
                        {
                            "document": {"uri": first, "version": 2},
                            "changes": [{"range": ORIGIN, "text": "# 😀\n"}],
                        }
                    ],
                }
            },
        },
    )
    cell = Editor(editor.server, first, Buffer(f"# 😀\n{TEXT}"), version=2)
    before = len(wire.seen)
    cell.fix("reslt")
    (change,) = wire.wait_for("workspace/applyEdit", after=before)["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": first, "version": 2}
    assert change["edits"][0]["range"] == Buffer(f"# 😀\n{TEXT}").place(
        TEXT.index("reslt") + 4, TEXT.index("reslt") + 9
    )
    wire.notify(
        "notebookDocument/didClose",
        {"notebookDocument": {"uri": notebook}, "cellTextDocuments": [{"uri": first}]},
    )
    for uri in (first, second):
        params = {"command": "understudy.fixFile", "arguments": [{"uri": uri}]}
        assert "not open" in wire.refusal(FIX, params)


def test_a_request_before_the_handshake_is_refused(near: NearServer, workspace: Path) -> None:
    wire = near.wire
    wire.notify("textDocument/didOpen", {"textDocument": {}})
    assert "initialize" in wire.refusal("textDocument/hover", {})
    assert "shape" in wire.refusal("initialize", {"processId": "one", "capabilities": 5})
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


def _filled(value: Any, uri: str) -> Any:
    """The value with the open document's URI where it belongs."""
    if value is OPEN:
        return uri
    if isinstance(value, dict):
        return {key: _filled(one, uri) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, uri) for one in value]
    return value
