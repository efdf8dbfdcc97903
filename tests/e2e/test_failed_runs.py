"""What a user sees of a run that failed, and what can be done about it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from tests.e2e.modelled import GOOD, KEY, MENDED, TEXT, configuration, ended, questions
from tests.providers import answers
from tests.providers.planted import assert_nowhere

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.editor import Editor
    from tests.providers.scripted import ServerInThread

WORD = "something_else_entirely"
BROKEN = answers.Status(418, {"error": {"message": "Worker 12 of `alpha` has a coffee break"}})


def failed(editor: Editor) -> dict[str, Any]:
    """Ask for a fix that fails; gives the diagnostic that stands there then."""
    editor.fix(WORD)
    question = editor.wire.wait_for("window/showMessageRequest")
    assert question["message"].startswith("Not fixed: ")
    return shown(editor)


def shown(editor: Editor) -> dict[str, Any]:
    published = editor.wire.came("textDocument/publishDiagnostics")
    (found,) = published[-1]["diagnostics"]
    diagnostic: dict[str, Any] = found
    return diagnostic


def text_of(params: Any) -> str:
    """What the document has in it that the server asked to show."""
    path = Path(url2pathname(unquote(urlsplit(params["uri"]).path)))
    return path.read_text(encoding="utf-8")


def at_word(editor: Editor) -> dict[str, dict[str, Any]]:
    """The menu at the problem, by its titles."""
    return {one["title"]: one for one in editor.actions(WORD)}


def hover(editor: Editor) -> str:
    params = {"textDocument": {"uri": editor.uri}, "position": editor.here(WORD)["start"]}
    found = editor.wire.request("textDocument/hover", params)
    return str(found["contents"]["value"]) if found else ""


def test_a_failure_stands_on_the_problem_with_its_category_cause_evidence_and_what_is_next(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [answers.EMPTY], "two": [answers.WrongKey()]}
    configuration(home, provider, "openai")
    editor = opened()
    diagnostic = failed(editor)
    assert diagnostic["code"] == "auth_error"
    assert diagnostic["source"] == "understudy"
    assert diagnostic["range"] == editor.here(WORD)
    told = hover(editor)
    assert "**auth_error**" in told
    assert "`acme/one:7b`, `acme/two`" in told
    assert "From acme:" in told
    assert "No other model is left to ask." in told
    question = editor.wire.wait_for("window/showMessageRequest")
    assert len(editor.wire.came("window/showMessageRequest")) == 1
    assert [one["title"] for one in question["actions"]] == ["Try again", "Show prompt"]
    assert_nowhere(KEY, home, told)


def test_no_model_with_the_same_spent_key_is_offered(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [answers.WrongKey()], "two": [answers.WrongKey()]}
    configuration(home, provider, "openai")
    settings = home / "config.toml"
    settings.write_text(settings.read_text() + '[models."acme/three"]\n', encoding="utf-8")
    editor = opened()
    failed(editor)
    assert "acme/three" not in hover(editor)
    assert not any(title.startswith("Understudy: Ask acme") for title in at_word(editor))


def test_a_silent_server_is_not_quoted_and_another_model_is_named_only_where_there_is_one(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [answers.Hangs()], "two": [answers.Hangs()]}
    configuration(home, provider, "openai", "[network]\nfirst_token_timeout_s = 0.5\n")
    editor = opened()
    failed(editor)
    told = hover(editor)
    assert "did not answer in time" in told
    assert "From acme" not in told
    assert "```text" not in told
    assert "No other model is left to ask." in told


def test_trying_again_asks_about_the_same_problem_and_the_diagnostic_goes(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [answers.EMPTY, GOOD], "two": [BROKEN]}
    configuration(home, provider, "openai", "[cascade]\ncooldown_seconds = 0\n")
    editor = opened()
    failed(editor)
    asked = len(questions(provider))
    editor.run(at_word(editor)["Understudy: Try again"])
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == MENDED
    assert len(questions(provider)) > asked
    assert not editor.wire.came("textDocument/publishDiagnostics")[-1]["diagnostics"]


def test_a_button_asks_again(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [answers.EMPTY, answers.EMPTY, GOOD], "two": [BROKEN]}
    configuration(home, provider, "openai", "[cascade]\ncooldown_seconds = 0\n")
    editor = opened()
    editor.choose = "Try again"
    editor.fix(WORD)
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == MENDED


def test_another_model_of_the_users_can_be_asked(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [BROKEN], "two": [BROKEN], "three": [GOOD]}
    configuration(home, provider, "openai")
    settings = home / "config.toml"
    settings.write_text(settings.read_text() + '[models."acme/three"]\n', encoding="utf-8")
    editor = opened()
    failed(editor)
    editor.run(at_word(editor)["Understudy: Ask acme/three"])
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert questions(provider)[-1].model == "three"
    assert editor.buffer.text == MENDED


def test_what_was_asked_can_be_read_with_its_secrets_masked(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    secret = "sk-ant-" + "a1B2c3D4e5" * 5
    provider.server.scripts = {"one:7b": [BROKEN], "two": [BROKEN]}
    configuration(home, provider, "openai")
    editor = opened()
    editor.type(0, 0, f'TOKEN = "{secret}"\n')
    texts: list[str] = []

    def show(params: Any) -> dict[str, bool]:
        texts.append(text_of(params))
        return {"success": True}

    editor.wire.answers["window/showDocument"] = show
    failed(editor)
    editor.run(at_word(editor)["Understudy: Show what was asked"])
    editor.wire.wait_for("window/showDocument")
    (text,) = texts
    assert "return something_else_entirely" in text
    assert "acme/two" in text
    assert "<secret:anthropic:" in text
    assert secret not in text


def test_a_failure_that_the_user_classifies_counts_as_that_from_the_next_run_on(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [BROKEN], "two": [BROKEN]}
    configuration(home, provider, "openai", "[cascade]\ncooldown_seconds = 0\n")
    editor = opened()
    assert failed(editor)["code"] == "unknown"
    picks = iter(["The provider", "rate_limit", None])
    editor.wire.answers["window/showMessageRequest"] = lambda _: (
        {"title": title} if (title := next(picks, None)) else None
    )
    editor.run(at_word(editor)["Understudy: Classify this failure as\u2026"])
    said = editor.wire.wait_for("window/showMessage")["message"]
    assert "count as `rate_limit` from now on" in said
    file = Path(url2pathname(urlsplit(editor.uri).path)).parent / ".understudy" / "config.toml"
    (rule,) = tomllib.loads(file.read_text(encoding="utf-8"))["failures"]["rules"].items()
    assert rule == ("worker * of * has a coffee break", "rate_limit")
    provider.server.scripts = {
        name: [answers.Status(418, {"error": {"message": "Worker 7 of `beta` has a coffee break"}})]
        for name in ("one:7b", "two")
    }
    before = len(editor.wire.seen)
    editor.fix(WORD)
    editor.wire.wait_for("textDocument/publishDiagnostics", after=before)
    assert shown(editor)["code"] == "rate_limit"


def test_the_failure_goes_with_its_lines_moves_with_others_and_can_be_dismissed(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [BROKEN], "two": [BROKEN]}
    configuration(home, provider, "openai")
    editor = opened()
    failed(editor)
    editor.type(0, 0, "import os\n")
    assert shown_now(editor)[0]["range"] == editor.here(WORD)
    assert "Understudy: Try again" in at_word(editor)
    editor.type_at("return something", "return  something")
    assert shown_now(editor) == []
    assert "Understudy: Try again" not in at_word(editor)
    before = len(editor.wire.seen)
    editor.fix(WORD)
    editor.wire.wait_for("textDocument/publishDiagnostics", after=before)
    editor.run(at_word(editor)["Understudy: Dismiss this failure"])
    assert shown_now(editor) == []
    assert TEXT.splitlines()[0] in editor.buffer.text


def shown_now(editor: Editor) -> list[dict[str, Any]]:
    """What is published, once the server has seen everything that was sent."""
    editor.execute("understudy.cancel", {"runId": "none"})
    found: list[dict[str, Any]]
    found = editor.wire.came("textDocument/publishDiagnostics")[-1]["diagnostics"]
    return found


def test_a_fragment_whose_value_may_be_missing_fails_no_run_and_is_named_by_doctor(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    configuration(home, provider, "openai")
    (home / "fragments").mkdir()
    text = "---\nid: house\nslot: task\n---\n{{wish}}\n"
    (home / "fragments" / "house.md").write_text(text, "utf-8")
    editor = opened()
    editor.fix(WORD)
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == MENDED
    (asked,) = questions(provider)
    assert b"wish" not in asked.raw
    texts: list[str] = []
    editor.wire.answers["window/showDocument"] = lambda params: texts.append(text_of(params))
    editor.execute("understudy.doctor", {"uri": editor.uri})
    editor.wire.wait_for("window/showDocument")
    assert "`wish` may have no value here" in texts[0]
    assert "It is not used as it stands." in texts[0]
