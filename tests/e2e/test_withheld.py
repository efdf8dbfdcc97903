"""Edits that were stopped: the message says why, and the user may look, but never take one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import pytest

from tests.e2e.editor import Buffer, Editor, initialize_params
from tests.e2e.raw_client import RefusalError

if TYPE_CHECKING:
    from tests.e2e.near_server import NearServer

TEXT = "var a = 1;\nuse(a);\n"
SECRET = "AKIA" + "IOSFODNN7" + "ABCDEFG"


def stopped(editor: Editor) -> None:
    """Ask for a fix whose only edit would write a secret into the file."""
    place = {"start": {"line": 0, "character": 8}, "end": {"line": 0, "character": 9}}
    found = {
        "range": place,
        "message": "Numbers are not allowed here.",
        "source": "eslint",
        "code": "no-numbers",
        "data": {"edits": [{"range": place, "newText": f"'{SECRET}'"}]},
    }
    arguments = {"uri": editor.uri, "range": place, "diagnostics": [found]}
    editor.execute("understudy.fix", arguments)


def opened(near: NearServer, workspace: Path, name: str) -> Editor:
    near.wire.request("initialize", initialize_params(name, workspace))
    near.wire.notify("initialized", {})
    editor = Editor(near, (workspace / "app.js").as_uri(), Buffer(TEXT), version=1)
    editor.open("javascript")
    return editor


def test_what_was_stopped_is_shown_when_the_user_wants_to_see_it_and_never_applied(
    near: NearServer, workspace: Path
) -> None:
    editor = opened(near, workspace, "vscode")
    shown: list[str] = []

    def show(params: Any) -> dict[str, bool]:
        path = Path(url2pathname(unquote(urlsplit(params["uri"]).path)))
        shown.append(path.read_text(encoding="utf-8"))
        return {"success": True}

    editor.wire.answers["window/showDocument"] = show
    editor.choose = "Show anyway"
    stopped(editor)
    question = editor.wire.wait_for("window/showMessageRequest")
    assert [one["title"] for one in question["actions"]] == ["Show anyway"]
    assert question["message"].startswith("Not fixed: Numbers are not allowed here.")
    editor.wire.wait_for("window/showDocument")
    (told,) = shown
    assert question["message"] in told
    assert "Withheld, and not applied" in told
    assert "-var a = 1;" in told
    ended(editor)
    assert editor.buffer.text == TEXT
    assert not editor.wire.came("workspace/applyEdit")
    assert not [one for one in editor.actions("var a") if "edit" in one]


def test_a_user_who_does_not_want_to_see_it_sees_nothing(near: NearServer, workspace: Path) -> None:
    editor = opened(near, workspace, "vscode")
    editor.choose = None
    stopped(editor)
    editor.wire.wait_for("window/showMessageRequest")
    ended(editor)
    assert not editor.wire.came("window/showDocument")
    assert not editor.wire.came("window/showMessage")


@pytest.mark.parametrize("name", ["vscode", "plain"])
def test_a_client_without_buttons_is_told_which_command_tells_more(
    name: str, near: NearServer, workspace: Path
) -> None:
    def refuse(_: Any) -> None:
        raise RefusalError("unknown method")

    if name == "plain":
        near.initialize(workspace)
        editor = Editor(near, (workspace / "app.js").as_uri(), Buffer(TEXT), version=1)
        editor.open("javascript")
    else:
        editor = opened(near, workspace, name)
    editor.wire.answers["window/showMessageRequest"] = refuse
    stopped(editor)
    said = editor.wire.wait_for("window/showMessage")
    assert "`understudy.showRun`" in said["message"]
    assert said["type"] == 2


def ended(editor: Editor) -> None:
    """Until the server has nothing left to do."""
    while editor.execute("understudy.cancel")["cancelled"]:
        pass
