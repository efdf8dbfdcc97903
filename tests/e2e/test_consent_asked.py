"""Before code goes to a cloud, the user is asked, for each provider and workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.clouds import CLOUD, answering
from tests.e2e.modelled import MENDED, ended
from tests.providers import answers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.editor import Editor


@pytest.mark.parametrize("agrees", [True, False])
def test_no_code_goes_to_a_cloud_before_the_user_said_yes(
    home: Path, opened: Callable[[], Editor], monkeypatch: pytest.MonkeyPatch, *, agrees: bool
) -> None:
    (home / "config.toml").write_text(CLOUD, encoding="utf-8")
    asked = answering(monkeypatch)
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


def two_clouds() -> str:
    """Settings with a model of a second provider behind the first."""
    second = '\n[providers.mistral]\nkey = "{env:ACME_KEY}"\n[models."mistral/two"]\n'
    text = CLOUD.replace('"openai/one"]\n', '"openai/one", "mistral/two"]\n', 2) + second
    return text.replace('[models."openai/one", "mistral/two"]', '[models."openai/one"]')


def test_a_no_to_one_provider_is_no_answer_for_the_next_one(
    home: Path, opened: Callable[[], Editor], monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.toml").write_text(two_clouds(), encoding="utf-8")
    reached = answering(monkeypatch)
    editor = opened()
    editor.choose = "Not now"
    editor.fix("something_else_entirely")
    editor.wire.wait_for("window/showMessage")
    ended(editor)
    asked = [one["message"] for one in editor.wire.came("window/showMessageRequest")]
    assert [name in one for name, one in zip(("OpenAI", "Mistral"), asked, strict=True)] == [
        True
    ] * 2
    assert reached == []


def test_a_model_behind_a_refused_provider_is_asked_after_a_yes_to_its_own(
    home: Path, opened: Callable[[], Editor], monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.toml").write_text(two_clouds(), encoding="utf-8")
    reached = answering(monkeypatch)
    editor = opened()
    editor.wire.answers["window/showMessageRequest"] = lambda asked: {
        "title": "Not now" if "OpenAI" in asked["message"] else "Send, for this workspace"
    }
    editor.fix("something_else_entirely")
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == MENDED
    assert [one for one in reached if "openai" in one] == []


def test_each_provider_of_the_route_is_asked_about_when_it_is_its_turn(
    home: Path, opened: Callable[[], Editor], monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.toml").write_text(two_clouds(), encoding="utf-8")
    answering(monkeypatch, {"openai": answers.PROSE})
    editor = opened()
    editor.choose = "Send, for this workspace"
    editor.fix("something_else_entirely")
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == MENDED
    asked = [one["message"] for one in editor.wire.came("window/showMessageRequest")]
    assert [name in one for name, one in zip(("OpenAI", "Mistral"), asked, strict=True)] == [
        True
    ] * 2
