"""What real editors sent in one session each, from the first message to the last, sent again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.e2e.raw_client import Server

SESSIONS = sorted((Path(__file__).parent / "sessions").glob("*.jsonl"))
ENCODINGS = {
    "emacs28-eglot1.9": "utf-16",
    "emacs30.1": "utf-32",
    "helix-25.01": "utf-8",
    "kate-22.12": "utf-16",
    "nvim-forky": "utf-8",
    "nvim-trixie": "utf-16",
    "vim9-ale3.3": "utf-16",
    "vscode-1.100": "utf-16",
    "vscode-1.139": "utf-16",
}
RECORDED_ROOT = "/workspace"


def messages(session: Path, root: Path) -> list[dict[str, Any]]:
    """The messages as this machine's editor would send them."""
    lines = session.read_text(encoding="utf-8").split("\n")
    sent = [moved(json.loads(line), root) for line in lines if line]
    sent[0]["params"]["processId"] = os.getpid()
    if not any(one["method"] == "textDocument/codeAction" for one in sent):
        sent.append(menu_of_kate(root))
    return sent


def menu_of_kate(root: Path) -> dict[str, Any]:
    """As Kate's source has it; nobody could open the menu without a screen."""
    place = {"line": 2, "character": 0}
    params = {
        "textDocument": {"uri": (root / "demo.py").as_uri()},
        "range": {"start": place, "end": place},
        "context": {"diagnostics": []},
    }
    return {"jsonrpc": "2.0", "id": 2, "method": "textDocument/codeAction", "params": params}


def moved(value: Any, root: Path) -> Any:
    """The same about another folder."""
    if isinstance(value, dict):
        return {key: moved(each, root) for key, each in value.items()}
    if isinstance(value, list):
        return [moved(each, root) for each in value]
    if isinstance(value, str):
        uri = value.replace(f"file://{RECORDED_ROOT}", root.as_uri())
        return str(root) + uri.removeprefix(RECORDED_ROOT) if is_path(uri) else uri
    return value


def is_path(text: str) -> bool:
    return text == RECORDED_ROOT or text.startswith(f"{RECORDED_ROOT}/")


def test_every_session_is_known_with_its_encoding() -> None:
    assert {one.stem for one in SESSIONS} == set(ENCODINGS)


@pytest.mark.parametrize("session", SESSIONS, ids=lambda one: one.stem)
def test_every_request_of_a_real_session_is_answered(
    session: Path, server: Server, workspace: Path
) -> None:
    sent = messages(session, workspace)
    opened = next(one for one in sent if one["method"] == "textDocument/didOpen")
    (workspace / "demo.py").write_text(opened["params"]["textDocument"]["text"])
    replies = {}
    for message in sent:
        server.wire.send(message)
        if "id" in message:
            reply = server.wire.reply_to(message["id"])
            assert "error" not in reply, (message, reply)
            replies[message["id"]] = (message, reply["result"])

    _, promised = replies[sent[0]["id"]]
    assert promised["capabilities"]["positionEncoding"] == ENCODINGS[session.stem]
    menus = [
        result
        for message, result in replies.values()
        if message["method"] == "textDocument/codeAction"
        and message["params"]["context"].get("triggerKind") != 2
    ]
    assert menus
    for menu in menus:
        assert [one["title"] for one in menu if one["title"].startswith("Understudy: Fix")]
    end_it(server, {one["method"] for one in sent})
    assert "Traceback" not in server.log()


def end_it(server: Server, methods: set[str]) -> None:
    """The end of a session, as far as it was not recorded."""
    if "shutdown" not in methods:
        assert server.leave() == 0
    else:
        if "exit" not in methods:
            server.wire.notify("exit", None)
        assert server.process.wait(20) == 0
