"""Clients that can't do what they are asked: the user is told where the edit went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.editor import Buffer, Editor
from tests.e2e.raw_client import RefusalError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.raw_client import Message, Server

TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"
CONFIRMS: Message = {
    "capabilities": {"workspace": {"workspaceEdit": {"changeAnnotationSupport": {}}}}
}


def opened(server: Server, workspace: Path, **params: Message) -> Editor:
    server.initialize(workspace, **params)
    editor = Editor(server, (workspace / "total.py").as_uri(), Buffer(TEXT))
    editor.open()
    return editor


def ready(editor: Editor) -> list[Message]:
    return [one for one in editor.actions("reslt") if "edit" in one]


def refuse(_: object) -> None:
    raise RefusalError("Internal error.")


def test_a_client_without_questions_is_told_that_the_edit_waits_in_the_menu(
    server: Server, workspace: Path
) -> None:
    editor = opened(server, workspace)
    editor.wire.answers["window/showMessageRequest"] = refuse
    editor.fix("reslt")
    message = editor.wire.wait_for("window/showMessage")["message"]
    assert message.startswith("Ready in the code-action menu: ✓ Fix: `reslt` → `result` (")
    assert len(ready(editor)) == 1


def test_an_edit_that_the_client_fails_to_apply_stays_in_the_menu_and_the_user_is_told(
    server: Server, workspace: Path
) -> None:
    editor = opened(server, workspace)
    editor.wire.answers["workspace/applyEdit"] = refuse
    editor.fix("reslt")
    message = editor.wire.wait_for("window/showMessage")["message"]
    assert message == (
        "The editor did not take the edit (Internal error). It stays in the menu while it fits."
    )
    assert len(ready(editor)) == 1


def test_a_previewed_edit_that_the_user_turns_down_stays_in_the_menu_without_a_word(
    server: Server, workspace: Path
) -> None:
    editor = opened(server, workspace, **CONFIRMS)
    editor.confirm = False
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    assert len(ready(editor)) == 1
    editor.execute("understudy.showRun", {"runId": "NONE"})
    messages = [one["message"] for one in [editor.wire.wait_for("window/showMessage")]]
    assert messages == ["No run has an id that begins with `NONE`."]
