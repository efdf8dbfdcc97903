"""Models whose provider keeps answers to a JSON schema are asked for that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.e2e.modelled import MENDED, TEXT, configuration, ended, fix, questions
from tests.providers.answers import Says

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.editor import Editor
    from tests.providers.scripted import ServerInThread

MODEL = '[models."acme/one:7b"]'
ABLE = 'capabilities = ["code-generation", "structured-output"]'
RETURN = "    return something_else_entirely"


def configured(home: Path, provider: ServerInThread, *lines: str) -> None:
    configuration(home, provider, "openai")
    settings = home / "config.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(MODEL, "\n".join((MODEL, *lines))), encoding="utf-8")


def test_a_review_is_held_to_its_schema(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    finding = {"line": 5, "quote": RETURN, "severity": "error", "message": "No.", "fix": None}
    provider.server.scripts["one:7b"] = [Says(json.dumps({"findings": [finding]}))]
    configured(home, provider, ABLE)
    editor = opened()
    editor.execute("understudy.review", {"uri": editor.uri})
    editor.wire.wait_for("textDocument/publishDiagnostics")
    ended(editor)
    asked = questions(provider)[0].body["response_format"]["json_schema"]
    assert asked["strict"] is True
    assert "findings" in asked["schema"]["properties"]


def test_an_edit_in_json_is_held_to_its_schema(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    edit = {"path": "basket.py", "kind": "replace", "old": RETURN, "new": "    return result"}
    provider.server.scripts["one:7b"] = [Says(json.dumps({"version": 1, "edits": [edit]}))]
    configured(home, provider, ABLE, 'edit_format = "json"')
    editor = opened()
    fix(editor)
    assert editor.buffer.text == MENDED
    asked = questions(provider)[0].body["response_format"]["json_schema"]
    assert asked["strict"] is True
    assert "edits" in asked["schema"]["properties"]


def test_a_model_that_can_not_be_held_to_one_is_only_asked_for_it_in_words(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    configured(home, provider)
    editor = opened()
    assert editor.buffer.text == TEXT
    fix(editor)
    assert "response_format" not in questions(provider)[0].body
