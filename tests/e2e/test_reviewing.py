"""A review, from the editor's request to diagnostics with fixes that are proved."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.e2e.modelled import KEY, TEXT, configuration, ended, questions
from tests.providers import answers
from tests.providers.answers import Says
from tests.providers.planted import assert_nowhere
from understudy.caches.store import open_caches
from understudy.config.settings import CacheSettings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.editor import Editor
    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

RETURN = "    return something_else_entirely"
MENDED = TEXT.replace("something_else_entirely", "result")
WRONG: dict[str, Any] = {
    "line": 5,
    "quote": RETURN,
    "severity": "error",
    "message": "It returns a name that does not exist.",
    "fix": {"old": RETURN, "new": "    return result"},
}
NAME: dict[str, Any] = {
    "line": 1,
    "quote": "def total(items):",
    "severity": "hint",
    "message": "The name does not say of what.",
    "fix": None,
}
INVENTED = {**NAME, "quote": "class Basket(Base):", "message": "It is not here."}


def found(*findings: dict[str, Any]) -> Says:
    return Says("Here is my review:\n\n```json\n" + json.dumps({"findings": findings}) + "\n```\n")


def review(editor: Editor, **more: Any) -> str:
    """Have the file reviewed; what the user is told in the end."""
    before = len(editor.wire.seen)
    editor.execute("understudy.review", {"uri": editor.uri, **more})
    told = str(editor.wire.wait_for("window/showMessage", after=before)["message"])
    ended(editor)
    return told


def shown(editor: Editor) -> list[dict[str, Any]]:
    """What is published, once the server has seen everything that was sent."""
    editor.execute("understudy.cancel", {"runId": "none"})
    published = editor.wire.came("textDocument/publishDiagnostics")
    return list(published[-1]["diagnostics"]) if published else []


def entries(editor: Editor, word: str, **context: Any) -> dict[str, dict[str, Any]]:
    """The menu at a word, by its titles."""
    return {one["title"]: one for one in editor.actions(word, **context)}


def test_findings_stand_on_the_lines_that_they_quote_and_invented_ones_are_dropped(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [found(WRONG, INVENTED, NAME)]
    configuration(home, provider, "openai")
    editor = opened()
    told = review(editor)
    wrong, name = shown(editor)
    assert wrong["range"] == editor.here("return something_else_entirely")
    assert wrong["source"] == "understudy review"
    assert wrong["code"] == "review"
    assert wrong["severity"] == 1
    assert wrong["message"] == "It returns a name that does not exist. (acme/one:7b)"
    assert name["range"] == editor.here("def total(items):")
    assert name["severity"] == 4
    assert told.startswith("acme/one:7b reviewed basket.py: 2 findings.")
    assert "quoting what is not there: 1." in told
    assert editor.buffer.text == TEXT
    assert_nowhere(KEY, home, told)


def test_a_fix_is_proved_before_it_is_offered_and_nobody_is_asked_for_it(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [found(WRONG)]
    configuration(home, provider, "openai")
    editor = opened()
    review(editor)
    editor.run(entries(editor, "something_else")["Understudy: Fix: " + WRONG["message"]])
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == MENDED
    assert len(questions(provider)) == 1
    assert shown(editor) == []


def test_a_fix_that_is_not_proved_is_never_offered_and_a_model_is_asked_instead(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    broken = {**WRONG, "fix": {"old": RETURN, "new": "    return reslt_x"}}
    mended = Says(f"```python\n{MENDED}```\n")
    provider.server.scripts["one:7b"] = [found(broken), mended]
    configuration(home, provider, "openai")
    editor = opened()
    review(editor)
    editor.run(entries(editor, "something_else")["Understudy: Fix: " + WRONG["message"]])
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == MENDED
    asked = str(questions(provider)[1].body)
    assert "It returns a name that does not exist." in asked
    assert "+    return reslt_x" in asked
    assert "This did not do" in asked


def test_findings_move_with_edits_go_with_their_lines_and_can_be_dismissed(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    loop = {**NAME, "line": 3, "quote": "for item in items:", "message": "Use `sum`."}
    provider.server.scripts["one:7b"] = [found(WRONG, NAME, loop)]
    configuration(home, provider, "openai")
    editor = opened()
    review(editor)
    editor.type(0, 0, "import os\n\n")
    assert shown(editor)[0]["range"] == editor.here("return something_else_entirely")
    editor.type_at("return something", "return  something")
    assert [one["message"] for one in shown(editor)] == [
        "The name does not say of what. (acme/one:7b)",
        "Use `sum`. (acme/one:7b)",
    ]
    editor.run(entries(editor, "def total")["Understudy: Dismiss this finding"])
    assert len(shown(editor)) == 1
    assert "Understudy: Dismiss all findings in this file" not in entries(editor, "for item")
    editor.execute("understudy.dismissFinding", {"uri": editor.uri})
    assert shown(editor) == []


def test_a_newer_review_takes_the_place_of_an_older_one(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [found(WRONG, NAME), found()]
    configuration(home, provider, "openai", "[cache]\nreplies = false\n")
    editor = opened()
    review(editor)
    assert len(shown(editor)) == 2
    assert review(editor).startswith("acme/one:7b reviewed basket.py: no findings.")
    assert shown(editor) == []


def test_prose_is_asked_about_once_with_the_exact_reason_and_then_the_next_model_is(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor], near: NearServer
) -> None:
    provider.server.scripts = {
        "one:7b": [Says("It looks fine to me."), Says('{"findings": [{"message": "x"}]}')],
        "two": [found(WRONG)],
    }
    configuration(home, provider, "openai")
    editor = opened()
    told = review(editor)
    asked = questions(provider)
    assert [one.model for one in asked] == ["one:7b", "one:7b", "two"]
    assert "This did not do: The reply holds no JSON value." in str(asked[1].body)
    assert "acme/one:7b failed parse_error" in told
    assert len(shown(editor)) == 1
    near.leave()
    caches = open_caches(CacheSettings())
    assert caches.read_so_far("acme/one:7b", "json") == (0, 2)
    assert caches.read_so_far("acme/two", "json") == (1, 1)
    caches.close()


def test_only_what_is_selected_is_reviewed(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [found(NAME, WRONG)]
    configuration(home, provider, "openai")
    editor = opened()
    told = review(editor, range=editor.here("for item in items:"))
    assert shown(editor) == []
    assert "basket.py, line 3: no findings." in told
    assert "not there: 2." in told


def test_the_menu_offers_the_file_or_what_is_selected_and_findings_are_no_problems_of_others(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [found(WRONG)]
    configuration(home, provider, "openai")
    editor = opened()
    review(editor)
    (finding,) = shown(editor)
    selected = entries(editor, "something_else", diagnostics=[finding])
    assert "range" in selected["Understudy: Review this code"]["command"]["arguments"][0]
    assert list(selected).count("Understudy: Fix: " + WRONG["message"]) == 1
    assert not any("(acme/one:7b)" in title for title in selected)
    whole = entries(editor, "")
    assert whole["Understudy: Review this file"]["command"]["arguments"] == [{"uri": editor.uri}]


def test_secrets_are_masked_on_their_way_and_a_fix_keeps_them(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    secret = "sk-ant-" + "a1B2c3D4e5" * 5
    provider.server.scripts["one:7b"] = [found(WRONG)]
    configuration(home, provider, "openai")
    editor = opened()
    editor.type(0, 0, f'TOKEN = "{secret}"\n')
    before = editor.buffer.text
    told = review(editor)
    assert secret not in str(questions(provider)[0].body)
    editor.run(entries(editor, "something_else")["Understudy: Fix: " + WRONG["message"]])
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == before.replace("something_else_entirely", "result")
    assert_nowhere(secret, home, told)


def test_lines_that_change_while_the_model_reads_get_no_finding(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [
        Says(json.dumps({"findings": [WRONG, NAME]}), first_delay_s=0.6)
    ]
    configuration(home, provider, "openai")
    editor = opened()
    before = len(editor.wire.seen)
    editor.execute("understudy.review", {"uri": editor.uri})
    provider.until(lambda: questions(provider))
    editor.type_at("something_else_entirely", "result")
    told = editor.wire.wait_for("window/showMessage", after=before)["message"]
    assert [one["message"] for one in shown(editor)] == [NAME["message"] + " (acme/one:7b)"]
    assert "lines that have changed since: 1." in told


def test_cancelling_closes_the_stream_and_nothing_is_shown(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [answers.Hangs("middle")]
    configuration(home, provider, "openai")
    editor = opened()
    editor.execute("understudy.review", {"uri": editor.uri})
    provider.until(lambda: questions(provider))
    editor.execute("understudy.cancel", {})
    provider.until(lambda: questions(provider)[0].hung_up_at, limit_s=1.5)
    ended(editor)
    assert shown(editor) == []
    assert [one.model for one in questions(provider)] == ["one:7b"]


def test_a_panel_sees_findings_as_soon_as_they_are_complete(
    home: Path, provider: ServerInThread, panel: Callable[[], Editor]
) -> None:
    script = replace(found(WRONG, INVENTED, NAME), chunks=8, delay_s=0.3)
    provider.server.scripts["one:7b"] = [script]
    configuration(home, provider, "openai")
    editor = panel()
    editor.execute("understudy.review", {"uri": editor.uri})
    last = editor.wire.wait(
        lambda one: (
            one.get("method") == "understudy/explanation"
            and one["params"]["state"] not in {"writing", "withdrawn"}
        )
    )["params"]
    ended(editor)
    first = "- **error**, line 5: It returns a name that does not exist.\n"
    assert (last["state"], last["task"], last["place"]) == ("finished", "review", "basket.py")
    assert last["text"] == f"{first}- **hint**, line 1: The name does not say of what.\n"
    assert "acme/one:7b reviewed basket.py: 2 findings." in last["note"]
    grown = [one["text"] for one in editor.wire.came("understudy/explanation") if one is not last]
    assert first in grown
    assert not editor.wire.came("window/showMessage")


def test_a_review_that_fails_is_taken_back_in_the_panel(
    home: Path, provider: ServerInThread, panel: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [Says("No.")], "two": [answers.WrongKey()]}
    configuration(home, provider, "openai")
    editor = panel()
    editor.execute("understudy.review", {"uri": editor.uri})
    last = editor.wire.wait(
        lambda one: (
            one.get("method") == "understudy/explanation" and one["params"]["state"] == "failed"
        )
    )["params"]
    assert last["note"].startswith("Not reviewed: ")
    assert last["text"] == ""
