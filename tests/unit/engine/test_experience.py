"""What the journal teaches is read once, and again when somebody has written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.engine.simulated import ONE, THREE, TWO, closing_world
from understudy.engine import experience
from understudy.engine.experience import experience_at
from understudy.engine.learned import NOTHING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ALWAYS = {"fix": {ONE: 1.0, TWO: 1.0, THREE: 1.0}}


def test_without_a_journal_nothing_is_known_and_none_is_made(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    assert experience_at(path) == NOTHING
    assert not path.exists()


def test_a_file_that_nobody_writes_to_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.sqlite3"
    with closing_world(path, ALWAYS) as world:
        world.run("fix", ONE)
        first = experience_at(path)
        assert first.models == {ONE}
        monkeypatch.setattr(experience, "_YOUNG_S", 0.0)
        assert experience_at(path) is first
        world.run("fix", TWO)
        assert experience_at(path).models == {ONE, TWO}


def test_while_somebody_writes_it_is_read_every_few_seconds_only(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    with closing_world(path, ALWAYS) as world:
        world.run("fix", ONE)
        first = experience_at(path)
        world.run("fix", TWO)
        assert experience_at(path) is first


def test_a_file_that_is_no_journal_teaches_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "journal.sqlite3"
    path.write_text("no database at all, only words\n" * 40, encoding="utf-8")
    assert experience_at(path) == NOTHING
    assert "Nothing is learned" in caplog.text
