"""Who may see a folder's code is told to editors with our own client, and changed by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.clouds import CLOUD, answering
from tests.e2e.modelled import MENDED, ended
from understudy.config.trust import load_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.editor import Editor


def openai(editor: Editor) -> dict[str, Any]:
    """What is told of the one folder and OpenAI."""
    (folder,) = editor.wire.request("understudy/consents")["folders"]
    (found,) = [one for one in folder["providers"] if one["provider"] == "openai"]
    return {**found, "uri": folder["uri"], "trusted": folder["trusted"], "name": folder["name"]}


def say(editor: Editor, uri: str, *, agreed: bool) -> None:
    told = {"uri": uri, "provider": "openai", "agreed": agreed}
    editor.wire.request("understudy/setConsent", told)


def test_leave_is_given_counts_at_once_and_is_taken_back(
    home: Path, opened: Callable[[], Editor], monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.toml").write_text(CLOUD, encoding="utf-8")
    reached = answering(monkeypatch)
    editor = opened()
    before = openai(editor)
    assert before["trusted"]
    assert not before["agreed"]
    assert (before["name"], before["origin"]) == ("workspace", "https://api.openai.com")
    say(editor, before["uri"], agreed=True)
    assert openai(editor)["agreed"]
    editor.fix("something_else_entirely")
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == MENDED
    assert reached == ["https://api.openai.com/v1"]
    say(editor, before["uri"], agreed=False)
    assert not openai(editor)["agreed"]
    assert load_record()[0].clouds == frozenset()


def test_a_no_of_earlier_does_not_stand_against_a_yes_and_a_question_comes_again_after_it(
    home: Path, opened: Callable[[], Editor], monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.toml").write_text(CLOUD, encoding="utf-8")
    answering(monkeypatch)
    editor = opened()
    editor.choose = "Not now"
    editor.fix("something_else_entirely")
    editor.wire.wait_for("window/showMessage")
    ended(editor)
    uri = openai(editor)["uri"]
    say(editor, uri, agreed=True)
    say(editor, uri, agreed=False)
    seen = len(editor.wire.seen)
    editor.fix("something_else_entirely")
    editor.wire.wait_for("window/showMessageRequest", after=seen)
    ended(editor)
    assert len(editor.wire.came("window/showMessageRequest")) == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"uri": "file:///somewhere/else"}, "is no folder that is open"),
        ({"provider": "nobody"}, "Nobody knows where `nobody` is reached."),
        ({"agreed": "yes"}, "agreed"),
    ],
)
def test_leave_for_what_is_not_there_is_refused(
    home: Path, opened: Callable[[], Editor], changed: dict[str, Any], sentence: str
) -> None:
    (home / "config.toml").write_text(CLOUD, encoding="utf-8")
    editor = opened()
    said = {"uri": openai(editor)["uri"], "provider": "openai", "agreed": True, **changed}
    assert sentence in editor.wire.refusal("understudy/setConsent", said)
    assert load_record()[0].clouds == frozenset()


def test_a_missing_key_is_named_before_anybody_is_asked_to_agree(
    home: Path, opened: Callable[[], Editor], monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.toml").write_text(CLOUD, encoding="utf-8")
    answering(monkeypatch)
    monkeypatch.delenv("ACME_KEY")
    editor = opened()
    editor.fix("something_else_entirely")
    told = editor.wire.wait_for("window/showMessage")["message"]
    assert "`openai/one` has no key (`ACME_KEY` is not set)" in told
    assert "agree" not in told
    assert not editor.wire.came("window/showMessageRequest")
