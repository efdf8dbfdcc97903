from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from understudy.workspace import disk_watch
from understudy.workspace.disk_watch import DiskWatch

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DiskWatch:
    monkeypatch.setattr(disk_watch, "_FRESH_S", 0)
    for name in ("a.go", "deep/b.go", ".git/c.go", "node_modules/d.go", "deep/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    found = DiskWatch(tmp_path, (".go", "go.mod"))
    found.begin()
    return found


def told(watch: DiskWatch) -> dict[str, int]:
    return {one["uri"].rpartition("/")[2]: one["type"] for one in watch.changes()}


def test_each_change_is_told_once(watch: DiskWatch) -> None:
    assert told(watch) == {}
    (watch.root / "deep/new.go").write_text("")
    (watch.root / "go.mod").write_text("")
    (watch.root / "a.go").unlink()
    os.utime(watch.root / "deep/b.go", (1, 1))
    assert told(watch) == {"new.go": 1, "go.mod": 1, "b.go": 2, "a.go": 3}
    assert told(watch) == {}


def test_what_is_hidden_or_installed_or_something_else_is_not_looked_at(watch: DiskWatch) -> None:
    for name in (".git/c.go", "node_modules/d.go", "deep/e.txt"):
        (watch.root / name).write_text("changed")
    assert told(watch) == {}


def test_right_after_a_look_nothing_is_read(
    watch: DiskWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_watch, "_FRESH_S", 3600)
    (watch.root / "new.go").write_text("")
    assert told(watch) == {}


def test_a_folder_with_very_many_entries_is_looked_through_in_part(
    watch: DiskWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_watch, "_MAX_ENTRIES", 1)
    watch.begin()
    (watch.root / "deep/b.go").write_text("changed")
    assert told(watch) == {}


def test_a_folder_that_is_not_there_has_no_changes(tmp_path: Path) -> None:
    watch = DiskWatch(tmp_path / "nowhere", (".go",))
    watch.begin()
    assert watch.changes() == []
