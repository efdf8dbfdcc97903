"""An idle server refits the gate, and has edits judged by what came of it."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from tests.unit.engine.labelled_user import OVERCONFIDENT
from understudy.config.settings import GateSettings, Settings
from understudy.engine import refit_now
from understudy.engine.recording import open_journal
from understudy.engine.refit_file import read_refit, refit_file
from understudy.lsp import refitting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.journal.store import Journal
    from understudy.lsp.app import App

WAIT_S = 30.0


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path))
    found = tuple(OVERCONFIDENT.labels(160))
    monkeypatch.setattr(refit_now, "labels", lambda _: found)


@pytest.fixture
def journal() -> Iterator[Journal]:
    opened = open_journal(Settings())
    yield opened
    opened.close(WAIT_S)


def app_with(journal: Journal, settings: Settings, *busy: bool) -> App:
    """What the task looks at; `busy` says for each look whether a job runs."""
    looks = iter(busy)
    app = SimpleNamespace(
        session=SimpleNamespace(settings_for=lambda _: settings),
        background=SimpleNamespace(journal=journal),
        jobs=SimpleNamespace(under_way=lambda: [1] if next(looks, False) else []),
    )
    return cast("App", app)


async def test_edits_are_judged_by_the_refit_at_once(journal: Journal) -> None:
    await refitting.refit_once(app_with(journal, Settings()))
    assert journal.history.refit() == read_refit().refit
    assert journal.history.refit() is not None


async def test_settings_can_switch_it_off(journal: Journal) -> None:
    await refitting.refit_once(app_with(journal, Settings(gate=GateSettings(refit=False))))
    assert not refit_file().exists()
    assert journal.history.refit() is None


async def test_it_waits_until_nothing_else_is_done(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    done = asyncio.Event()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 4:
            done.set()
            await asyncio.Event().wait()

    monkeypatch.setattr(refitting, "_pause", sleep)
    task = asyncio.create_task(refitting.refit_when_idle(app_with(journal, Settings(), True, True)))
    await done.wait()
    task.cancel()
    assert slept == [300.0, 60.0, 60.0, 86_400.0]
    assert refit_file().exists()
