"""The journal, as editors ask it and write it out."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from tests.unit.journal.planted import LARGE, SMALL, Planted, bad, good, rows_of
from tests.unit.journal.samples import store

if TYPE_CHECKING:
    from tests.e2e.near_server import NearServer

NOW_US = time.time_ns() // 1_000
DOCUMENTS = {"window": {"showDocument": {"support": True}}}


@pytest.fixture(autouse=True)
def planted(home: Path) -> None:
    run = Planted("A", (bad(SMALL, "timeout"), good(LARGE)), ("kept",), started_us=NOW_US)
    store(home / "journal.sqlite3", *rows_of(run))


def shown(near: NearServer, command: str, **arguments: Any) -> str:
    params = {"command": f"understudy.{command}", "arguments": [arguments]}
    assert near.wire.request("workspace/executeCommand", params)["runId"]
    uri = near.wire.wait_for("window/showDocument")["uri"]
    return Path(url2pathname(urlsplit(uri).path)).read_text(encoding="utf-8")


def test_a_question_is_answered(near: NearServer, workspace: Path) -> None:
    near.initialize(workspace)
    told = near.wire.request("telemetry/query", {"sql": "SELECT id, task FROM runs"})
    assert told == {"columns": ["id", "task"], "rows": [["A", "fix"]], "truncated": False}
    told = near.wire.request("telemetry/query", {"saved": "failures-by-model", "days": 1})
    assert told["rows"] == [[SMALL, "timeout", 1]]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"sql": "DELETE FROM runs"}, "Only `SELECT`"),
        ({}, "Exactly one of"),
        ({"saved": "x"}, "There is no saved query"),
        ({"sql": "SELECT 1", "days": 0}, "`days` must be"),
    ],
)
def test_a_question_that_means_nothing_is_refused(
    near: NearServer, workspace: Path, asked: dict[str, Any], told: str
) -> None:
    near.initialize(workspace)
    assert told in str(near.wire.refusal("telemetry/query", asked))


def test_rows_are_written_out(near: NearServer, workspace: Path) -> None:
    near.initialize(workspace)
    told = near.wire.request("telemetry/export", {"format": "csv", "table": "calls"})
    assert (told["rows"], told["text"].count("\n")) == (2, 3)
    assert near.wire.refusal("telemetry/export", {"format": "xml"})
    assert near.wire.request("telemetry/export", None)["text"].startswith('{"table": "runs"')


def test_a_command_opens_what_a_question_finds(near: NearServer, workspace: Path) -> None:
    near.initialize(workspace, capabilities=DOCUMENTS)
    text = shown(near, "journalQuery", saved="failures-by-model")
    assert text.startswith("How often calls of each model failed this week")
    assert SMALL in text


def test_a_command_opens_what_is_recorded(near: NearServer, workspace: Path) -> None:
    near.initialize(workspace, capabilities=DOCUMENTS)
    assert shown(near, "journalExport").startswith("# runs\n")
