"""Documents of every kind: what can be edited is, and the rest is refused in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.editor import Buffer, Editor
from tests.e2e.odd import FIX, ORIGIN, TEXT, check_that_it_is_fixed, editor, folder, shared

if TYPE_CHECKING:
    from pathlib import Path


__all__ = ["editor", "folder", "shared"]


def test_documents_of_other_kinds_are_refused_without_a_menu(editor: Editor) -> None:
    for uri in ("git:/total.py?ref=HEAD", "output:tasks", "https://example.org/a.py"):
        shown = Editor(editor.server, uri, Buffer(TEXT))
        shown.open()
        assert shown.actions("reslt") == []
        params = {"command": "understudy.fixFile", "arguments": [{"uri": uri}]}
        assert "can't be edited" in editor.wire.refusal(FIX, params)
        shown.close()


@pytest.mark.parametrize(
    ("uri", "told"),
    [
        (
            "file:///a%20b/one%20two.py",
            "has not opened `one two.py` for Understudy. Choose a language",
        ),
        ("untitled:Untitled-1", "has not opened `Untitled-1` for"),
        ("vscode-notebook-cell:/shop/cells.ipynb#W0s", "has not opened `cells.ipynb` for"),
        (
            "understudy:/shop/cart.py?01%2Fafter",
            "kind `understudy:` can't be edited. Bring the file",
        ),
        ("file://", "has not opened that document for"),
        ("::", "has not opened"),
    ],
)
def test_a_document_that_was_not_handed_over_is_told_by_its_name_with_a_way_out(
    editor: Editor, uri: str, told: str
) -> None:
    for command in ("understudy.fixFile", "understudy.review"):
        params = {"command": command, "arguments": [{"uri": uri}]}
        said = editor.wire.refusal(FIX, params)
        assert told in said
        assert "//" not in said


def test_an_untitled_document_is_fixed(editor: Editor) -> None:
    check_that_it_is_fixed(editor.server, "untitled:Untitled-1")


def test_a_file_that_was_deleted_is_fixed_in_memory(editor: Editor, folder: Path) -> None:
    path = folder / "gone" / "away.py"
    assert not path.exists()
    check_that_it_is_fixed(editor.server, path.as_uri())


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
        assert "has not opened `book.ipynb`" in wire.refusal(FIX, params)


def test_cells_of_a_notebook_that_missed_a_change_are_unknown(editor: Editor, folder: Path) -> None:
    wire = editor.wire
    notebook = (folder / "lost.ipynb").as_uri()
    first = f"vscode-notebook-cell:{folder}/lost.ipynb#a"
    wire.notify(
        "notebookDocument/didOpen",
        {
            "notebookDocument": {
                "uri": notebook,
                "notebookType": "jupyter-notebook",
                "version": 1,
                "cells": [{"kind": 2, "document": first}],
            },
            "cellTextDocuments": [
                {"uri": first, "languageId": "python", "version": 1, "text": TEXT}
            ],
        },
    )
    cell = Editor(editor.server, first, Buffer(TEXT))
    assert cell.actions("reslt")
    content = {"document": {"uri": first, "version": 2}, "changes": [{"range": None}]}
    wire.notify(
        "notebookDocument/didChange",
        {
            "notebookDocument": {"uri": notebook, "version": 2},
            "change": {"cells": {"textContent": [content]}},
        },
    )
    assert cell.actions("reslt") == []
    wire.notify(
        "notebookDocument/didClose",
        {"notebookDocument": {"uri": notebook}, "cellTextDocuments": [{"uri": first}]},
    )
    editor.take_over()
