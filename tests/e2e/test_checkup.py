"""What a client is shown of the gate and of signals, and what it can do about them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from tests.unit.journal.planted import LARGE, SMALL, Planted, bad, good, rows_of
from tests.unit.journal.samples import store

if TYPE_CHECKING:
    from tests.e2e.raw_client import Message, Server

NOW_US = time.time_ns() // 1_000
SHOWS = {"capabilities": {"window": {"showDocument": {"support": True}}}}


def shown(server: Server) -> tuple[str, str]:
    """The document that the server asked to show: its URI and its text."""
    uri = server.wire.wait_for("window/showDocument")["uri"]
    path = Path(url2pathname(unquote(urlsplit(uri).path)))
    return uri, path.read_text(encoding="utf-8")


def run(server: Server, command: str, arguments: Message) -> Message:
    asked = {"command": command, "arguments": [arguments]}
    answer: Message = server.wire.request("workspace/executeCommand", asked)
    return answer


def opened(server: Server, workspace: Path) -> None:
    server.initialize(workspace, **SHOWS)
    server.wire.answers["window/showDocument"] = lambda _: {"success": True}


def test_the_gate_is_reported_as_a_document(server: Server, workspace: Path) -> None:
    opened(server, workspace)
    assert set(run(server, "understudy.gateReport", {})) == {"runId"}
    _, report = shown(server)
    assert "Kinds of edits" in report
    assert "Too few problems were judged" in report


def test_an_action_in_the_doctors_report_sets_what_a_signal_offers(
    server: Server, workspace: Path, home: Path
) -> None:
    overflow = (bad(SMALL, "context_overflow"), good(LARGE))
    runs = (Planted(f"R{n:03}", overflow, started_us=NOW_US - n) for n in range(30))
    store(home / "journal.sqlite3", *rows_of(*runs))
    opened(server, workspace)
    run(server, "understudy.doctor", {})
    uri, report = shown(server)
    lines = report.split("\n")
    at = next(n for n, line in enumerate(lines) if "context_overflow_common" in line)
    document = {"uri": uri, "languageId": "plaintext", "version": 1, "text": report}
    server.wire.notify("textDocument/didOpen", {"textDocument": document})
    place = {"line": at, "character": 0}
    asked = {
        "textDocument": {"uri": uri},
        "range": {"start": place, "end": place},
        "context": {"diagnostics": []},
    }
    (action,) = server.wire.request("textDocument/codeAction", asked)
    assert action["command"]["arguments"] == [{"signal": "context_overflow_common"}]
    server.wire.request(
        "workspace/executeCommand",
        {"command": action["command"]["command"], "arguments": action["command"]["arguments"]},
    )
    said = server.wire.wait_for("window/showMessage")["message"]
    assert "max_tokens = 4000" in said
    written = (home / "config.toml").read_text(encoding="utf-8")
    assert written.endswith("\n[context]\nmax_tokens = 4000\n")
