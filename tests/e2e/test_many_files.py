"""Edits of several files: one transaction, or nothing and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.modelled import ended, questions
from tests.e2e.several import MOVED, NEW, PATCH, RENAMED, SHOP, USE, Shop, ask
from tests.providers.answers import Says
from understudy.workspace.paths import path_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread


@pytest.fixture
def bench(home: Path, workspace: Path, near: NearServer, provider: ServerInThread) -> Shop:
    return Shop(home, workspace, near, provider)


def test_two_open_files_change_in_one_versioned_edit(bench: Shop, workspace: Path) -> None:
    editor = bench(PATCH)
    other = editor.open_beside(workspace / "use.py", USE)
    ask(editor, "Call it `sum_of`, in use.py too.")
    params = editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == RENAMED
    assert other.buffer.text == USE.replace("total", "sum_of")
    changes = params["edit"]["documentChanges"]
    assert [one["textDocument"]["version"] for one in changes] == [1, 1]
    assert "2 files changed" in params["label"]


def test_a_new_file_is_made_in_the_same_edit(bench: Shop, workspace: Path) -> None:
    editor = bench(NEW)
    ask(editor, "Move `total` into a new file money.py.")
    params = editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.done == ["edit", "create", "edit"]
    assert editor.buffer.text.startswith("from money import total\n\n\ndef largest(prices):\n")
    assert (workspace / "money.py").read_text("utf-8").startswith("def total(prices):\n")
    made = params["edit"]["documentChanges"][1]
    assert made["options"] == {"overwrite": False, "ignoreIfExists": False}
    written = params["edit"]["documentChanges"][2]["textDocument"]
    assert written == {"uri": (workspace / "money.py").as_uri(), "version": None}


def test_a_file_that_is_named_and_not_open_is_changed_where_it_lies(
    bench: Shop, workspace: Path
) -> None:
    editor = bench(PATCH)
    ask(editor, "Call it `sum_of`, in use.py too.")
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == RENAMED
    assert (workspace / "use.py").read_text("utf-8") == USE.replace("total", "sum_of")


@pytest.mark.parametrize(
    ("abilities", "reply", "word"),
    [
        ({"documentChanges": False, "resourceOperations": []}, PATCH, "documentChanges"),
        ({"resourceOperations": ["rename"]}, NEW, "`create`"),
        ({"failureHandling": "abort"}, PATCH, "says abort"),
    ],
)
def test_a_client_that_can_not_take_all_of_it_gets_nothing_and_the_reason(
    abilities: dict[str, Any],
    reply: str,
    word: str,
    bench: Shop,
    workspace: Path,
) -> None:
    editor = bench(reply, **abilities)
    editor.open_beside(workspace / "use.py", USE)
    ask(editor, "Split shop.py: a new file money.py, and use.py follows.")
    said = editor.told()
    assert "nothing was applied" in said
    assert word in said
    assert not editor.wire.came("workspace/applyEdit")
    assert editor.buffer.text == SHOP
    assert not [one for one in editor.actions("def total") if "edit" in one]
    assert not (workspace / "money.py").exists()


def test_a_new_problem_in_another_file_stops_the_whole_edit(bench: Shop, workspace: Path) -> None:
    editor = bench(PATCH.replace("+print(sum_of([2, 3]))", "+print(sum_off([2, 3]))"))
    editor.open_beside(workspace / "use.py", USE)
    ask(editor, "Call it `sum_of`, in use.py too.")
    said = editor.told()
    assert "In use.py: It leaves a new problem" in said
    assert editor.buffer.text == SHOP
    assert not editor.wire.came("workspace/applyEdit")


@pytest.mark.parametrize("path", ["../money.py", ".git/hooks/pre-commit", "Makefile", ".env"])
def test_a_path_that_may_not_be_written_stops_the_whole_edit(
    path: str, bench: Shop, workspace: Path
) -> None:
    editor = bench(NEW.replace("money.py", path))
    ask(editor, "Move `total` into a new file money.py.")
    editor.told()
    assert not editor.wire.came("workspace/applyEdit")
    assert editor.buffer.text == SHOP
    assert sorted(one.name for one in workspace.iterdir()) == ["shop.py", "use.py"]


def test_a_link_that_leads_out_stops_the_whole_edit(
    bench: Shop, workspace: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (workspace / "lib").symlink_to(outside, target_is_directory=True)
    editor = bench(NEW.replace("money.py", "lib/money.py"))
    ask(editor, "Move `total` into a new file lib/money.py.")
    editor.told()
    assert not editor.wire.came("workspace/applyEdit")
    assert not list(outside.iterdir())


def test_files_move_and_go_after_a_look_at_the_diff(bench: Shop, workspace: Path) -> None:
    editor = bench(MOVED)
    (workspace / "old.py").write_text("x = 1\n", encoding="utf-8")
    (workspace / "tools").mkdir()
    shown: list[str] = []
    editor.wire.answers["window/showDocument"] = lambda params: shown.append(
        (path_of(params["uri"]) or workspace).read_text("utf-8")
    )
    ask(editor, "Move use.py to tools/use.py and delete old.py.")
    question = editor.wire.wait_for("window/showMessageRequest")["message"]
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert "nobody looked at what else uses it" in question
    assert "use.py is moved to tools/use.py.\nold.py is deleted.\n" in shown[0]
    assert editor.done == ["rename", "delete"]
    assert not (workspace / "old.py").exists()
    assert (workspace / "tools" / "use.py").read_text("utf-8") == USE


def test_the_open_document_goes_after_a_look_like_any_other(bench: Shop, workspace: Path) -> None:
    editor = bench("*** Begin Patch\n*** Delete File: shop.py\n*** End Patch\n")
    ask(editor, "Delete shop.py.")
    editor.wire.wait_for("window/showMessageRequest")
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.done == ["delete"]
    assert not (workspace / "shop.py").exists()


def test_a_file_that_no_model_may_see_is_not_sent_along(
    bench: Shop, workspace: Path, home: Path, provider: ServerInThread
) -> None:
    editor = bench(PATCH, more='[privacy]\nexclude = ["use.py"]\n')
    editor.open_beside(workspace / "use.py", USE)
    ask(editor, "Call it `sum_of`, in use.py too.")
    said = editor.told()
    assert "`use.py` is excluded from models" in said
    assert not questions(provider)


def test_what_the_model_is_told_about_a_failure_names_the_file(
    bench: Shop, workspace: Path, provider: ServerInThread
) -> None:
    wrong = PATCH.replace("+print(sum_of([2, 3]))", "+print(sum_off([2, 3]))")
    editor = bench(wrong)
    provider.server.scripts["two"] = [Says(wrong), Says(PATCH)]
    editor.open_beside(workspace / "use.py", USE)
    ask(editor, "Call it `sum_of`, in use.py too.")
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    told = str(questions(provider)[1].body)
    assert "In use.py: It leaves a new problem" in told
    assert "+print(sum_off([2, 3]))" in told
    assert editor.buffer.text == RENAMED
