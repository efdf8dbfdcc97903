"""A broken text that only a model can mend, and a provider with two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.providers.answers import Says

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.editor import Editor
    from tests.providers.asked import Asked
    from tests.providers.scripted import ServerInThread

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


def configuration(home: Path, provider: ServerInThread, family: str, more: str = "") -> None:
    # Strategies that are explored would ask otherwise than a test expects, in some runs.
    learning = "" if "[learning]" in more else "[learning]\nexploration = 0\n"
    text = f"""
{learning}[checkers.basedpyright]
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
