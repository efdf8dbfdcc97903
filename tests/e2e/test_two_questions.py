"""Several edits wait at once: each question is about its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.e2e.editor import Buffer, Editor
from tests.e2e.raw_client import NO_ANSWER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer

TEXT = "def f(result, value):\n    return reslt + valeu\n"


def undefined(editor: Editor, name: str) -> dict[str, Any]:
    return {
        "range": editor.here(name),
        "message": f"Undefined name `{name}`",
        "source": "Ruff",
        "code": "F821",
    }


def test_apply_sends_the_edit_that_was_asked_about(near: NearServer, workspace: Path) -> None:
    near.initialize(workspace)
    editor = Editor(near, (workspace / "f.py").as_uri(), Buffer(TEXT))
    editor.open()
    near.wire.answers["window/showMessageRequest"] = lambda _: NO_ANSWER
    questions = []
    for name in ("reslt", "valeu"):
        before = len(near.wire.seen)
        editor.fix(name, diagnostics=[undefined(editor, name)])
        asked = near.wire.wait(
            lambda one: one.get("method") == "window/showMessageRequest", after=before
        )
        assert f"`{name}` →" in asked["params"]["message"]
        questions.append(asked["id"])
    # Both wait in the menu, too.
    assert len([one for one in editor.actions("reslt + valeu") if "edit" in one]) == 2
    apply = {"title": "Apply"}
    near.wire.send({"jsonrpc": "2.0", "id": questions[0], "result": apply})
    near.wire.wait_for("workspace/applyEdit")
    assert editor.actions("result + ")
    assert editor.buffer.text == TEXT.replace("reslt", "result")
    # The other one was for the line as it was.
    near.wire.send({"jsonrpc": "2.0", "id": questions[1], "result": apply})
    assert "stale_document" in near.wire.wait_for("window/showMessage")["message"]
    assert len(near.wire.came("workspace/applyEdit")) == 1


def test_of_two_answers_to_one_question_the_older_is_stale(
    near: NearServer, workspace: Path
) -> None:
    near.initialize(workspace)
    editor = Editor(near, (workspace / "f.py").as_uri(), Buffer(TEXT))
    editor.open()
    near.wire.answers["window/showMessageRequest"] = lambda _: NO_ANSWER
    runs = []
    for _ in range(2):
        before = len(near.wire.seen)
        runs.append(editor.fix("reslt", diagnostics=[undefined(editor, "reslt")]))
        near.wire.wait_for("window/showMessageRequest", after=before)
    older, newer = runs
    ready = [one["data"] for one in editor.actions("reslt") if "edit" in one]
    assert ready == [{"editId": newer}]
    command = {"command": "understudy.take", "arguments": [{"editId": older}]}
    assert "waits no longer" in near.wire.refusal("workspace/executeCommand", command)
