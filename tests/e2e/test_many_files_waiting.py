"""An edit of several files that waits in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.modelled import ended
from tests.e2e.several import PATCH, RENAMED, SHOP, USE, Shop, ask

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.e2e.workbench import Workbench
    from tests.providers.scripted import ServerInThread


@pytest.fixture
def bench(home: Path, workspace: Path, near: NearServer, provider: ServerInThread) -> Shop:
    return Shop(home, workspace, near, provider)


def waiting(bench: Shop, workspace: Path) -> Workbench:
    """An edit of two open files that waits in the menu."""
    editor = bench(PATCH)
    editor.confirm = False
    editor.open_beside(workspace / "use.py", USE)
    ask(editor, "Call it `sum_of`, in use.py too.")
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    return editor


def ready_in(editor: Workbench) -> list[Any]:
    return [one for one in editor.actions("def total") if "edit" in one]


def test_the_menu_carries_all_files(bench: Shop, workspace: Path) -> None:
    editor = waiting(bench, workspace)
    (ready,) = ready_in(editor)
    editor.run(ready)
    (other,) = editor.beside.values()
    assert editor.buffer.text == RENAMED
    assert other.buffer.text == USE.replace("total", "sum_of")
    assert not [one for one in editor.actions("def sum_of") if "edit" in one]


def test_an_edit_waits_no_longer_when_another_of_its_files_changes(
    bench: Shop, workspace: Path
) -> None:
    editor = waiting(bench, workspace)
    assert ready_in(editor)
    (other,) = editor.beside.values()
    other.type(0, 0, "# mine\n")
    assert not ready_in(editor)


def test_an_edit_of_a_closed_file_is_compared_with_the_disk_when_it_is_taken(
    bench: Shop, workspace: Path
) -> None:
    editor = bench(PATCH)
    editor.confirm = False
    ask(editor, "Call it `sum_of`, in use.py too.")
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    (entry,) = [one for one in editor.actions("def total") if "editId" in one.get("data", {})]
    assert entry["command"]["command"] == "understudy.take"
    (workspace / "use.py").write_text("changed = 1\n", encoding="utf-8")
    editor.run(entry)
    said = editor.wire.wait_for("window/showMessage")["message"]
    assert "`use.py` has changed" in said
    assert editor.buffer.text == SHOP
