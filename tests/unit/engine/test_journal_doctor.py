"""What the doctor says of the journal's file, and of those that were it once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.samples import run_rows, store
from understudy.config.paths import journal_file
from understudy.config.settings import JournalSettings
from understudy.engine.journal_doctor import examine_journal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path))


def subjects() -> list[str]:
    return [found.subject for found in examine_journal(JournalSettings())]


def test_a_whole_journal_alone_is_one_line() -> None:
    store(journal_file(), *run_rows())
    (found,) = examine_journal(JournalSettings())
    assert (found.subject, found.text) == (str(journal_file()), "1 run")


def test_files_that_were_the_journal_are_named_without_their_logs() -> None:
    path = journal_file()
    store(path, *run_rows())
    for name in ("corrupt-20261123T192305", "corrupt-20261123T192305-wal", "replaced-2f3a1"):
        path.with_name(f"{path.name}.{name}").touch()
    damaged, replaced = subjects()[1:]
    assert damaged.endswith("corrupt-20261123T192305")
    assert replaced.endswith("replaced-2f3a1")


def test_a_log_without_its_file_is_named() -> None:
    path = journal_file()
    store(path, *run_rows())
    path.with_name(f"{path.name}.replaced-2f3a1-wal").touch()
    (log,) = subjects()[1:]
    assert log.endswith("replaced-2f3a1-wal")
