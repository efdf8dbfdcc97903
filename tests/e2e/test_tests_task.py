"""`understudy.tests`: tests are written where the project keeps them."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.e2e.editor import Buffer, initialize_params
from tests.e2e.modelled import configuration, ended, questions
from tests.e2e.raw_client import NO_ANSWER
from tests.e2e.workbench import Workbench
from tests.providers.answers import Says
from understudy.config.trust import load_record, save_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

BASKET = """\
def total(prices):
    return sum(prices)


def largest(prices):
    return max(prices)
"""
WRITTEN = """\
from basket import total


def test_nothing_costs_nothing():
    assert total([]) == 0


def test_prices_are_added():
    assert total([1, 2]) == 3
"""
STYLE = """\
# Tests of this shop have names that are sentences.
from other import thing


def test_the_thing_is_one():
    assert thing() == 1
"""
ROUTES = '[model_routing]\ntesting = ["acme/two"]\n'


def new_file(path: str, text: str = WRITTEN) -> str:
    return f"{path}\n<<<<<<< SEARCH\n=======\n{text}>>>>>>> REPLACE\n"


@pytest.fixture
def bench(
    home: Path, workspace: Path, near: NearServer, provider: ServerInThread
) -> Callable[..., Workbench]:
    """Opens `basket.py` in a project, where a model answers with this text."""

    def open_it(reply: str, more: str = "") -> Workbench:
        provider.server.scripts = {"two": [Says(reply)], "one:7b": [Says("no")]}
        configuration(home, provider, "openai", more)
        path = home / "config.toml"
        before = path.read_text(encoding="utf-8")
        named = '[models."acme/two"]\nedit_format = "search_replace"\n'
        after = before.replace('[models."acme/two"]\n', named)
        path.write_text(after.replace("[model_routing]\n", ROUTES), encoding="utf-8")
        save_record(load_record()[0].with_folder(workspace))
        near.wire.request("initialize", initialize_params("vscode", workspace))
        near.wire.notify("initialized", {})
        (workspace / "basket.py").write_text(BASKET, encoding="utf-8")
        found = Workbench(near, (workspace / "basket.py").as_uri(), Buffer(BASKET))
        found.wire.answers["window/showDocument"] = lambda _: {"success": True}
        found.open()
        return found

    return open_it


def write(bench: Workbench, **more: str) -> str:
    """Have tests of `total` written; the title of the edit."""
    place = bench.here("def total")
    bench.execute("understudy.tests", {"uri": bench.uri, "range": place, **more})
    label: str = bench.wire.wait_for("workspace/applyEdit")["label"]
    ended(bench)
    return label


def asked(provider: ServerInThread) -> str:
    (question,) = questions(provider)
    return "\n".join(one["content"] for one in question.body["messages"])


def test_a_file_without_tests_gets_a_test_file(
    bench: Callable[..., Workbench], workspace: Path, provider: ServerInThread
) -> None:
    editor = bench(new_file("tests/test_basket.py"))
    label = write(editor)
    assert "new file `tests/test_basket.py`" in label
    assert (workspace / "tests" / "test_basket.py").read_text("utf-8") == WRITTEN
    assert editor.buffer.text == BASKET
    assert "imported from `basket`" in asked(provider)


def test_an_editor_that_never_answers_holds_nothing_up(
    bench: Callable[..., Workbench], workspace: Path
) -> None:
    editor = bench(new_file("tests/test_basket.py"))
    editor.wire.answers["workspace/applyEdit"] = lambda _: NO_ANSWER
    place = editor.here("def total")
    editor.execute("understudy.tests", {"uri": editor.uri, "range": place})
    editor.wire.wait_for("workspace/applyEdit")
    editor.wire.wait(lambda one: str(one.get("params")).find("'kind': 'end'") > 0)
    (ready,) = [one for one in editor.actions("def total") if "editId" in one.get("data", {})]
    assert "new file `tests/test_basket.py`" in ready["title"]
    assert editor.execute("understudy.cancel")["cancelled"] == 1
    ended(editor)
    assert not (workspace / "tests").exists()


def test_new_tests_go_where_the_others_are_and_show_their_style(
    bench: Callable[..., Workbench], workspace: Path, provider: ServerInThread
) -> None:
    (workspace / "checks").mkdir()
    (workspace / "checks" / "other_test.py").write_text(STYLE, encoding="utf-8")
    editor = bench(new_file("checks/basket_test.py"))
    write(editor)
    assert (workspace / "checks" / "basket_test.py").is_file()
    assert "names that are sentences" in asked(provider)


def test_a_test_file_that_is_there_is_continued(
    bench: Callable[..., Workbench], workspace: Path
) -> None:
    (workspace / "tests").mkdir()
    there = "from basket import largest\n\n\ndef test_one():\n    assert largest([1]) == 1\n"
    (workspace / "tests" / "test_basket.py").write_text(there, encoding="utf-8")
    more = "from basket import largest, total\n"
    reply = (
        "tests/test_basket.py\n<<<<<<< SEARCH\nfrom basket import largest\n"
        f"=======\n{more}>>>>>>> REPLACE\n"
        "tests/test_basket.py\n<<<<<<< SEARCH\n    assert largest([1]) == 1\n=======\n"
        "    assert largest([1]) == 1\n\n\ndef test_all():\n    assert total([1, 2]) == 3\n"
        ">>>>>>> REPLACE\n"
    )
    editor = bench(reply)
    label = write(editor)
    assert "`tests/test_basket.py`" in label
    text = (workspace / "tests" / "test_basket.py").read_text("utf-8")
    assert text.startswith(more)
    assert text.endswith("def test_all():\n    assert total([1, 2]) == 3\n")


def test_what_is_tested_stays_as_it_is(bench: Callable[..., Workbench], workspace: Path) -> None:
    reply = new_file("tests/test_basket.py") + (
        "basket.py\n<<<<<<< SEARCH\n    return sum(prices)\n=======\n    return 0\n"
        ">>>>>>> REPLACE\n"
    )
    editor = bench(reply)
    place = editor.here("def total")
    editor.execute("understudy.tests", {"uri": editor.uri, "range": place})
    said = editor.told()
    assert "`basket.py`, which is to stay as it is" in said
    assert editor.buffer.text == BASKET
    assert not (workspace / "tests").exists()


def test_tests_that_do_not_parse_are_not_offered(
    bench: Callable[..., Workbench], workspace: Path
) -> None:
    editor = bench(new_file("tests/test_basket.py", "def test_one(:\n    pass\n"))
    place = editor.here("def total")
    editor.execute("understudy.tests", {"uri": editor.uri, "range": place})
    said = editor.told()
    assert "tests/test_basket.py" in said
    assert not (workspace / "tests").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Only on systems with script files")
@pytest.mark.parametrize("good", [True, False])
def test_new_tests_are_run_where_that_is_wanted(
    good: bool, bench: Callable[..., Workbench], workspace: Path
) -> None:
    command = json.dumps([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"])
    text = WRITTEN if good else WRITTEN.replace("== 3", "== 4")
    more = f'[gate]\nrun_tests = "always"\n[tests]\ncommand = {command}\n'
    editor = bench(new_file("tests/test_basket.py", text), more)
    (workspace / "conftest.py").write_text("", encoding="utf-8")
    editor.confirm = False
    place = editor.here("def total")
    editor.execute("understudy.tests", {"uri": editor.uri, "range": place})
    words = "1 test passed" if good else "1 of its own tests would fail"
    editor.wire.wait(lambda one: words in str(one.get("params")))
    ended(editor)
    (ready,) = [one for one in editor.actions("def total") if "editId" in one.get("data", {})]
    assert ("tests passed" in ready["title"]) is good
    assert ("Not fully proved" in ready["title"]) is not good
    assert not (workspace / "tests").exists()


def test_a_kind_that_is_unknown_is_refused(bench: Callable[..., Workbench]) -> None:
    editor = bench(new_file("tests/test_basket.py"))
    arguments = {"uri": editor.uri, "range": editor.here("def total"), "kind": "magic"}
    params = {"command": "understudy.tests", "arguments": [arguments]}
    refused = editor.wire.refusal("workspace/executeCommand", params)
    assert refused == "`magic` is no kind of tests. Known: `unit`, `edges`, `properties`."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("def test_one():\n    assert sorted([2, 1]) == [1, 2]\n", "does not use `total`"),
        (WRITTEN.replace("== 0", "== total([])"), "asserts nothing"),
    ],
)
def test_tests_of_something_else_or_of_nothing_are_not_offered(
    text: str, why: str, bench: Callable[..., Workbench]
) -> None:
    found = bench(new_file("test_basket.py", text))
    found.execute("understudy.tests", {"uri": found.uri, "range": found.here("def total")})
    assert why in found.told()
    assert not found.wire.came("workspace/applyEdit")
