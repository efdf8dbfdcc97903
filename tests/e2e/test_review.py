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


def published(editor: Editor, after: int = 0) -> list[dict[str, Any]]:
    """The next diagnostics of ours for the document."""
    params = editor.wire.wait_for("textDocument/publishDiagnostics", after=after)
    assert params["uri"] == editor.uri
    assert params["version"] == editor.version
    found: list[dict[str, Any]] = params["diagnostics"]
    return found


def waiting(near: NearServer, workspace: Path) -> tuple[Editor, list[dict[str, Any]]]:
    """An edit for review that waits in the menu, and the reasons that stand beside it."""
    editor = open_script(near, workspace)
    editor.choose = None
    fix(editor, [1])
    found = published(editor)
    editor.wire.wait_for("window/showMessageRequest")
    return editor, found


def test_the_reasons_stand_on_the_lines_of_an_edit_for_review_while_it_waits(
    near: NearServer, workspace: Path
) -> None:
    editor, found = waiting(near, workspace)
    assert any("Limited evidence" in one["message"] for one in found)
    for one in found:
        assert one["source"] == "understudy"
        assert one["severity"] == 3
        assert one["range"]["start"]["line"] == 1
        assert one["message"].endswith(".")
    before = len(editor.wire.seen)
    editor.type(0, 0, "// one more line\n")
    moved = published(editor, before)
    assert {one["range"]["start"]["line"] for one in moved} == {2}
    # What does not move them is not worth a word.
    before = len(editor.wire.seen)
    editor.type(0, 0, "x")
    assert editor.actions("b = 2")
    assert not [one for one in editor.wire.seen[before:] if "method" in one]


def test_the_reasons_go_when_the_edit_is_taken(near: NearServer, workspace: Path) -> None:
    editor, _ = waiting(near, workspace)
    before = len(editor.wire.seen)
    (ready,) = [one for one in editor.actions("b = 2") if "edit" in one]
    editor.run(ready)
    assert published(editor, before) == []


def test_the_reasons_go_when_the_edit_is_discarded(near: NearServer, workspace: Path) -> None:
    editor, _ = waiting(near, workspace)
    before = len(editor.wire.seen)
    (ready,) = [one for one in editor.actions("b = 2") if "edit" in one]
    editor.execute("understudy.discard", ready["data"])
    assert published(editor, before) == []


def test_the_reasons_go_when_the_edit_no_longer_fits(near: NearServer, workspace: Path) -> None:
    editor, _ = waiting(near, workspace)
    before = len(editor.wire.seen)
    editor.type_at("b = 2", "b = 3")
    assert published(editor, before) == []


def test_the_reasons_go_with_the_document(near: NearServer, workspace: Path) -> None:
    editor, _ = waiting(near, workspace)
    before = len(editor.wire.seen)
    editor.close()
    params = editor.wire.wait_for("textDocument/publishDiagnostics", after=before)
    assert params["diagnostics"] == []


def test_nobody_is_offered_to_fix_our_own_reasons(near: NearServer, workspace: Path) -> None:
    editor, found = waiting(near, workspace)
    titles = [one["title"] for one in editor.actions("b = 2", diagnostics=found)]
    assert not [title for title in titles if title.startswith("Understudy: Fix: ")]
    before = len(editor.wire.seen)
    place = editor.here("b = 2")
    arguments = {"uri": editor.uri, "range": place, "diagnostics": found}
    editor.execute("understudy.fix", arguments)
    said = editor.wire.wait_for("window/showMessage", after=before)
    assert "found nothing to fix" in said["message"]


def test_a_proved_edit_needs_no_reasons(near: NearServer, workspace: Path) -> None:
    near.initialize(workspace)
    text = "def total(items):\n    result = sum(items)\n    return reslt\n"
    editor = Editor(near, (workspace / "total.py").as_uri(), Buffer(text), choose=None)
    editor.open()
    editor.fix("reslt")
    editor.wire.wait_for("window/showMessageRequest")
    assert editor.actions("reslt")
    assert not editor.wire.came("textDocument/publishDiagnostics")
