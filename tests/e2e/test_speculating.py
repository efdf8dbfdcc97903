"""Fixing problems before anyone asks: opt-in, free of charge, and gone with the next keystroke."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.clouds import CLOUD, answering
from tests.e2e.editor import Buffer, Editor, initialize_params
from tests.e2e.modelled import GOOD, KEY, MENDED, TEXT, configuration, questions
from tests.providers.answers import Hangs, Says
from tests.providers.planted import assert_nowhere

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

Message = dict[str, Any]
ON = "\n[fix]\nspeculate = true\nspeculate_after_s = 0.1\n"
WORD = "something_else_entirely"
CART = "def total(items):\n    result = sum(items)\n    return reslt\n"


@pytest.fixture
def typing(near: NearServer, workspace: Path) -> Callable[[str], Editor]:
    """Opens a document in an editor with our client."""

    def open_it(text: str) -> Editor:
        params = initialize_params("vscode", workspace)
        params["capabilities"]["experimental"] = {"understudy": {"previews": True, "status": True}}
        near.wire.request("initialize", params)
        near.wire.notify("initialized", {})
        path = workspace / "basket.py"
        path.write_text(text, encoding="utf-8")
        editor = Editor(near, path.as_uri(), Buffer(text))
        editor.open()
        return editor

    return open_it


def switch_on(home: Path, provider: ServerInThread, models: str = "") -> None:
    configuration(home, provider, "openai", ON + models)


def until_ready(editor: Editor, after: int = 0) -> list[Message]:
    """The edits that wait, as soon as some do."""
    editor.wire.wait(
        lambda one: (
            one.get("method") == "understudy/readyChanged" and bool(one["params"]["editIds"])
        ),
        after=after,
    )
    found: list[Message] = editor.wire.request("understudy/readyEdits", {"uri": editor.uri})[
        "edits"
    ]
    return found


def until_idle(editor: Editor, after: int = 0) -> None:
    """Until the server has looked ahead and is done with it."""

    def looks_ahead(one: Message, *, now: bool) -> bool:
        if one.get("method") != "understudy/status":
            return False
        return any(not work["asked"] for work in one["params"]["work"]) is now

    begun = editor.wire.wait(lambda one: looks_ahead(one, now=True), after=after)
    after = next(n for n, one in enumerate(editor.wire.seen) if one is begun)
    editor.wire.wait(lambda one: looks_ahead(one, now=False), after=after)


def test_a_problem_is_fixed_before_anyone_asks_and_nothing_else_is_shown(
    home: Path, provider: ServerInThread, typing: Callable[[str], Editor]
) -> None:
    switch_on(home, provider)
    editor = typing(TEXT)
    (edit,) = until_ready(editor)
    assert edit["models"] == ["acme/one:7b"]
    line = TEXT[: TEXT.index(WORD)].count("\n")
    params = {
        "textDocument": {"uri": editor.uri},
        "position": {"line": line, "character": 0},
        "context": {"triggerKind": 1},
    }
    (item,) = editor.wire.request("textDocument/inlineCompletion", params)
    assert item["insertText"] == "    return result"
    first = editor.actions(WORD, triggerKind=2)[0]
    assert first["title"].startswith("Understudy: ✓ Fix:")
    editor.run(first)
    assert editor.buffer.text == MENDED
    assert len(questions(provider)) == 1
    for method in ("understudy/preview", "window/showMessage", "window/showMessageRequest"):
        assert not editor.wire.came(method)
    assert not editor.wire.came("window/workDoneProgress/create")
    assert_nowhere(KEY, home, str(editor.wire.seen))


def test_the_offline_model_is_enough(home: Path, typing: Callable[[str], Editor]) -> None:
    (home / "config.toml").write_text(f"[checkers.basedpyright]\nenabled = false\n{ON}", "utf-8")
    editor = typing(CART)
    (edit,) = until_ready(editor)
    assert [one["newText"] for one in edit["textEdits"]] == ["result"]


def test_it_is_off_unless_the_user_wants_it(
    home: Path, provider: ServerInThread, typing: Callable[[str], Editor]
) -> None:
    configuration(home, provider, "openai")
    editor = typing(TEXT)
    editor.wire.wait(
        lambda one: (
            one.get("method") == "understudy/status" and one["params"]["model"] == "acme/one:7b"
        )
    )
    editor.type_at(WORD, f"{WORD}_too")
    editor.fix(f"{WORD}_too")
    # Nothing had waited, so this run is the first one that anybody heard of.
    editor.wire.wait_for("understudy/preview")
    titles = {
        work["title"] for one in editor.wire.came("understudy/status") for work in one["work"]
    }
    assert titles == {"Fixing basket.py:5"}


def test_a_workspace_can_not_switch_it_on(
    workspace: Path, home: Path, provider: ServerInThread, typing: Callable[[str], Editor]
) -> None:
    configuration(home, provider, "openai")
    (workspace / ".understudy").mkdir()
    (workspace / ".understudy" / "config.toml").write_text(ON, "utf-8")
    editor = typing(TEXT)
    told = editor.wire.wait_for("window/showMessage")["message"]
    assert "fix.speculate" in told
    assert "only switch it off" in told
    assert not questions(provider)


def test_typing_hangs_up_and_what_is_typed_is_asked_about_after_a_pause(
    home: Path, provider: ServerInThread, typing: Callable[[str], Editor]
) -> None:
    more = "\n\nSIZE = 3\n"
    again = Says(f"```python\n{MENDED}{more}```\n")
    provider.server.scripts["one:7b"] = [Hangs(), again]
    switch_on(home, provider)
    editor = typing(TEXT)
    provider.until(lambda: questions(provider))
    editor.type(len(TEXT), len(TEXT), more)
    provider.until(lambda: questions(provider)[0].hung_up_at)
    (edit,) = until_ready(editor)
    assert edit["version"] == editor.version
    assert [one.model for one in questions(provider)] == ["one:7b", "one:7b"]


def test_only_one_question_is_under_way_at_a_time(
    home: Path, provider: ServerInThread, typing: Callable[[str], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [GOOD]
    switch_on(home, provider)
    text = TEXT + "".join(
        f"\n\ndef other_{name}(items):\n    return nothing_like_{name}\n" for name in "abc"
    )
    editor = typing(text)
    until_idle(editor)
    asked = questions(provider)
    assert len(asked) >= 4
    for earlier, later in pairwise(asked):
        assert earlier.finished_at is not None
        assert earlier.finished_at <= later.at


@pytest.mark.parametrize("price", ["price_in = 1.0\nprice_out = 2.0\n", "price_out = 0.1\n"])
def test_a_model_that_costs_something_is_never_asked(
    price: str, home: Path, provider: ServerInThread, typing: Callable[[str], Editor]
) -> None:
    """Not first, not after a failure, and not for a second opinion."""
    provider.server.scripts["one:7b"] = [Says("I do not know.")]
    dear = '[gate]\nsecond_opinion = "always"\n[cascade]\nfallback_model = "acme/two"\n'
    configuration(home, provider, "openai", ON + dear)
    text = (home / "config.toml").read_text("utf-8")
    priced = text.replace('[models."acme/two"]\n', f'[models."acme/two"]\n{price}')
    (home / "config.toml").write_text(priced, "utf-8")
    editor = typing(TEXT)
    until_idle(editor)
    assert {one.model for one in questions(provider)} == {"one:7b"}
    # Whoever asks is answered by it all the same.
    editor.fix(WORD)
    editor.wire.wait_for("understudy/preview")
    assert "two" in {one.model for one in questions(provider)}


def test_what_the_user_asks_for_goes_first(
    home: Path, provider: ServerInThread, typing: Callable[[str], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [Hangs(), GOOD]
    switch_on(home, provider)
    editor = typing(TEXT)
    provider.until(lambda: questions(provider))
    editor.fix(WORD)
    provider.until(lambda: questions(provider)[0].hung_up_at)
    editor.wire.wait_for("understudy/preview")


def test_a_fix_that_was_discarded_is_not_offered_again(
    home: Path, provider: ServerInThread, typing: Callable[[str], Editor]
) -> None:
    switch_on(home, provider)
    editor = typing(TEXT)
    (edit,) = until_ready(editor)
    editor.execute("understudy.discard", {"editId": edit["editId"]})
    seen = len(editor.wire.seen)
    editor.type(len(TEXT), len(TEXT), "\n\nSIZE = 3\n")
    until_idle(editor, after=seen)
    assert len(questions(provider)) == 1
    assert editor.wire.request("understudy/readyEdits", {"uri": editor.uri})["edits"] == []


def test_cancelling_everything_ends_it_too(
    home: Path, provider: ServerInThread, typing: Callable[[str], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [Hangs()]
    switch_on(home, provider)
    editor = typing(TEXT)
    provider.until(lambda: questions(provider))
    assert editor.execute("understudy.cancel") == {"cancelled": 1}
    provider.until(lambda: questions(provider)[0].hung_up_at)
    assert len(questions(provider)) == 1


def test_a_free_model_in_a_cloud_is_neither_asked_nor_asked_about(
    home: Path, typing: Callable[[str], Editor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_KEY", KEY)
    cloud = CLOUD.replace("= 1.0", "= 0.0").replace("= 2.0", "= 0.0")
    (home / "config.toml").write_text(cloud + ON, encoding="utf-8")
    asked = answering(monkeypatch)
    editor = typing(TEXT)
    until_idle(editor)
    assert asked == []
    assert not editor.wire.came("window/showMessageRequest")
