"""The line above an edit that was taken: off unless somebody switches it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.e2e.editor import Buffer, Editor

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer

TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"


def mended(near: NearServer, workspace: Path, **options: Any) -> Editor:
    near.initialize(workspace, initializationOptions=options)
    editor = Editor(near, (workspace / "total.py").as_uri(), Buffer(TEXT))
    editor.open()
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    assert editor.actions("result\n")
    return editor


def lenses(editor: Editor) -> list[Any]:
    params = {"textDocument": {"uri": editor.uri}}
    found: list[Any] = editor.wire.request("textDocument/codeLens", params)
    return found


def test_nothing_is_shown_by_itself(near: NearServer, workspace: Path) -> None:
    assert lenses(mended(near, workspace)) == []


def test_an_edit_says_who_wrote_it_and_leads_to_its_run(near: NearServer, workspace: Path) -> None:
    editor = mended(near, workspace, actions={"codeLens": True})
    (lens,) = lenses(editor)
    assert lens["range"]["start"] == {"line": 2, "character": 0}
    assert lens["command"]["title"].startswith("Understudy: F821 mended by builtin/rules, 0.9")
    assert lens["command"]["command"] == "understudy.showRun"


def test_the_line_moves_with_the_edit(near: NearServer, workspace: Path) -> None:
    editor = mended(near, workspace, actions={"codeLens": True})
    editor.type(0, 0, "# one\n# two\n")
    assert [lens["range"]["start"]["line"] for lens in lenses(editor)] == [4]


def test_an_edit_that_was_undone_has_no_line(near: NearServer, workspace: Path) -> None:
    editor = mended(near, workspace, actions={"codeLens": True})
    editor.type_at("return result", "return reslt")
    assert lenses(editor) == []
