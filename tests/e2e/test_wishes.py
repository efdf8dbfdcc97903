"""What a user may wish for beside fixes: it comes as an edit that was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.editor import Buffer, Editor, initialize_params
from tests.e2e.modelled import configuration, ended, questions
from tests.e2e.test_context import until_ready
from tests.providers import answers
from tests.providers.answers import Says

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

TEXT = """\
def total(items):
    result = 0
    for item in items:
        result = result + item.price
    return result


# understudy: print the total with two digits
def show(items):
    print(total(items))
"""
SHORTER = "def total(items):\n    return sum(item.price for item in items)\n"
SHOWN = 'def show(items):\n    print(f"{total(items):.2f}")\n'
TOTAL = TEXT[: TEXT.index("\n\n\n") + 1]
AFTER = TEXT.replace(TOTAL, SHORTER)
RENAMED = TOTAL.replace("result", "so_far")
EXTRACTED = """\
def price_of(item):
    return item.price


def total(items):
    result = 0
    for item in items:
        result = result + price_of(item)
    return result
"""
TYPED = TOTAL.replace("(items)", "(items: list[float])")
DOCUMENTED = TOTAL.replace("items):\n", 'items):\n    """What all items cost."""\n')


@pytest.fixture
def opened(
    near: NearServer, workspace: Path, home: Path, provider: ServerInThread
) -> Callable[[], Editor]:
    configuration(home, provider, "openai")

    def open_it() -> Editor:
        near.wire.request("initialize", initialize_params("vscode", workspace))
        near.wire.notify("initialized", {})
        path = workspace / "total.py"
        path.write_text(TEXT, encoding="utf-8")
        editor = Editor(near, path.as_uri(), Buffer(TEXT), version=1)
        editor.open()
        return editor

    return open_it


def fenced(code: str) -> Says:
    return Says(f"Shorter.\n\n```python\n{code}```\n")


def run(editor: Editor, command: str, word: str, **arguments: Any) -> str:
    """Run a command at a word and wait for its edit; what the user was told beside it."""
    editor.execute(command, {"uri": editor.uri, "range": editor.here(word), **arguments})
    edit = editor.wire.wait_for("workspace/applyEdit")["edit"]
    ended(editor)
    notes = edit.get("changeAnnotations", {}).values()
    return "".join(f"{one['label']}. {one.get('description', '')}" for one in notes)


def prompt(provider: ServerInThread, number: int = -1) -> str:
    return str(questions(provider)[number].body)


@pytest.mark.parametrize(
    ("command", "arguments", "words", "code"),
    [
        ("understudy.edit", {"instruction": "Use sum()."}, "Use sum().", SHORTER),
        ("understudy.refactor", {"kind": "simplify"}, "shorter and easier to read", SHORTER),
        ("understudy.refactor", {"kind": "rename"}, "local variables", RENAMED),
        ("understudy.refactor", {"kind": "extract"}, "new function with a telling name", EXTRACTED),
        ("understudy.refactor", {"kind": "types"}, "type annotations", TYPED),
        ("understudy.document", {}, "documentation comment", DOCUMENTED),
    ],
)
def test_a_wish_is_carried_out_in_the_symbol_around_the_cursor(
    command: str,
    arguments: dict[str, str],
    words: str,
    code: str,
    provider: ServerInThread,
    opened: Callable[[], Editor],
) -> None:
    provider.server.scripts["one:7b"] = [fenced(code)]
    editor = opened()
    told = run(editor, command, "result + item", **arguments)
    assert editor.buffer.text == TEXT.replace(TOTAL, code)
    assert words in prompt(provider)
    assert "acme/one:7b" in told
    assert "nothing new" in told


@pytest.mark.parametrize(
    ("code", "lost"),
    [
        (SHOWN.replace("show(", "display("), "which the edit takes away"),
        (SHOWN.replace("show(items", "show(items, digits"), "which now needs other arguments"),
        (SHOWN, ""),
    ],
)
def test_what_another_file_loses_is_told_and_to_be_looked_at(
    code: str,
    lost: str,
    provider: ServerInThread,
    workspace: Path,
    opened: Callable[[], Editor],
    near: NearServer,
) -> None:
    provider.server.scripts["one:7b"] = [fenced(code)]
    use = "from total import show\n\nshow([])\n"
    (workspace / "use.py").write_text(use, encoding="utf-8")
    editor = opened()
    until_ready(near, workspace / "total.py")
    run(editor, "understudy.edit", "print(total", instruction="Make it good.")
    asked = [one for one in editor.wire.seen if one.get("method") == "window/showMessageRequest"]
    said = "".join(one["params"]["message"] for one in asked)
    assert (f"`use.py` uses `show`, {lost}" in said) is bool(lost)


def test_only_what_is_selected_is_offered_to_the_model(
    provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [fenced(SHOWN)]
    editor = opened()
    where = editor.buffer.place(TEXT.index("def show"), len(TEXT))
    arguments = {"uri": editor.uri, "range": where, "instruction": "Two digits."}
    editor.execute("understudy.edit", arguments)
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == TEXT[: TEXT.index("def show")] + SHOWN
    assert "Lines 9 to 10, which you may rewrite" in prompt(provider)


def test_a_comment_may_say_what_is_to_be_done(
    provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [fenced(SHOWN)]
    editor = opened()
    titles = menu_once_known(editor, "two digits")
    title = "Understudy: Do: print the total with two digits"
    editor.run(next(one for one in titles if one["title"] == title))
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert "print the total with two digits" in prompt(provider)
    assert SHOWN in editor.buffer.text


def test_without_a_comment_or_an_instruction_the_user_is_told_what_is_missing(
    opened: Callable[[], Editor],
) -> None:
    editor = opened()
    editor.execute("understudy.edit", {"uri": editor.uri, "range": editor.here("item.price")})
    said = editor.wire.wait_for("window/showMessage")["message"]
    assert "give an `instruction`" in said


def test_an_edit_that_brings_a_problem_is_not_offered_and_the_next_model_is_asked(
    provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [fenced(SHORTER.replace("sum", "summ"))]
    provider.server.scripts["two"] = [fenced(SHORTER)]
    editor = opened()
    told = run(editor, "understudy.refactor", "result + item", kind="simplify")
    assert editor.buffer.text == AFTER
    assert "acme/one:7b failed" in told
    assert [one.model for one in questions(provider)] == ["one:7b"] * 3 + ["two"]


def test_a_refusal_leaves_the_text_and_says_why(
    provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [answers.Refuses()], "two": [answers.Refuses()]}
    editor = opened()
    place = {"uri": editor.uri, "range": editor.here("item.price"), "kind": "simplify"}
    editor.execute("understudy.refactor", place)
    said = editor.wire.wait_for("window/showMessageRequest")["message"]
    assert "refus" in said
    assert editor.buffer.text == TEXT


def test_other_open_documents_that_an_instruction_names_may_be_changed_too(
    provider: ServerInThread, opened: Callable[[], Editor], workspace: Path
) -> None:
    editor = opened()
    other = workspace / "prices.py"
    other.write_text("PRICE = 3\n", encoding="utf-8")
    Editor(editor.server, other.as_uri(), Buffer("PRICE = 3\n"), version=1).open()
    provider.server.scripts["one:7b"] = [answers.EMPTY]
    provider.server.scripts["two"] = [answers.EMPTY]
    words = {"instruction": "Take the price from prices.py."}
    editor.execute(
        "understudy.edit", {"uri": editor.uri, "range": editor.here("item.price"), **words}
    )
    editor.wire.wait_for("window/showMessageRequest")
    assert "Also open, and may be changed: prices.py" in prompt(provider)
    assert "PRICE = 3" in prompt(provider)


@pytest.mark.parametrize(
    ("command", "arguments", "sentence"),
    [
        ("understudy.refactor", {"kind": "polish"}, "`polish` is no kind of refactoring"),
        ("understudy.refactor", {}, "`kind` of `understudy.refactor` is missing"),
        ("understudy.edit", {"instruction": 5}, "instruction"),
        ("understudy.document", {"uri": "file:///nowhere.py"}, "has not opened"),
    ],
)
def test_bad_arguments_are_refused_in_a_sentence(
    command: str, arguments: dict[str, Any], sentence: str, opened: Callable[[], Editor]
) -> None:
    editor = opened()
    given = {"uri": editor.uri, "range": editor.here("item.price"), **arguments}
    with pytest.raises(AssertionError, match=sentence):
        editor.execute(command, given)


def menu_once_known(editor: Editor, word: str) -> list[dict[str, Any]]:
    """The menu, once the server knows its models: they are read in the background."""
    while True:
        found = editor.actions(word)
        if any(one["title"] == "Understudy: Simplify" for one in found):
            return found


def test_the_menu_names_wishes_behind_fixes_and_never_on_its_own(
    opened: Callable[[], Editor],
) -> None:
    editor = opened()
    titles = [one["title"] for one in menu_once_known(editor, "item.price")]
    assert titles.index("Understudy: Fix problems here") < titles.index("Understudy: Simplify")
    assert not any(title.startswith("Understudy: Do: ") for title in titles)
    automatic = editor.actions("item.price", triggerKind=2)
    assert [one["title"] for one in automatic] == ["Understudy: Fix problems here"]
    only = editor.actions("item.price", only=["refactor.rewrite"])
    assert all(one["kind"].startswith("refactor.rewrite.") for one in only)
    assert only
