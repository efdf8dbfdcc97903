"""What the doctor says about the collector that is told of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.telemetry.receiver import Answer, Receiver
from tests.unit.telemetry.telling import run_of, settings
from understudy.config.settings import Settings
from understudy.engine.finding import State
from understudy.engine.recording import open_journal
from understudy.engine.telemetry_doctor import examine_telemetry

if TYPE_CHECKING:
    from pathlib import Path

WAIT_S = 30.0


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path))


def run(own: Settings) -> None:
    journal = open_journal(own)
    for row in run_of():
        journal.record(row)
    journal.close(WAIT_S)


async def test_without_a_collector_it_says_so() -> None:
    found = await examine_telemetry(Settings())
    assert (found.state, found.text) == (State.OK, "No collector is told of runs.")


async def test_what_was_sent_is_counted() -> None:
    with Receiver(Answer(503), Answer(400)) as receiver:
        own = settings(receiver.url)
        run(own)
        busy = await examine_telemetry(own)
        assert busy.state is State.NOTE
        assert "0 spans sent, 9 dropped, 0 refused" in busy.text
        assert "it answered with 503" in busy.text
        run(own)
        run(own)
        found = await examine_telemetry(own)
    assert (found.state, found.subject) == (State.OK, receiver.url)
    assert "runs are told without any text; 9 spans sent, 9 dropped, 9 refused" in found.text
    assert "it answered with 400" in found.text


async def test_a_key_that_is_missing_is_told() -> None:
    own = settings("https://collector.acme.com", {"x-key": "{env:NO_SUCH_KEY_HERE}"})
    found = await examine_telemetry(own)
    assert found.state is State.PROBLEM
    assert "NO_SUCH_KEY_HERE" in found.text


async def test_that_texts_are_told_is_said() -> None:
    found = await examine_telemetry(settings("http://127.0.0.1:9", content=True))
    assert "with prompts and answers" in found.text
