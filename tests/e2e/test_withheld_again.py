"""An edit that brought new problems is stopped; the next model can be asked to do without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.modelled import GOOD, MENDED, TEXT, configuration, ended, questions
from tests.providers.answers import Says

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.editor import Editor
    from tests.providers.scripted import ServerInThread

WORD = "something_else_entirely"
WORSE = Says(f"```python\n{TEXT.replace(WORD, 'another_wrong_one')}```")
TITLE = "Fix the new problem with "


def test_the_next_model_is_told_what_the_withheld_edit_was_and_why_it_was_stopped(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [WORSE], "two": [WORSE], "three": [GOOD]}
    configuration(home, provider, "openai")
    settings = home / "config.toml"
    settings.write_text(settings.read_text() + '[models."acme/three"]\n', encoding="utf-8")
    editor = opened()
    editor.fix(WORD)
    question = editor.wire.wait_for("window/showMessageRequest")
    titles = [one["title"] for one in question["actions"]]
    assert titles[:2] == [f"{TITLE}the same models", f"{TITLE}acme/three"]
    assert "Show anyway" in titles
    menu = {one["title"]: one for one in editor.actions(WORD)}
    editor.run(menu[f"Understudy: {TITLE}acme/three"])
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == MENDED
    last = questions(provider)[-1]
    assert last.model == "three"
    told = "\n".join(message["content"] for message in last.body["messages"])
    assert "+    return another_wrong_one" in told
    assert "The edit brings a new error, ruff F821" in told
