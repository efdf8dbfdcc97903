"""Fixes that wait no longer: the client hears of it, and taking one twice is no failure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.modelled import ended
from tests.e2e.our_editor import CART, OURS, open_ours, previewed, waiting
from tests.e2e.raw_client import NO_ANSWER
from tests.e2e.several import PATCH, USE, Shop, ask

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.editor import Editor
    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

Message = dict[str, Any]


def close(editor: Editor) -> None:
    editor.close()


def open_again(editor: Editor) -> None:
    editor.open()


def change_language(editor: Editor) -> None:
    editor.close()
    editor.open("plaintext")


def send_what_cannot_be_carried_out(editor: Editor) -> None:
    document = {"uri": editor.uri, "version": editor.version + 1}
    changes = [{"range": "all", "text": ""}]
    editor.wire.notify(
        "textDocument/didChange", {"textDocument": document, "contentChanges": changes}
    )


def change_its_line(editor: Editor) -> None:
    editor.type_at("reslt", "reslts")


@pytest.fixture
def editor(near: NearServer, workspace: Path) -> Editor:
    return open_ours(near, workspace, CART)


@pytest.mark.parametrize(
    "goes",
    [close, open_again, change_language, send_what_cannot_be_carried_out, change_its_line],
)
def test_the_client_hears_that_a_fix_is_gone(
    editor: Editor, goes: Callable[[Editor], None]
) -> None:
    previewed(editor, "reslt")
    before = len(editor.wire.seen)
    goes(editor)
    told = editor.wire.wait_for("understudy/readyChanged", after=before)
    assert told == {"uri": editor.uri, "editIds": []}


@pytest.mark.parametrize("goes", [close, open_again, send_what_cannot_be_carried_out])
def test_the_client_hears_that_a_fix_is_gone_with_another_of_its_files(
    home: Path,
    workspace: Path,
    near: NearServer,
    provider: ServerInThread,
    goes: Callable[[Editor], None],
) -> None:
    editor = Shop(home, workspace, near, provider)(PATCH, experimental=OURS)
    other = editor.open_beside(workspace / "use.py", USE)
    ask(editor, "Call it `sum_of`, in use.py too.")
    editor.wire.wait_for("understudy/preview")
    ended(editor)
    before = len(editor.wire.seen)
    if goes is open_again:
        other.buffer.text += "# mine\n"
    goes(other)
    told = editor.wire.wait_for("understudy/readyChanged", after=before)
    assert told == {"uri": editor.uri, "editIds": []}


def take(editor: Editor, edit_id: str) -> None:
    """Take a fix that the editor is sent, and wait until the server has heard what it says."""
    before = len(editor.wire.seen)
    editor.execute("understudy.take", {"editId": edit_id})
    editor.wire.wait_for("workspace/applyEdit", after=before)
    settle(editor)


def settle(editor: Editor) -> None:
    """Let the server's jobs go on: they take a step between two messages."""
    for _ in range(5):
        waiting(editor)


def test_a_fix_that_is_taken_while_the_editor_puts_it_in_is_sent_once(editor: Editor) -> None:
    put_in = editor.wire.answers["workspace/applyEdit"]
    edit_id = previewed(editor, "reslt")["editId"]
    editor.wire.answers["workspace/applyEdit"] = lambda _: NO_ANSWER
    editor.execute("understudy.take", {"editId": edit_id})
    asked = editor.wire.wait(lambda one: one.get("method") == "workspace/applyEdit")
    editor.execute("understudy.take", {"editId": edit_id})
    settle(editor)
    editor.wire.send({"jsonrpc": "2.0", "id": asked["id"], "result": put_in(asked["params"])})
    settle(editor)
    assert editor.buffer.text == CART.replace("reslt", "result")
    assert len(editor.wire.came("workspace/applyEdit")) == 1
    assert editor.wire.came("window/showMessage") == []


def test_a_fix_that_is_taken_again_before_its_text_comes_is_not_told_as_refused(
    editor: Editor,
) -> None:
    edit_id = previewed(editor, "reslt")["editId"]
    # The change is sent later, as by clients that wait for more of them.
    editor.wire.answers["workspace/applyEdit"] = lambda _: {"applied": True}
    take(editor, edit_id)
    refused = {"applied": False, "failureReason": "`cart.py` has changed in the meantime."}
    editor.wire.answers["workspace/applyEdit"] = lambda _: refused
    take(editor, edit_id)
    editor.type_at("reslt", "result")
    assert waiting(editor) == []
    assert editor.wire.came("window/showMessage") == []


def test_an_editor_that_says_yes_and_does_nothing_is_asked_again(editor: Editor) -> None:
    put_in = editor.wire.answers["workspace/applyEdit"]
    edit_id = previewed(editor, "reslt")["editId"]
    editor.wire.answers["workspace/applyEdit"] = lambda _: {"applied": True}
    take(editor, edit_id)
    editor.wire.answers["workspace/applyEdit"] = put_in
    take(editor, edit_id)
    assert editor.buffer.text == CART.replace("reslt", "result")


def test_an_edit_that_is_refused_is_told_as_one_that_waits_while_it_does(editor: Editor) -> None:
    edit_id = previewed(editor, "reslt")["editId"]
    editor.wire.answers["workspace/applyEdit"] = lambda _: {"applied": False}
    take(editor, edit_id)
    (told,) = editor.wire.came("window/showMessage")
    assert "stays in the menu" in told["message"]

    def change_and_refuse(_: Any) -> Message:
        editor.type_at("reslt", "reslts")
        return {"applied": False}

    editor.wire.answers["workspace/applyEdit"] = change_and_refuse
    take(editor, edit_id)
    _, told = editor.wire.came("window/showMessage")
    assert "did not take the edit" in told["message"]
    assert "stays" not in told["message"]


def test_taking_a_fix_that_is_in_the_text_already_is_no_failure(editor: Editor) -> None:
    edit_id = previewed(editor, "reslt")["editId"]
    take(editor, edit_id)
    assert waiting(editor) == []
    assert set(editor.execute("understudy.take", {"editId": edit_id})) == {"runId"}
    settle(editor)
    assert editor.buffer.text == CART.replace("reslt", "result")
    assert editor.wire.came("window/showMessage") == []


@pytest.mark.parametrize("command", ["take", "takeApart", "runTests"])
def test_a_fix_that_waits_no_longer_is_told_without_its_id(editor: Editor, command: str) -> None:
    edit_id = previewed(editor, "reslt")["editId"]
    take(editor, edit_id)
    # Undone.
    editor.type_at("return result", "return reslt")
    params = {"command": f"understudy.{command}", "arguments": [{"editId": edit_id}]}
    told = editor.wire.refusal("workspace/executeCommand", params)
    assert "waits no longer" in told
    assert edit_id not in told
