"""The same fix as the real editors would get it, each with its own abilities and encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.editor import EDITORS, Buffer, Editor, initialize_params

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer

BROKEN = 'def total(items):\r\n    result = sum(items)\r\n    return "π😀e\u0301", reslt, "😀"\r\n'
FIXED = BROKEN.replace("reslt", "result")
ENCODINGS = {
    "emacs-30": "utf-32",
    "helix": "utf-8",
    "neovim-0.10": "utf-16",
    "neovim-0.12": "utf-8",
    "vim-ale": "utf-16",
    "vscode": "utf-16",
}


def shake_hands(near: NearServer, name: str, workspace: Path) -> tuple[Any, Any]:
    params = initialize_params(name, workspace)
    result = near.wire.request("initialize", params)
    near.wire.notify("initialized", {})
    return params["capabilities"], result["capabilities"]


def open_in(near: NearServer, name: str, workspace: Path) -> Editor:
    _, promised = shake_hands(near, name, workspace)
    assert promised["positionEncoding"] == ENCODINGS[name]
    first_version = 1 if name in {"vscode", "vim-ale"} else 0
    editor = Editor(
        near,
        (workspace / "total.py").as_uri(),
        Buffer(BROKEN, promised["positionEncoding"]),
        version=first_version,
        whole=name == "vim-ale",
    )
    editor.open()
    return editor


def test_every_recorded_editor_is_played() -> None:
    assert set(EDITORS) == set(ENCODINGS)


@pytest.mark.parametrize("name", EDITORS)
def test_a_fix_from_the_menu_leaves_the_same_file_in_every_editor(
    name: str, near: NearServer, workspace: Path
) -> None:
    editor = open_in(near, name, workspace)
    able = initialize_params(name, workspace)["capabilities"]

    titles = [one["title"] for one in editor.actions("reslt", only=["quickfix"])]
    assert titles[0] == "Understudy: Fix problems here"
    run = editor.run(editor.actions("reslt")[0])["runId"]
    sent = editor.wire.wait_for("workspace/applyEdit")

    confirms = "changeAnnotationSupport" in able.get("workspace", {}).get("workspaceEdit", {})
    assert ("changeAnnotations" in sent["edit"]) is confirms
    assert bool(editor.wire.came("window/showMessageRequest")) is not confirms
    shows_progress = able.get("window", {}).get("workDoneProgress", False)
    if shows_progress:
        editor.wire.wait(lambda one: _progress(one, run) == "end")
        kinds = [kind for one in editor.wire.seen if (kind := _progress(one, run))]
        assert kinds[0] == "begin"
        assert kinds.count("end") == 1
    assert bool(editor.wire.came("window/workDoneProgress/create")) is shows_progress
    # The next answer comes after our reply was handled, and so does the change.
    assert editor.actions("result")
    assert editor.buffer.text == FIXED
    assert editor.applied[0]["documentChanges"][0]["textDocument"]["version"] == editor.version - 1


@pytest.mark.parametrize("name", EDITORS)
def test_an_unanswered_question_leaves_a_ready_edit_in_the_menu(
    name: str, near: NearServer, workspace: Path
) -> None:
    editor = open_in(near, name, workspace)
    editor.choose, editor.confirm = None, False
    editor.fix("reslt")
    editor.wire.wait(lambda one: one.get("method") in QUESTIONS)

    ready = ready_edits(editor, "reslt")[0]
    assert ready["title"].startswith("Understudy: ✓ Fix: `reslt` → `result` (builtin/rules, 0.")
    assert "isPreferred" not in ready
    editor.type(0, 0, "# 😀\r\n# one more\r\n")
    editor.type(len(editor.buffer.text), len(editor.buffer.text), "x = '😀'\r\n")
    moved = ready_edits(editor, "reslt")[0]
    assert moved["edit"]["documentChanges"][0]["textDocument"]["version"] == editor.version
    editor.run(moved)
    assert editor.buffer.text == f"# 😀\r\n# one more\r\n{FIXED}x = '😀'\r\n"
    assert not ready_edits(editor, "result")


def test_automatic_requests_get_the_ready_edit_and_one_command_at_most(
    near: NearServer, workspace: Path
) -> None:
    editor = open_in(near, "vscode", workspace)
    editor.confirm = False
    assert len(editor.actions("reslt", triggerKind=2)) == 1
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    titles = [one["title"] for one in editor.actions("reslt", triggerKind=2)]
    assert len(titles) == 2
    assert titles[0].startswith("Understudy: ✓ Fix: ")


def test_a_ready_edit_vanishes_when_its_line_is_touched(near: NearServer, workspace: Path) -> None:
    editor = open_in(near, "helix", workspace)
    editor.choose = None
    run = editor.fix("reslt")
    editor.wire.wait_for("window/showMessageRequest")
    assert ready_edits(editor, "reslt")
    editor.type_at("return", "yield")
    assert not ready_edits(editor, "reslt")
    params = {"command": "understudy.take", "arguments": [{"editId": run}]}
    assert "waits no longer" in editor.wire.refusal("workspace/executeCommand", params)


def test_a_ready_edit_is_taken_by_command(near: NearServer, workspace: Path) -> None:
    editor = open_in(near, "emacs-30", workspace)
    editor.choose = None
    run = editor.fix("reslt")
    editor.wire.wait_for("window/showMessageRequest")
    editor.execute("understudy.take", {"editId": run})
    editor.wire.wait_for("workspace/applyEdit")
    assert not ready_edits(editor, "result")
    assert editor.buffer.text == FIXED


def test_a_discarded_edit_is_gone(near: NearServer, workspace: Path) -> None:
    editor = open_in(near, "vim-ale", workspace)
    editor.choose = None
    run = editor.fix("reslt")
    editor.wire.wait_for("window/showMessageRequest")
    assert editor.execute("understudy.discard", {"editId": run}) == {"discarded": True}
    assert editor.execute("understudy.discard", {"editId": run}) == {"discarded": False}
    assert not ready_edits(editor, "reslt")
    assert not editor.wire.came("workspace/applyEdit")


def test_an_edit_is_shown_as_a_diff_before_the_question_is_asked_again(
    near: NearServer, workspace: Path
) -> None:
    editor = open_in(near, "neovim-0.10", workspace)
    choices = iter(["Show diff", "Apply"])
    shown: list[str] = []
    editor.wire.answers["window/showMessageRequest"] = lambda _: {"title": next(choices)}
    editor.wire.answers["window/showDocument"] = lambda params: shown.append(params["uri"])
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    assert [uri.endswith(".diff") for uri in shown] == [True, False]
    assert shown[1] == editor.uri


QUESTIONS = {"window/showMessageRequest", "workspace/applyEdit"}


def ready_edits(editor: Editor, word: str) -> list[Any]:
    return [one for one in editor.actions(word) if "edit" in one]


def _progress(message: Any, token: str) -> str | None:
    params = message.get("params")
    if message.get("method") != "$/progress" or params["token"] != token:
        return None
    kind: str = params["value"]["kind"]
    return kind
