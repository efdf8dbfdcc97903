"""What became of an edit stands in the journal."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.e2e.editor import Buffer, Editor

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer

TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"
FIXED = TEXT.replace("reslt", "result")


def open_total(near: NearServer, workspace: Path) -> Editor:
    near.initialize(workspace)
    editor = Editor(near, (workspace / "total.py").as_uri(), Buffer(TEXT))
    editor.open()
    return editor


def fix(editor: Editor) -> None:
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    assert editor.actions("items):")
    assert "reslt" not in editor.buffer.text


def outcomes(near: NearServer) -> list[str]:
    """What the journal says once the server has ended, oldest first."""
    assert near.leave() == 0
    path = near.home / "journal.sqlite3"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT what FROM outcomes ORDER BY at_us").fetchall()
        (edits,) = connection.execute("SELECT count(*) FROM edits").fetchone()
        assert edits == 1
    return [what for (what,) in rows]


def test_an_edit_that_stays_is_kept(near: NearServer, workspace: Path) -> None:
    editor = open_total(near, workspace)
    fix(editor)
    editor.type(0, 0, "# above\n")
    editor.close()
    assert outcomes(near) == ["offered", "applied", "kept"]


def test_an_edit_is_kept_until_the_editor_leaves(near: NearServer, workspace: Path) -> None:
    editor = open_total(near, workspace)
    fix(editor)
    assert outcomes(near) == ["offered", "applied", "kept"]


def test_an_edit_that_is_typed_over_was_changed(near: NearServer, workspace: Path) -> None:
    editor = open_total(near, workspace)
    fix(editor)
    editor.type_at("return result", "return result or 0")
    editor.close()
    assert outcomes(near) == ["offered", "applied", "changed"]


def test_an_edit_that_is_taken_back_was_undone(near: NearServer, workspace: Path) -> None:
    editor = open_total(near, workspace)
    fix(editor)
    editor.type_at("return result", "return reslt")
    editor.close()
    assert outcomes(near) == ["offered", "applied", "undone"]


def test_an_edit_that_is_taken_back_by_replacing_the_whole_text_was_undone(
    near: NearServer, workspace: Path
) -> None:
    editor = open_total(near, workspace)
    editor.whole = True
    fix(editor)
    editor.type_at("return result", "return reslt")
    assert outcomes(near) == ["offered", "applied", "undone"]


def test_an_edit_that_the_user_refuses_was_discarded(near: NearServer, workspace: Path) -> None:
    editor = open_total(near, workspace)
    editor.choose = "Discard"
    editor.fix("reslt")
    editor.wire.wait_for("window/showMessageRequest")
    while editor.execute("understudy.cancel")["cancelled"]:
        pass
    assert outcomes(near) == ["offered", "discarded"]


def test_an_edit_that_the_editor_said_it_applied_and_did_not_is_not_counted(
    near: NearServer, workspace: Path
) -> None:
    editor = open_total(near, workspace)
    editor.wire.answers["workspace/applyEdit"] = lambda _: {"applied": True}
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    assert editor.actions("reslt")
    assert outcomes(near) == ["offered"]


def test_an_edit_that_the_editor_applied_and_denied_is_counted(
    near: NearServer, workspace: Path
) -> None:
    editor = open_total(near, workspace)
    apply = editor.wire.answers["workspace/applyEdit"]
    editor.wire.answers["workspace/applyEdit"] = lambda params: {
        "applied": not apply(params)["applied"]
    }
    fix(editor)
    editor.close()
    assert outcomes(near) == ["offered", "applied", "kept"]
