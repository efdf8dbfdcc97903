"""Two models behind a scripted provider: what goes wrong with the first, and who answers then."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.e2e.modelled import KEY, MENDED, TEXT, configuration, ended, fix, questions
from tests.providers import answers
from tests.providers.answers import Says
from tests.providers.planted import assert_nowhere
from understudy.config.paths import journal_file
from understudy.config.trust import load_record, save_record
from understudy.config.trust_record import TrustRecord
from understudy.core.failures import FailureCategory as F
from understudy.journal.queries import recent_runs, run_details
from understudy.workspace.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.editor import Editor
    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

FAMILIES = ("openai", "openai-responses", "anthropic", "gemini", "ollama")


FAULTS: dict[str, tuple[answers.Answer, F, int]] = {
    "prose for ever": (Says(answers.PROSE), F.PARSE_ERROR, 3),
    "empty": (answers.EMPTY, F.EMPTY_OUTPUT, 1),
    "cut by its length": (answers.LENGTH, F.INCOMPLETE_OUTPUT, 2),
    "a block that is never closed": (Says(f"```python\n{MENDED}"), F.INCOMPLETE_OUTPUT, 3),
    "truncated": (answers.Truncated(), F.INCOMPLETE_OUTPUT, 1),
    "reset in the middle": (answers.Reset(), F.PROVIDER_UNAVAILABLE, 1),
    "an error inside a stream": (answers.ErrorEvent(), F.PROVIDER_UNAVAILABLE, 1),
    "a page of a proxy": (answers.HtmlPage(502), F.PROVIDER_UNAVAILABLE, 1),
    "no such model": (
        answers.Status(
            404,
            {
                "error": {
                    "message": "The model does not exist",
                    "type": "invalid_request_error",
                    "code": "model_not_found",
                }
            },
        ),
        F.PROVIDER_UNAVAILABLE,
        1,
    ),
    "too many requests": (
        answers.Status(
            429,
            {
                "error": {
                    "message": "Rate limit reached",
                    "type": "requests",
                    "code": "rate_limit_exceeded",
                }
            },
            {"retry-after": "30"},
        ),
        F.RATE_LIMIT,
        1,
    ),
    "refused": (answers.Refuses(), F.REFUSAL, 1),
    "a name that exists nowhere": (
        Says(f"```python\n{TEXT.replace('something_else_entirely', 'reslt_x')}```"),
        F.HALLUCINATION,
        3,
    ),
    "a name that is spelt like another one": (
        Says(f"```python\n{TEXT.replace('something_else_entirely', 'reslt')}```"),
        F.HALLUCINATION,
        3,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_next_model_answers_and_the_user_is_told_why(
    name: str,
    home: Path,
    workspace: Path,
    provider: ServerInThread,
    opened: Callable[[], Editor],
) -> None:
    fault, category, calls = FAULTS[name]
    # What this machine has installed must not matter.
    (workspace / ".venv" / "lib" / "python3.12" / "site-packages").mkdir(parents=True)
    provider.server.scripts["one:7b"] = [fault]
    # A model that always says the same fails in another way when it is asked in another way.
    configuration(home, provider, "openai", "\n[learning]\nstrategies = false\n")
    editor = opened()
    told = fix(editor)
    assert editor.buffer.text == MENDED
    asked = [one.model for one in questions(provider)]
    assert asked == ["one:7b"] * calls + ["two"]
    assert f"acme/one:7b failed {category.value}" in told
    assert "acme/two" in told
    assert_nowhere(KEY, home, told)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_brings_the_edit(
    family: str, home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    configuration(home, provider, family)
    editor = opened()
    told = fix(editor)
    assert editor.buffer.text == MENDED
    assert [one.model for one in questions(provider)] == ["one:7b"]
    assert questions(provider)[0].refused is None
    assert "(acme/one:7b, " in told


def test_a_model_that_hangs_is_left_behind_after_the_hedge_delay(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [answers.Hangs()]
    configuration(home, provider, "openai", "[cascade]\nhedge_after_s = 0.5\n")
    editor = opened()
    told = fix(editor)
    assert editor.buffer.text == MENDED
    first, second = questions(provider)
    assert 0.4 < second.at - first.at < 3.5
    assert first.hung_up_at is not None
    assert "failed timeout" in told


def test_cancelling_closes_the_stream_and_nothing_is_applied(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [answers.Hangs("middle")]
    configuration(home, provider, "openai")
    editor = opened()
    editor.fix("something_else_entirely")
    provider.until(lambda: questions(provider))
    editor.execute("understudy.cancel", {})
    provider.until(lambda: questions(provider)[0].hung_up_at, limit_s=1.5)
    assert [one.model for one in questions(provider)] == ["one:7b"]
    assert editor.buffer.text == TEXT
    assert not editor.wire.came("workspace/applyEdit")


def test_with_no_model_left_the_document_stays_and_every_reason_is_told(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [answers.EMPTY], "two": [answers.WrongKey()]}
    configuration(home, provider, "openai")
    editor = opened()
    editor.fix("something_else_entirely")
    told = editor.wire.wait_for("window/showMessageRequest")["message"]
    assert "No model is left" in told
    assert "`acme/one:7b` failed empty_output" in told
    assert "`acme/two` failed auth_error" in told
    assert editor.buffer.text == TEXT
    assert_nowhere(KEY, home, told)


def test_a_secret_in_the_file_is_masked_on_its_way_and_put_back(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    secret = "sk-ant-" + "a1B2c3D4e5" * 5
    configuration(home, provider, "openai")
    editor = opened()
    editor.type(0, 0, f'TOKEN = "{secret}"\n')
    before = editor.buffer.text
    masked = mask(before).text.replace("something_else_entirely", "result")
    provider.server.scripts["one:7b"] = [Says(f"```python\n{masked}```")]
    fix(editor)
    sent = str(questions(provider)[0].body)
    assert secret not in sent
    assert "<secret:anthropic:" in sent
    assert editor.buffer.text == before.replace("something_else_entirely", "result")
    assert_nowhere(secret, home)


def test_the_user_who_agrees_to_a_dearer_model_is_still_told_why_it_took_over(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts["one:7b"] = [answers.EMPTY]
    asks = '[cascade]\nactions = { empty_output = "ask" }\n'
    configuration(home, provider, "openai", asks)
    editor = opened()
    editor.choose = "Ask it"
    told = fix(editor)
    assert editor.buffer.text == MENDED
    assert "acme/one:7b failed empty_output" in told


@pytest.mark.parametrize(
    ("answer", "agreed"), [("Always", True), ("Never for this workspace", False)]
)
def test_an_answer_for_always_is_written_down_for_the_folder(
    answer: str,
    agreed: bool,
    home: Path,
    provider: ServerInThread,
    opened: Callable[[], Editor],
    workspace: Path,
) -> None:
    provider.server.scripts["one:7b"] = [answers.EMPTY]
    configuration(home, provider, "openai", '[cascade]\nactions = { empty_output = "ask" }\n')
    editor = opened()
    editor.choose = answer
    editor.fix("something_else_entirely")
    assert _written_down(workspace) is agreed


def test_an_answer_that_comes_after_the_run_was_cancelled_is_written_down(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor], workspace: Path
) -> None:
    provider.server.scripts["one:7b"] = [answers.EMPTY]
    configuration(home, provider, "openai", '[cascade]\nactions = { empty_output = "ask" }\n')
    editor = opened()

    def cancel_first(_question: object) -> dict[str, str]:
        editor.wire.ask("workspace/executeCommand", {"command": "understudy.cancel"})
        return {"title": "Always"}

    editor.wire.answers["window/showMessageRequest"] = cancel_first
    editor.fix("something_else_entirely")
    assert _written_down(workspace)


def _written_down(workspace: Path) -> bool:
    """The answer that stands for a folder, once there is one."""
    limit = time.monotonic() + 30
    while (agreed := load_record()[0].takeover(workspace)) is None:
        assert time.monotonic() < limit
        time.sleep(0.01)
    return agreed


def test_an_answer_of_an_earlier_session_still_stands(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor], workspace: Path
) -> None:
    provider.server.scripts["one:7b"] = [answers.EMPTY]
    configuration(home, provider, "openai", '[cascade]\nactions = { empty_output = "ask" }\n')
    save_record(TrustRecord().with_takeover(workspace, agreed=True))
    editor = opened()
    fix(editor)
    assert editor.buffer.text == MENDED
    assert not editor.wire.came("window/showMessageRequest")


def test_the_journal_says_what_became_of_each_reply(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor], near: NearServer
) -> None:
    provider.server.scripts["one:7b"] = [Says(answers.PROSE)]
    configuration(home, provider, "openai")
    fix(opened())
    near.leave()
    (run,) = recent_runs(journal_file(), 1)
    calls = [(one.model, one.category) for one in run_details(journal_file(), run.id).calls]
    assert calls == [("acme/one:7b", "parse_error")] * 3 + [("acme/two", "")]


def test_a_model_may_be_named_before_the_settings_are_known(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    configuration(home, provider, "openai")
    editor = opened()
    editor.fix("something_else_entirely", model="acme/two")
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert [one.model for one in questions(provider)] == ["two"]


def test_an_unknown_model_that_is_named_so_early_is_told_by_the_job(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    configuration(home, provider, "openai")
    editor = opened()
    editor.fix("something_else_entirely", model="nobody/knows")
    told = editor.wire.wait_for("window/showMessage")["message"]
    assert told.startswith("There is no model `nobody/knows`")
