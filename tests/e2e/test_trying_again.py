"""Asking again after a failure asks for the same thing: the same task, place and words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.editor import Buffer, initialize_params
from tests.e2e.modelled import configuration, ended, questions
from tests.e2e.workbench import Workbench
from tests.providers import answers
from tests.providers.answers import Says

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

TEXT = """\
def total(prices):
    result = 0
    for price in prices:
        result += price
    return result


# understudy: print it with two digits, see notes.py
def show(prices):
    print(total(prices))
"""
SHOWN = '```python\ndef show(prices):\n    print(f"{total(prices):.2f}")\n```\n'
WRITTEN = "from basket import total\n\n\ndef test_nothing():\n    assert total([]) == 0\n"
NEW_FILE = f"tests/test_basket.py\n<<<<<<< SEARCH\n=======\n{WRITTEN}>>>>>>> REPLACE\n"
EXTRACTED = """\
```python
def sum_of(prices):
    result = 0
    for price in prices:
        result += price
    return result


def total(prices):
    return sum_of(prices)
```
"""
FINDING = {"line": 2, "quote": "    result = 0", "severity": "hint", "message": "x", "fix": None}


@pytest.fixture
def opened(
    home: Path, workspace: Path, near: NearServer, provider: ServerInThread
) -> Callable[..., Workbench]:
    """Opens the document for a model that fails until it says this."""

    def open_it(reply: str, times: int, **more: str) -> Workbench:
        provider.server.scripts = {"two": [*[answers.EMPTY] * times, Says(reply)]}
        configuration(home, provider, "openai", "[cascade]\ncooldown_seconds = 0\n")
        path = home / "config.toml"
        text = path.read_text(encoding="utf-8").replace('[models."acme/one:7b"]\n', "")
        text = text.replace('debugging = ["builtin/rules", "acme/one:7b", "acme/two"]\n', "")
        for key, value in more.items():
            named = f'[models."acme/two"]\n{key} = "{value}"\n'
            text = text.replace('[models."acme/two"]\n', named)
        path.write_text(text, encoding="utf-8")
        near.wire.request("initialize", initialize_params("vscode", workspace))
        near.wire.notify("initialized", {})
        (workspace / "basket.py").write_text(TEXT, encoding="utf-8")
        (workspace / "notes.py").write_text("x = 1\n", encoding="utf-8")
        bench = Workbench(near, (workspace / "basket.py").as_uri(), Buffer(TEXT))
        bench.wire.answers["window/showDocument"] = lambda _: {"success": True}
        bench.open()
        return bench

    return open_it


def fails(bench: Workbench, command: str, first: str, last: str = "", **more: Any) -> str:
    """Ask for something of a model that fails; what the user is told."""
    start = bench.buffer.text.index(first)
    end = bench.buffer.text.index(last) + len(last) if last else start
    place = bench.buffer.place(start, end)
    bench.execute(command, {"uri": bench.uri, "range": place, **more})
    question = bench.wire.wait_for("window/showMessageRequest")
    ended(bench)
    assert [one["title"] for one in question["actions"]] == ["Try again", "Show prompt"]
    message: str = question["message"]
    return message


def entry(bench: Workbench, word: str, title: str = "Try again") -> dict[str, Any]:
    found = {one["title"]: one for one in bench.actions(word)}
    return found[f"Understudy: {title}"]


def prompts(provider: ServerInThread) -> list[str]:
    """What was asked in all, without what a later question is told of the earlier ones."""
    return [str(one.body["messages"]) for one in questions(provider)]


def test_tests_stay_tests_of_their_kind(
    opened: Callable[..., Workbench], provider: ServerInThread, workspace: Path
) -> None:
    bench = opened(NEW_FILE, 3, edit_format="search_replace")
    told = fails(bench, "understudy.tests", "def total", kind="edges")
    assert told.startswith("Not done: ")
    again = entry(bench, "def total")
    assert again["command"]["command"] == "understudy.tests"
    assert again["command"]["arguments"][0]["kind"] == "edges"
    bench.run(again)
    bench.wire.wait_for("workspace/applyEdit")
    ended(bench)
    assert (workspace / "tests" / "test_basket.py").read_text("utf-8") == WRITTEN
    assert bench.buffer.text == TEXT
    assert "test edges and errors alone" in prompts(provider)[-1]


def test_a_refactoring_is_asked_for_on_all_that_was_selected_wherever_it_stands_now(
    opened: Callable[..., Workbench],
) -> None:
    bench = opened(EXTRACTED, 3)
    fails(bench, "understudy.refactor", "    result = 0", "+= price", kind="extract")
    bench.type(0, 0, "import os\n\nprint(os)\n\n\n")
    again = entry(bench, "result += price")
    (given,) = again["command"]["arguments"]
    assert again["command"]["command"] == "understudy.refactor"
    assert given["kind"] == "extract"
    assert given["range"] == bench.here(
        "    result = 0\n    for price in prices:\n        result += price"
    )
    bench.run(again)
    bench.wire.wait_for("workspace/applyEdit")
    ended(bench)
    assert "def sum_of" in bench.buffer.text


def test_a_comment_does_not_become_an_instruction_of_the_user(
    opened: Callable[..., Workbench], provider: ServerInThread
) -> None:
    bench = opened(SHOWN, 3)
    fails(bench, "understudy.edit", "two digits")
    again = entry(bench, "two digits")
    assert "instruction" not in again["command"]["arguments"][0]
    bench.run(again)
    bench.wire.wait_for("workspace/applyEdit")
    ended(bench)
    assert ":.2f" in bench.buffer.text
    # Only what a user says opens other files to an edit.
    assert not any("x = 1" in one for one in prompts(provider))


def test_an_instruction_is_said_again(opened: Callable[..., Workbench]) -> None:
    bench = opened(SHOWN, 3)
    fails(bench, "understudy.edit", "print(total", instruction="Two digits.")
    (given,) = entry(bench, "print(total")["command"]["arguments"]
    assert given["instruction"] == "Two digits."


def test_an_explanation_that_failed_can_be_asked_for_again_with_its_problems(
    opened: Callable[..., Workbench], provider: ServerInThread
) -> None:
    bench = opened("It sums up.", 2)
    problem = {
        "range": bench.here("price in"),
        "message": "Odd name",
        "source": "lint",
        "code": "X1",
        "severity": 2,
    }
    told = fails(bench, "understudy.explain", "for price", diagnostics=[problem])
    assert told.startswith("Not explained: ")
    shown = bench.wire.came("textDocument/publishDiagnostics")[-1]["diagnostics"]
    assert [one["message"][: len("Not explained")] for one in shown] == ["Not explained"]
    bench.type(0, 0, "\n")
    bench.run(entry(bench, "for price"))
    bench.wire.wait_for("window/showDocument")
    ended(bench)
    assert "Odd name" in prompts(provider)[-1]


def test_what_was_asked_for_an_explanation_can_be_shown(
    opened: Callable[..., Workbench],
) -> None:
    bench = opened("It sums up.", 2)
    fails(bench, "understudy.explain", "for price")
    bench.run(entry(bench, "for price", "Show what was asked"))
    shown = bench.wire.wait_for("window/showDocument")
    assert "/prompt.txt" in shown["uri"]


def test_a_review_of_the_whole_file_is_one_again(
    opened: Callable[..., Workbench], provider: ServerInThread
) -> None:
    bench = opened(json.dumps({"findings": [FINDING]}), 2)
    bench.execute("understudy.review", {"uri": bench.uri})
    question = bench.wire.wait_for("window/showMessageRequest")
    ended(bench)
    assert question["message"].startswith("Not reviewed: ")
    again = entry(bench, "def total")
    assert "range" not in again["command"]["arguments"][0]
    bench.run(again)
    bench.wire.wait_for("window/showMessage")
    ended(bench)
    assert "print(total(prices))" in prompts(provider)[-1]
    shown = bench.wire.came("textDocument/publishDiagnostics")[-1]["diagnostics"]
    assert [one["message"] for one in shown] == ["x (acme/two)"]


@pytest.mark.parametrize(
    ("command", "reply", "times", "more", "says"),
    [
        ("understudy.tests", NEW_FILE, 3, {"kind": "edges"}, "edges and errors alone"),
        ("understudy.refactor", EXTRACTED, 3, {"kind": "extract"}, "new function"),
        ("understudy.edit", EXTRACTED, 3, {"instruction": "Split it."}, "Split it."),
        ("understudy.explain", "It sums up.", 2, {}, "Explain the subject"),
        ("understudy.review", json.dumps({"findings": []}), 2, {}, "Review the subject"),
    ],
)
def test_the_button_asks_for_the_same_thing(
    command: str,
    reply: str,
    times: int,
    more: dict[str, str],
    says: str,
    opened: Callable[..., Workbench],
    provider: ServerInThread,
) -> None:
    formats = {"edit_format": "search_replace"} if reply == NEW_FILE else {}
    bench = opened(reply, times, **formats)
    bench.choose = "Try again"
    place = bench.here("    result = 0\n    for price in prices:\n        result += price")
    bench.execute(command, {"uri": bench.uri, "range": place, **more})
    provider.until(lambda: len(questions(provider)) > times)
    assert says in prompts(provider)[times]
    assert "Lines 2 to 4" in prompts(provider)[times] or "lines 2 to 4" in prompts(provider)[times]
