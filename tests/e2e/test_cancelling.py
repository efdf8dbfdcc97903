"""However a run is cancelled, it ends at once, its tools end with it, and nothing is applied."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.e2e.editor import Buffer, Editor
from tests.e2e.processes import GONE_S, children, wait_until_gone
from tests.e2e.raw_client import hello

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.raw_client import Server
    from tests.e2e.slow_tool import SlowTool

TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"


def open_with_progress(server: Server, workspace: Path) -> Editor:
    server.wire.request(
        "initialize", hello(workspace) | {"capabilities": {"window": {"workDoneProgress": True}}}
    )
    server.wire.notify("initialized", {})
    editor = Editor(server, (workspace / "total.py").as_uri(), Buffer(TEXT))
    editor.open()
    return editor


def by_progress(editor: Editor, run: str, _: int) -> None:
    editor.wire.notify("window/workDoneProgress/cancel", {"token": run})


def by_request(editor: Editor, _: str, request: int) -> None:
    editor.wire.notify("$/cancelRequest", {"id": request})


def by_command(editor: Editor, run: str, _: int) -> None:
    assert editor.execute("understudy.cancel", {"runId": run}) == {"cancelled": 1}


def by_command_for_all(editor: Editor, *_: object) -> None:
    assert editor.execute("understudy.cancel") == {"cancelled": 1}


def by_closing(editor: Editor, *_: object) -> None:
    editor.close()


@pytest.mark.parametrize(
    "cancel", [by_progress, by_request, by_command, by_command_for_all, by_closing]
)
def test_a_cancelled_run_ends_with_its_tools(
    cancel: Callable[[Editor, str, int], None], slow: SlowTool, server: Server, workspace: Path
) -> None:
    editor = open_with_progress(server, workspace)
    arguments = {"uri": editor.uri, "range": editor.here("reslt")}
    request = editor.wire.ask(
        "workspace/executeCommand", {"command": "understudy.fix", "arguments": [arguments]}
    )
    run = editor.wire.reply_to(request)["result"]["runId"]
    slow.wait_until_started()
    tools = slow.programs(children(server.process.pid))
    assert tools
    cancel(editor, run, request)
    ended = editor.wire.wait(
        lambda one: one.get("params", {}).get("value", {}).get("kind") == "end"
    )
    assert ended["params"]["token"] == run
    assert ended["params"]["value"]["message"].startswith("Cancelled")
    # Left alone, a tool has as long as any answer has here.
    wait_until_gone(tools, GONE_S)
    slow.release()
    assert editor.execute("understudy.cancel") == {"cancelled": 0}
    assert not editor.wire.came("workspace/applyEdit")
    assert not editor.wire.came("window/showMessageRequest")


def test_a_run_that_is_cancelled_before_its_first_step_is_forgotten(
    server: Server, workspace: Path
) -> None:
    editor = open_with_progress(server, workspace)
    arguments = {"uri": editor.uri, "range": editor.here("reslt")}
    for number in range(40):
        # Both messages in one write: the server reads them together.
        request = f"fix {number}"
        both = _framed(
            {
                "jsonrpc": "2.0",
                "id": request,
                "method": "workspace/executeCommand",
                "params": {"command": "understudy.fix", "arguments": [arguments]},
            }
        ) + _framed({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": request}})
        editor.wire.write(both)
        assert "result" in editor.wire.reply_to(request)
    # More than can run at once were started; each of them has made room.
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")


def test_too_many_runs_at_once_are_refused_until_some_are_cancelled(
    slow: SlowTool, server: Server, workspace: Path
) -> None:
    editor = open_with_progress(server, workspace)
    for _ in range(32):
        editor.fix("reslt")
    arguments = {"uri": editor.uri, "range": editor.here("reslt")}
    params = {"command": "understudy.fix", "arguments": [arguments]}
    assert "32 runs" in editor.wire.refusal("workspace/executeCommand", params)
    assert editor.execute("understudy.cancel") == {"cancelled": 32}
    slow.release()
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")


def test_a_question_that_nobody_answers_is_withdrawn_by_cancelling(
    server: Server, workspace: Path
) -> None:
    editor = open_with_progress(server, workspace)

    def cancel_first(_: object) -> object:
        editor.wire.ask("workspace/executeCommand", {"command": "understudy.cancel"})
        return {"title": "Apply"}

    editor.wire.answers["window/showMessageRequest"] = cancel_first
    editor.fix("reslt")
    editor.wire.wait_for("window/showMessageRequest")
    assert [one for one in editor.actions("reslt") if "edit" in one]
    assert editor.execute("understudy.cancel") == {"cancelled": 0}
    assert not editor.wire.came("workspace/applyEdit")


def _framed(message: object) -> bytes:
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
