"""Two models behind a scripted provider: what goes wrong with the first, and who answers then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.editor import Buffer, Editor, initialize_params
from tests.providers import answers
from tests.providers.answers import Says
from tests.providers.asked import Asked, Traits
from tests.providers.planted import assert_nowhere
from tests.providers.scripted import ServerInThread
from understudy.core.failures import FailureCategory as F
from understudy.wire import Reply, Usage
from understudy.workspace.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from understudy.wire import Endpoint, Request

KEY = "planted-key-7c41d2e09b"
TEXT = (
    "def total(items):\n"
    "    result = 0\n"
    "    for item in items:\n"
    "        result += item.price\n"
    "    return something_else_entirely\n"
)
MENDED = TEXT.replace("something_else_entirely", "result")
GOOD = Says(f"The sum is in `result`.\n\n```python\n{MENDED}```\n")
FAMILIES = ("openai", "openai-responses", "anthropic", "gemini", "ollama")


def configuration(home: Path, provider: ServerInThread, family: str, more: str = "") -> None:
    text = f"""
[checkers.basedpyright]
enabled = false

[providers.acme]
kind = "{family}"
base_url = "{provider.server.base_url(family)}"
key = "{{env:ACME_KEY}}"

[models."acme/one:7b"]
[models."acme/two"]

[model_routing]
debugging = ["builtin/rules", "acme/one:7b", "acme/two"]
{more}
"""
    (home / "config.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerInThread]:
    """Two models, of which the second one knows the answer."""
    monkeypatch.setenv("ACME_KEY", KEY)
    scripts = {"one:7b": [GOOD], "two": [GOOD]}
    traits = {name: Traits(key=KEY) for name in scripts}
    with ServerInThread(scripts, traits=traits) as running:
        yield running


@pytest.fixture
def opened(near: NearServer, workspace: Path) -> Callable[[], Editor]:
    """Opens the broken text once the configuration is written."""

    def open_it() -> Editor:
        near.wire.request("initialize", initialize_params("vscode", workspace))
        near.wire.notify("initialized", {})
        path = workspace / "basket.py"
        path.write_text(TEXT, encoding="utf-8")
        editor = Editor(near, path.as_uri(), Buffer(TEXT), version=1)
        editor.open()
        return editor

    return open_it


def fix(editor: Editor) -> str:
    """Have the unknown name fixed; what the user was told beside the edit."""
    editor.fix("something_else_entirely")
    edit = editor.wire.wait_for("workspace/applyEdit")["edit"]
    ended(editor)
    notes = edit.get("changeAnnotations", {}).values()
    return "".join(f"{one['label']}. {one.get('description', '')}" for one in notes)


def questions(provider: ServerInThread) -> list[Asked]:
    """What models were asked; the server is also asked which it has."""
    return [one for one in provider.server.asked if one.model]


def ended(editor: Editor) -> None:
    """Until the server has nothing left to do."""
    while editor.execute("understudy.cancel")["cancelled"]:
        pass


FAULTS: dict[str, tuple[answers.Answer, F, int]] = {
    "prose for ever": (Says(answers.PROSE), F.PARSE_ERROR, 3),
    "empty": (answers.EMPTY, F.EMPTY_OUTPUT, 1),
    "cut by its length": (answers.LENGTH, F.INCOMPLETE_OUTPUT, 1),
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
    "a new problem": (
        Says(f"```python\n{TEXT.replace('something_else_entirely', 'reslt_x')}```"),
        F.TYPE_ERROR,
        3,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_next_model_answers_and_the_user_is_told_why(
    name: str, home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    fault, category, calls = FAULTS[name]
    provider.server.scripts["one:7b"] = [fault]
    configuration(home, provider, "openai")
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
    told = editor.wire.wait_for("window/showMessage")["message"]
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


CLOUD = """
[checkers.basedpyright]
enabled = false

[providers.openai]
key = "{env:ACME_KEY}"

[models."openai/one"]
price_in = 1.0
price_out = 2.0

[model_routing]
debugging = ["builtin/rules", "openai/one"]
"""


@pytest.mark.parametrize("agrees", [True, False])
def test_no_code_goes_to_a_cloud_before_the_user_said_yes(
    home: Path, opened: Callable[[], Editor], monkeypatch: pytest.MonkeyPatch, *, agrees: bool
) -> None:
    monkeypatch.setenv("ACME_KEY", KEY)
    (home / "config.toml").write_text(CLOUD, encoding="utf-8")
    asked: list[str] = []

    async def send(request: Request, endpoint: Endpoint, *_: object, **__: object) -> Reply:
        asked.append(endpoint.base_url)
        return Reply(GOOD.text, usage=Usage(input=1000, output=100))

    # The address is a real one, which no test may reach.
    monkeypatch.setattr("understudy.wire.call.call", send)
    editor = opened()
    editor.choose = "Send, for this workspace" if agrees else "Not now"
    editor.fix("something_else_entirely")
    question = editor.wire.wait_for("window/showMessageRequest")
    assert question["message"].startswith("Send code of `workspace` to OpenAI (https://api.openai")
    assert asked == []
    if not agrees:
        told = editor.wire.wait_for("window/showMessage")["message"]
        assert "`openai/one` may not see this workspace's code" in told
        return
    edit = editor.wire.wait_for("workspace/applyEdit")["edit"]
    ended(editor)
    assert editor.buffer.text == MENDED
    assert asked == ["https://api.openai.com/v1"]
    (note,) = edit["changeAnnotations"].values()
    assert "$0.0012" in note["description"]
