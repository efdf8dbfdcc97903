"""Edits that nobody could prove: in a language without checkers, what the tool itself suggests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.e2e.editor import Buffer, Editor, initialize_params

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer

TEXT = "var a = 1;\nvar b = 2;\nuse(a, b);\n"


def suggested(line: int) -> dict[str, Any]:
    place = {"start": {"line": line, "character": 0}, "end": {"line": line, "character": 3}}
    return {
        "range": place,
        "message": "Unexpected var, use let or const instead.",
        "source": "eslint",
        "code": "no-var",
        "severity": 2,
        "data": {"edits": [{"range": place, "newText": "let"}]},
    }


def open_script(near: NearServer, workspace: Path) -> Editor:
    params = initialize_params("vscode", workspace)
    near.wire.request("initialize", params)
    near.wire.notify("initialized", {})
    uri = (workspace / "app.js").as_uri()
    editor = Editor(near, uri, Buffer(TEXT, "utf-16"), version=1)
    editor.open("javascript")
    return editor


def fix(editor: Editor, lines: list[int]) -> None:
    place = {"start": {"line": 0, "character": 0}, "end": {"line": 2, "character": 0}}
    found = [suggested(line) for line in lines]
    editor.execute("understudy.fix", {"uri": editor.uri, "range": place, "diagnostics": found})


def test_the_diff_is_shown_with_its_reasons_before_anything_is_asked(
    near: NearServer, workspace: Path
) -> None:
    editor = open_script(near, workspace)
    shown: list[str] = []
    editor.wire.answers["window/showDocument"] = lambda params: shown.append(params["uri"])
    editor.choose = "Apply"
    fix(editor, [0])
    question = editor.wire.wait_for("window/showMessageRequest")
    editor.wire.wait_for("workspace/applyEdit")
    assert [uri.rpartition(".")[2] for uri in shown] == ["diff"]
    assert "Limited evidence" in question["message"]
    assert editor.buffer.text == TEXT.replace("var a", "let a")


def test_every_edit_for_review_waits_in_the_menu(near: NearServer, workspace: Path) -> None:
    editor = open_script(near, workspace)
    editor.choose = None
    fix(editor, [0, 1])
    question = editor.wire.wait_for("window/showMessageRequest")
    assert "1 more edit is for review" in question["message"]
    assert len([one for one in editor.actions("a = 1") if "edit" in one]) == 1
    assert len([one for one in editor.actions("b = 2") if "edit" in one]) == 1
