"""The acceptance sentence: a client that can do nothing special gets a proved, versioned edit."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

import pytest_asyncio
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient

from tests.e2e.editor import Buffer, Editor
from tests.e2e.raw_client import LIMIT_S, SERVER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.e2e.raw_client import Message, Server
    from tests.e2e.slow_tool import SlowTool

TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"
EDITED = {
    "range": {"start": {"line": 2, "character": 11}, "end": {"line": 2, "character": 16}},
    "newText": "result",
}


def open_plain(server: Server, workspace: Path) -> Editor:
    server.initialize(workspace)
    editor = Editor(server, (workspace / "total.py").as_uri(), Buffer(TEXT))
    editor.open()
    return editor


def edit_of(params: Message) -> tuple[Message, list[Message]]:
    (change,) = params["edit"]["documentChanges"]
    return change["textDocument"], change["edits"]


@pytest_asyncio.fixture
async def client(home: Path, workspace: Path) -> AsyncIterator[LanguageClient]:
    environment = {**os.environ, "UNDERSTUDY_HOME": str(home)}
    config = ClientServerConfig(server_command=[*SERVER], server_env=environment)
    started = await asyncio.wait_for(config.start(), LIMIT_S)
    assert isinstance(started, LanguageClient)
    params = lsp.InitializeParams(
        capabilities=lsp.ClientCapabilities(), root_uri=workspace.as_uri(), process_id=os.getpid()
    )
    await asyncio.wait_for(started.initialize_session(params), LIMIT_S)
    yield started
    await asyncio.wait_for(started.shutdown_session(), LIMIT_S)
    await asyncio.wait_for(started.stop(), LIMIT_S)  # type: ignore[no-untyped-call]  # pygls is untyped here


async def test_a_plain_client_gets_a_run_id_at_once_and_a_one_word_edit_afterwards(
    client: LanguageClient, workspace: Path
) -> None:
    applied: asyncio.Future[lsp.ApplyWorkspaceEditParams] = asyncio.Future()

    def agree(params: lsp.ShowMessageRequestParams) -> lsp.MessageActionItem:
        return (params.actions or [])[0]

    def apply(params: lsp.ApplyWorkspaceEditParams) -> lsp.ApplyWorkspaceEditResult:
        applied.set_result(params)
        return lsp.ApplyWorkspaceEditResult(applied=True)

    client.feature(lsp.WINDOW_SHOW_MESSAGE_REQUEST)(agree)
    client.feature(lsp.WORKSPACE_APPLY_EDIT)(apply)

    uri = (workspace / "total.py").as_uri()
    client.text_document_did_open(
        lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "python", 7, TEXT))
    )
    cursor = {"line": 2, "character": 12}
    answer: Any = await asyncio.wait_for(
        client.workspace_execute_command_async(
            lsp.ExecuteCommandParams(
                "understudy.fix", [{"uri": uri, "range": {"start": cursor, "end": cursor}}]
            )
        ),
        LIMIT_S,
    )
    assert set(answer) == {"runId"}
    params = await asyncio.wait_for(applied, LIMIT_S)
    (change,) = params.edit.document_changes or []
    assert isinstance(change, lsp.TextDocumentEdit)
    assert (change.text_document.uri, change.text_document.version) == (uri, 7)
    assert list(change.edits) == [lsp.TextEdit(lsp.Range(_at(2, 11), _at(2, 16)), "result")]


def test_the_answer_comes_before_the_work(slow: SlowTool, server: Server, workspace: Path) -> None:
    editor = open_plain(server, workspace)
    assert editor.fix("reslt")
    slow.wait_until_started()
    assert not editor.wire.came("workspace/applyEdit")
    slow.release()
    editor.wire.wait_for("workspace/applyEdit")


def test_lines_inserted_above_during_the_run_move_the_edit(
    slow: SlowTool, server: Server, workspace: Path
) -> None:
    editor = open_plain(server, workspace)
    editor.fix("reslt")
    slow.wait_until_started()
    editor.type(0, 0, "# one\n# two\n\n")
    slow.release()
    document, edits = edit_of(editor.wire.wait_for("workspace/applyEdit"))
    assert document["version"] == 2
    assert edits == [
        {
            "range": {"start": {"line": 5, "character": 11}, "end": {"line": 5, "character": 16}},
            "newText": "result",
        }
    ]


def test_a_line_deleted_inside_the_range_during_the_run_spoils_the_edit(
    slow: SlowTool, server: Server, workspace: Path
) -> None:
    editor = open_plain(server, workspace)
    editor.fix("reslt")
    slow.wait_until_started()
    editor.type_at("    return reslt\n", "")
    slow.release()
    said = editor.wire.wait_for("window/showMessage")
    assert "stale_document" in said["message"]
    assert "nothing was applied" in said["message"]
    assert not _edits_after_everything(editor)


def test_an_edit_of_the_same_line_while_the_question_waits_spoils_the_edit(
    server: Server, workspace: Path
) -> None:
    editor = open_plain(server, workspace)

    def hesitate(params: Message) -> Message:
        editor.type_at("return reslt", "return reslt + 1")
        first: Message = params["actions"][0]
        return first

    editor.wire.answers["window/showMessageRequest"] = hesitate
    editor.fix("reslt")
    assert "stale_document" in editor.wire.wait_for("window/showMessage")["message"]
    assert not _edits_after_everything(editor)


def test_a_client_whose_versions_never_rise_gets_no_edit_for_another_text(
    slow: SlowTool, server: Server, workspace: Path
) -> None:
    editor = open_plain(server, workspace)
    editor.fix("reslt")
    slow.wait_until_started()
    params = {
        "textDocument": {"uri": editor.uri, "version": 1},
        "contentChanges": [{"text": "def other():\n    pass\n    return reslt\n"}],
    }
    editor.wire.notify("textDocument/didChange", params)
    slow.release()
    assert "stale_document" in editor.wire.wait_for("window/showMessage")["message"]
    assert not _edits_after_everything(editor)


def test_a_document_that_is_opened_again_during_the_run_takes_no_edit(
    slow: SlowTool, server: Server, workspace: Path
) -> None:
    editor = open_plain(server, workspace)
    run = editor.fix("reslt")
    slow.wait_until_started()
    editor.open()
    # The run was cancelled with the first document; there is nothing left to cancel.
    assert editor.execute("understudy.cancel", {"runId": run}) == {"cancelled": 0}
    slow.release()
    assert not _edits_after_everything(editor)


def test_diagnostics_of_the_client_are_the_only_ones_that_are_fixed(
    server: Server, workspace: Path
) -> None:
    text = (
        "import os\n\n\ndef total(items):\n    result = sum(items)\n    return reslt, os.getcwdd\n"
    )
    server.initialize(workspace)
    editor = Editor(server, (workspace / "total.py").as_uri(), Buffer(text))
    editor.open()
    foreign = {
        "range": editor.here("reslt"),
        "message": 'Undefined name "reslt"',
        "source": "someone",
        "code": None,
        "severity": None,
    }
    (action,) = [
        one for one in editor.actions("reslt", diagnostics=[foreign]) if "Undefined" in one["title"]
    ]
    assert action["diagnostics"][0]["message"] == foreign["message"]
    editor.run(action)
    editor.wire.wait_for("workspace/applyEdit")
    assert editor.actions("result")
    assert editor.buffer.text == text.replace("reslt", "result")


def _edits_after_everything(editor: Editor) -> list[Any]:
    """Edits that came until the server had nothing left to do."""
    while editor.execute("understudy.cancel")["cancelled"]:
        pass
    return editor.wire.came("workspace/applyEdit")


def _at(line: int, character: int) -> lsp.Position:
    return lsp.Position(line, character)
