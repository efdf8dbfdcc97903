"""Tests of the project, run on an edit that waits: what they say moves it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.editor import Buffer, Editor, initialize_params
from tests.e2e.modelled import configuration, ended
from tests.plain_pytest import BEFORE_IMPORT
from tests.providers.answers import Says
from tests.support import require
from understudy.config.trust import load_record, save_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

BASKET = """\
def total(prices):
    result = 0
    for price in prices:
        result += price
    return result


def largest(prices):
    return max(prices)
"""
SHORT = "def total(prices):\n    return sum(prices)\n"
WRONG = "def total(prices):\n    return max(prices)\n"
REST = "\n\ndef largest(prices):\n    return max(prices)\n"
TESTS = """\
from basket import total


def test_one():
    assert total([3]) == 3


def test_two():
    assert total([1, 2]) == 3
"""
GO = """\
package basket

func Total(prices []int) int {
\tresult := 0
\tfor _, price := range prices {
\t\tresult += price
\t}
\treturn result
}

func Count(prices []int) int {
\treturn len(prices)
}
"""
GO_WRONG = "func Total(prices []int) int {\n\treturn len(prices)\n}\n"
GO_TESTS = """\
package basket

import "testing"

func TestTotal(t *testing.T) {
\tif Total([]int{1, 2}) != 3 {
\t\tt.Fatal("no")
\t}
}
"""
ROUTES = '[model_routing]\ncode-generation = ["acme/two"]\n'


def pytest_in(workspace: Path) -> None:
    """The project's own environment, as far as running pytest needs one."""
    if sys.platform == "win32":
        pytest.skip("Only on systems where a script can be linked to")
    folder = workspace / ".venv" / "bin"
    folder.mkdir(parents=True)
    (workspace / ".venv" / "pyvenv.cfg").write_text("", encoding="utf-8")
    program = folder / "pytest"
    run = "import pytest\nraise SystemExit(pytest.main())\n"
    program.write_text(f"#!{sys.executable}\n{BEFORE_IMPORT}{run}")
    program.chmod(0o755)


@pytest.fixture
def opened_with(
    home: Path, workspace: Path, near: NearServer, provider: ServerInThread
) -> Callable[..., Editor]:
    """Opens a document of a trusted project, where a model answers with this text."""

    def open_it(reply: str, how: str, *, name: str = "basket.py", text: str = BASKET) -> Editor:
        provider.server.scripts = {"two": [Says(f"```\n{reply}```")], "one:7b": [Says("no")]}
        gate = f'[gate]\nrun_tests = "{how}"\n' if how else ""
        configuration(home, provider, "openai", gate)
        path = home / "config.toml"
        before = path.read_text(encoding="utf-8")
        path.write_text(before.replace("[model_routing]\n", ROUTES), encoding="utf-8")
        save_record(load_record()[0].with_folder(workspace))
        near.wire.request("initialize", initialize_params("vscode", workspace))
        near.wire.notify("initialized", {})
        (workspace / name).write_text(text, encoding="utf-8")
        editor = Editor(near, (workspace / name).as_uri(), Buffer(text), confirm=False)
        editor.open("go" if name.endswith(".go") else "python")
        return editor

    return open_it


def ask(editor: Editor, word: str = "def total") -> None:
    arguments = {"uri": editor.uri, "range": editor.here(word), "instruction": "Make it short."}
    editor.execute("understudy.edit", arguments)
    editor.wire.wait_for("workspace/applyEdit")


def waiting(editor: Editor, word: str = "for price") -> list[dict[str, Any]]:
    return [one for one in editor.actions(word) if "editId" in (one.get("data") or {})]


def test_an_edit_whose_tests_pass_says_so_in_the_menu(
    opened_with: Callable[..., Editor], workspace: Path
) -> None:
    pytest_in(workspace)
    (workspace / "test_basket.py").write_text(TESTS, encoding="utf-8")
    editor = opened_with(SHORT, "always")
    ask(editor)
    until_log(editor, "2 tests passed")
    (ready,) = waiting(editor)
    assert "tests passed" in ready["title"]
    editor.run(ready)
    assert editor.buffer.text == SHORT + REST
    left = {one.name for one in workspace.rglob("*")} - {"pytest", "bin", "pyvenv.cfg", ".venv"}
    assert left == {"basket.py", "test_basket.py"}


