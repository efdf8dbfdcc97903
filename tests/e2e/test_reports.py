"""`understudy.showRun` and `understudy.doctor`: answered at once, shown as the client can."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from tests.e2e.editor import Buffer, Editor

if TYPE_CHECKING:
    from tests.e2e.near_server import NearServer
    from tests.e2e.raw_client import Message, Server

TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"
SHOWS = {"capabilities": {"window": {"showDocument": {"support": True}}}}


def opened(server: Server, workspace: Path, **params: Message) -> Editor:
    server.initialize(workspace, **params)
    editor = Editor(server, (workspace / "total.py").as_uri(), Buffer(TEXT))
    server.wire.answers["window/showDocument"] = lambda _: {"success": True}
    editor.open()
    return editor


def shown(server: Server | NearServer) -> str:
    """The text of the document that the server asked to show."""
    uri = server.wire.wait_for("window/showDocument")["uri"]
    return Path(url2pathname(unquote(urlsplit(uri).path))).read_text(encoding="utf-8")


def test_a_run_is_shown_as_a_document_by_the_id_that_the_fix_answered(
    server: Server, workspace: Path
) -> None:
    editor = opened(server, workspace, **SHOWS)
    editor.choose = "Apply"
    run = editor.fix("reslt")
    server.wire.wait_for("workspace/applyEdit")
    answer = editor.execute("understudy.showRun", {"runId": run})
    assert set(answer) == {"runId"}
    report = shown(server)
    assert report.startswith(f"Run {run}\n")
    assert "ruff" in report
    assert "verdict" in report
    assert "\n\n" not in report.rstrip("\n")
    assert not server.wire.came("window/showMessage")


def test_a_client_that_shows_no_documents_reads_about_a_run_in_one_line(
    server: Server, workspace: Path
) -> None:
    editor = opened(server, workspace)
    run = editor.fix("reslt")
    server.wire.wait_for("workspace/applyEdit")
    editor.execute("understudy.showRun", {"runId": run[:14]})
    (message,) = (server.wire.wait_for("window/showMessage"),)
    assert message["message"].startswith(f"Run {run[:14]}: offered, ")
    assert "\n" not in message["message"]
    assert not server.wire.came("window/showDocument")


def test_a_run_that_nobody_recorded_is_told_in_a_sentence(server: Server, workspace: Path) -> None:
    editor = opened(server, workspace, **SHOWS)
    editor.execute("understudy.showRun", {"runId": "NONE"})
    message = server.wire.wait_for("window/showMessage")["message"]
    assert message in {
        "No runs have been recorded yet.",
        "No run has an id that begins with `NONE`.",
    }


def test_the_doctor_opens_a_report_of_the_workspace_of_a_document(
    server: Server, workspace: Path
) -> None:
    editor = opened(server, workspace, **SHOWS)
    assert set(editor.execute("understudy.doctor", {"uri": editor.uri})) == {"runId"}
    report = shown(server)
    assert "Checkers\n" in report
    assert "ruff" in report
    assert str(workspace) in report


def test_the_doctor_says_one_sentence_to_a_client_that_shows_no_documents(
    server: Server, workspace: Path
) -> None:
    editor = opened(server, workspace)
    editor.execute("understudy.doctor")
    message = server.wire.wait_for("window/showMessage")["message"]
    assert "\n" not in message
    assert message.endswith((".", ".)"))
