"""An editor with our own client: it shows edits that wait, and says when it takes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.e2e.editor import Buffer, Editor, initialize_params
from tests.e2e.modelled import ended

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer

Message = dict[str, Any]

OURS = {"understudy": {"previews": True, "status": True}}
"""What our client says that others do not."""
CART = "def total(items):\n    result = sum(items)\n    return reslt\n"


def open_ours(near: NearServer, workspace: Path, text: str) -> Editor:
    """A document, open in an editor with our client."""
    params = initialize_params("vscode", workspace)
    params["capabilities"]["experimental"] = OURS
    near.wire.request("initialize", params)
    near.wire.notify("initialized", {})
    editor = Editor(near, (workspace / "cart.py").as_uri(), Buffer(text))
    editor.open()
    return editor


def previewed(editor: Editor, word: str, **arguments: Any) -> Message:
    """Ask for a fix at a word; gives what the client is told to show."""
    editor.fix(word, **arguments)
    params: Message = editor.wire.wait_for("understudy/preview")
    ended(editor)
    return params


def waiting(editor: Editor) -> list[Message]:
    """The edits that wait for the document."""
    params = {"uri": editor.uri}
    found: list[Message] = editor.wire.request("understudy/readyEdits", params)["edits"]
    return found
