"""An explanation, from the editor's request to what a user reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from tests.e2e.editor import Buffer, Editor, initialize_params
from tests.e2e.modelled import KEY, TEXT, configuration, ended, questions
from tests.providers import answers
from tests.providers.answers import Says
from tests.providers.planted import assert_nowhere
from understudy.config.paths import journal_file
from understudy.journal.queries import recent_runs, run_details

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

WORD = "something_else_entirely"
WORDS = "It sums the prices of `items`.\n\n- The sum is in `result`.\n- **It returns an unknown name.**\n"


def explain(editor: Editor, **more: Any) -> str:
    answer = editor.execute(
        "understudy.explain", {"uri": editor.uri, "range": editor.here(WORD), **more}
    )
    run: str = answer["runId"]
    return run


def shown_documents(editor: Editor) -> list[str]:
    """The texts of the documents that the server opens, as they are then."""
    texts: list[str] = []

    def show(params: Any) -> dict[str, bool]:
        path = Path(url2pathname(unquote(urlsplit(params["uri"]).path)))
        assert path.suffix == ".md"
        texts.append(path.read_text(encoding="utf-8"))
        return {"success": True}

    editor.wire.answers["window/showDocument"] = show
    return texts


def pictures(editor: Editor) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = editor.wire.came("understudy/explanation")
    return found


def until(editor: Editor, *states: str) -> dict[str, Any]:
    """The first picture in one of these states."""
    message = editor.wire.wait(
        lambda one: (
            one.get("method") == "understudy/explanation" and one["params"]["state"] in states
        )
    )
    found: dict[str, Any] = message["params"]
    return found


def test_a_document_is_opened_that_says_who_wrote_it_what_it_cost_and_what_was_sent(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [Says(WORDS)]
    configuration(home, provider, "openai")
    editor = opened()
    texts = shown_documents(editor)
    explain(editor)
    editor.wire.wait_for("window/showDocument")
    ended(editor)
    (text,) = texts
    assert WORDS in text
    assert text.startswith("# `basket.py, line 5`\n")
    assert "By `acme/one:7b`" in text
    assert "sent: file, elsewhere, code." in text
    assert "nobody checked it" in text
    sent = str(questions(provider)[0].body)
    assert "return something_else_entirely" in sent
    assert "Explain the subject" in sent
    assert editor.buffer.text == TEXT
    assert not editor.wire.came("window/showMessage")
    assert_nowhere(KEY, home, text)


def test_the_menu_offers_it_with_the_problems_that_the_client_shows(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [Says(WORDS)]
    configuration(home, provider, "openai")
    editor = opened()
    # The menu knows which models there are once the settings are read.
    explain(editor)
    editor.wire.wait_for("window/showDocument")
    problem = {
        "range": editor.here(WORD),
        "message": "Undefined name",
        "source": "tool",
        "code": "X1",
    }
    actions = editor.actions(WORD, diagnostics=[problem], only=["understudy.explain"])
    (action,) = actions
    assert action["title"] == "Understudy: Explain"
    editor.run(action)
    provider.until(lambda: len(questions(provider)) == 2)
    ended(editor)
    assert "reported by tool (X1)" in str(questions(provider)[1].body)


def test_a_panel_sees_it_grow_and_no_document_is_opened(
    home: Path, provider: ServerInThread, panel: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [Says(WORDS * 4, chunks=4, delay_s=0.3)]
    configuration(home, provider, "openai")
    editor = panel()
    run = explain(editor)
    last = until(editor, "finished", "failed")
    ended(editor)
    assert last["text"] == WORDS * 4
    assert last["runId"] == run
    assert (last["task"], last["place"]) == ("explain", "basket.py, line 5")
    assert "acme/one:7b explained" in last["note"]
    grown = [one["text"] for one in pictures(editor) if one["state"] == "writing"]
    assert len(grown) >= 2
    assert all(len(one) < len(last["text"]) for one in grown[:1])
    assert not editor.wire.came("window/showDocument")


def test_what_a_model_wrote_before_it_failed_is_withdrawn_and_the_next_one_answers(
    home: Path, provider: ServerInThread, panel: Callable[[], Editor]
) -> None:
    half = Says("Half of an explanation, which never comes to its end. " * 3, chunks=6)
    provider.server.scripts = {
        "one:7b": [answers.Reset(after_events=4, says=half)],
        "two": [Says(WORDS)],
    }
    configuration(home, provider, "openai")
    editor = panel()
    explain(editor)
    last = until(editor, "finished", "failed")
    assert last["text"] == WORDS
    assert last["model"] == "acme/two"
    assert "acme/one:7b failed" in last["note"]
    states = [one["state"] for one in pictures(editor)]
    assert states.index("writing") < states.index("withdrawn") < states.index("finished")
    withdrawn = next(one for one in pictures(editor) if one["state"] == "withdrawn")
    assert withdrawn["text"] == ""
    assert withdrawn["note"].startswith("Withdrawn: acme/one:7b")


def test_a_model_that_declines_is_no_explanation(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {
        "one:7b": [Says("I'm sorry, but I can't help with that.")],
        "two": [answers.WrongKey()],
    }
    configuration(home, provider, "openai")
    editor = opened()
    explain(editor)
    told = editor.wire.wait_for("window/showMessageRequest")["message"]
    assert told.startswith("Not explained: ")
    assert "`acme/one:7b` failed refusal" in told
    assert not editor.wire.came("window/showDocument")


def test_links_pictures_and_html_of_a_model_are_shown_as_letters(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    evil = "![x](https://evil.example/?q=1) [run](command:evil.run) <img src=x onerror=y>\n"
    provider.server.scripts["one:7b"] = [Says(evil)]
    configuration(home, provider, "openai")
    editor = opened()
    texts = shown_documents(editor)
    explain(editor)
    editor.wire.wait_for("window/showDocument")
    ended(editor)
    assert texts[0].endswith("x run (command:evil.run) &lt;img src=x onerror=y>\n")


def test_a_secret_stays_masked_in_what_is_shown(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    secret = "sk-ant-" + "a1B2c3D4e5" * 5
    provider.server.scripts["one:7b"] = [Says("The key `<secret:anthropic:…>` is in the code.")]
    configuration(home, provider, "openai")
    editor = opened()
    editor.type(0, 0, f'TOKEN = "{secret}"\n')
    texts = shown_documents(editor)
    explain(editor)
    editor.wire.wait_for("window/showDocument")
    ended(editor)
    assert "`<secret:anthropic:…>`" in texts[0]
    assert secret not in str(questions(provider)[0].body)
    assert_nowhere(secret, home, texts[0])


def test_cancelling_closes_the_stream_and_says_so(
    home: Path, provider: ServerInThread, panel: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [answers.Hangs("middle")]
    configuration(home, provider, "openai")
    editor = panel()
    explain(editor)
    until(editor, "writing")
    editor.execute("understudy.cancel", {})
    provider.until(lambda: questions(provider)[0].hung_up_at, limit_s=1.5)
    assert until(editor, "failed")["text"] == ""
    ended(editor)
    assert [one.model for one in questions(provider)] == ["one:7b"]


def test_without_a_model_it_is_said_how_to_get_one(opened: Callable[[], Editor]) -> None:
    editor = opened()
    explain(editor)
    told = editor.wire.wait_for("window/showMessage")["message"]
    assert told.startswith("Not explained: No model can be asked for this.")
    assert "`understudy models list --all`" in told


def test_without_a_model_it_is_said_in_the_words_of_the_editor(
    near: NearServer, workspace: Path
) -> None:
    params = initialize_params("vscode", workspace)
    params["capabilities"]["experimental"] = {"understudy": {"addingModels": "Press the button."}}
    near.wire.request("initialize", params)
    near.wire.notify("initialized", {})
    editor = Editor(near, (workspace / "cart.py").as_uri(), Buffer(TEXT))
    editor.open()
    explain(editor)
    told = editor.wire.wait_for("window/showMessage")["message"]
    assert told == "Not explained: No model can be asked for this. Press the button."


def test_the_journal_knows_the_run(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor], near: NearServer
) -> None:
    provider.server.scripts = {"one:7b": [answers.EMPTY], "two": [Says(WORDS)]}
    configuration(home, provider, "openai")
    editor = opened()
    run_id = explain(editor)
    editor.wire.wait_for("window/showDocument")
    ended(editor)
    near.leave()
    (run,) = recent_runs(journal_file(), 1)
    assert (run.id, run.task, run.status, run.model) == (run_id, "explain", "told", "acme/two")
    calls = [(one.model, one.category) for one in run_details(journal_file(), run.id).calls]
    assert calls[-1] == ("acme/two", "")
    assert calls[0] == ("acme/one:7b", "empty_output")