def test_an_edit_that_breaks_a_test_is_withdrawn_with_the_reason(
    opened_with: Callable[..., Editor], workspace: Path
) -> None:
    pytest_in(workspace)
    (workspace / "test_basket.py").write_text(TESTS, encoding="utf-8")
    editor = opened_with(WRONG, "always")
    ask(editor)
    said = editor.wire.wait_for("window/showMessage")["message"]
    assert said.startswith("Withdrawn: ")
    assert "1 test that passed before and would not with it: test_basket::test_two" in said
    assert not waiting(editor)
    assert editor.buffer.text == BASKET


def test_a_test_that_failed_and_passes_now_is_told(
    opened_with: Callable[..., Editor], workspace: Path
) -> None:
    pytest_in(workspace)
    (workspace / "test_basket.py").write_text(TESTS, encoding="utf-8")
    editor = opened_with(SHORT, "always", text=BASKET.replace("+= price", "= price"))
    ask(editor)
    until_log(editor, "2 tests passed, 1 of which failed before")
    assert "tests passed" in waiting(editor)[0]["title"]


def test_an_edit_that_can_not_be_imported_breaks_every_test(
    opened_with: Callable[..., Editor], workspace: Path
) -> None:
    pytest_in(workspace)
    (workspace / "test_basket.py").write_text(TESTS, encoding="utf-8")
    editor = opened_with(f"{SHORT}\n\ntotal([None])\n", "always")
    ask(editor)
    said = editor.wire.wait_for("window/showMessage")["message"]
    assert "2 tests that passed before" in said


@pytest.mark.parametrize("how", ["", "on_request"])
def test_tests_run_only_where_the_user_wants_it(
    how: str, opened_with: Callable[..., Editor], workspace: Path
) -> None:
    pytest_in(workspace)
    mark = workspace / "ran"
    (workspace / "test_basket.py").write_text(
        f"from pathlib import Path\nPath({str(mark)!r}).touch()\n{TESTS}", encoding="utf-8"
    )
    editor = opened_with(SHORT, how)
    ask(editor)
    ended(editor)
    (ready,) = waiting(editor)
    entry = [one for one in editor.actions("for price") if "Run the tests" in one["title"]]
    assert bool(entry) is (how == "on_request")
    assert not mark.exists()
    if how:
        editor.run(entry[0])
        until_log(editor, "2 tests passed")
        assert mark.exists()
        assert not [one for one in editor.actions("for price") if "Run the" in one["title"]]
    else:
        params = {"command": "understudy.runTests", "arguments": [ready["data"]]}
        refused = editor.wire.refusal("workspace/executeCommand", params)
        assert "`gate.run_tests` is `never`" in refused


def test_nothing_runs_in_a_workspace_that_is_not_trusted(
    opened_with: Callable[..., Editor], workspace: Path
) -> None:
    pytest_in(workspace)
    mark = workspace / "ran"
    (workspace / "test_basket.py").write_text(
        f"from pathlib import Path\nPath({str(mark)!r}).touch()\n{TESTS}", encoding="utf-8"
    )
    editor = opened_with(SHORT, "always")
    save_record(load_record()[0].without(workspace))
    ask(editor)
    ended(editor)
    assert waiting(editor)
    assert not [one for one in editor.actions("for price") if "Run the tests" in one["title"]]
    assert not mark.exists()


def test_without_tests_the_edit_waits_as_it_was(
    opened_with: Callable[..., Editor], workspace: Path
) -> None:
    pytest_in(workspace)
    editor = opened_with(SHORT, "always")
    ask(editor)
    until_log(editor, "No tests were found for `basket.py`")
    assert "tests passed" not in waiting(editor)[0]["title"]
    assert not editor.wire.came("window/showMessage")


def test_go_runs_the_tests_of_the_package(
    opened_with: Callable[..., Editor], workspace: Path
) -> None:
    require("go")
    (workspace / "go.mod").write_text("module basket\n\ngo 1.21\n", encoding="utf-8")
    (workspace / "all_test.go").write_text(GO_TESTS, encoding="utf-8")
    editor = opened_with(GO_WRONG, "always", name="basket.go", text=GO)
    ask(editor, "func Total")
    said = editor.wire.wait_for("window/showMessage")["message"]
    assert "1 test that passed before and would not with it: basket.TestTotal" in said
    assert not waiting(editor, "range prices")


def until_log(editor: Editor, words: str) -> None:
    """Until the log of the server, or the progress of a run, says this."""
    editor.wire.wait(lambda one: words in str(one.get("params")))
    ended(editor)
