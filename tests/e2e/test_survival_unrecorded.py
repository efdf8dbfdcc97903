"""Where nothing is recorded, nothing is kept of edits either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.survival_scene import BEGIN, FIXED, KEPT, TEXT, rows_of, until
from understudy.cli import main
from understudy.engine.watched_files import folder
from understudy.journal.queries import recent_runs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.survival_scene import Scene

OFF = "[journal]\nenabled = false\n"


def left(scene: Scene) -> list[Path]:
    """The files of an edit that was taken before its server ended."""
    assert scene.rows(scene.fixed()) == [*BEGIN, *KEPT]
    return files()


def files() -> list[Path]:
    return list(folder().iterdir()) if folder().exists() else []


def test_a_server_deletes_what_is_left(scene: Scene) -> None:
    assert left(scene) != []
    (scene.home / "config.toml").write_text(OFF, encoding="utf-8")
    second = scene.editor(FIXED)
    assert second.actions("items):") is not None
    until(lambda: files() == [])


@pytest.mark.parametrize(
    "arguments", [["fix", "total.py"], ["stats", "reset", "--yes"]], ids=["fix", "reset"]
)
def test_the_command_line_deletes_what_is_left(
    arguments: list[str], scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert left(scene) != []
    monkeypatch.chdir(scene.path.parent)
    if arguments[0] == "fix":
        scene.save(FIXED)
        (scene.home / "config.toml").write_text(OFF, encoding="utf-8")
    assert main(arguments) == 0
    assert files() == []


def refusing(scene: Scene) -> None:
    """The folder of the file wants nothing recorded; its user does."""
    own = scene.path.parent / ".understudy" / "config.toml"
    own.parent.mkdir()
    own.write_text(OFF, encoding="utf-8")


def test_a_folder_that_wants_nothing_recorded_has_no_edit_watched_later(scene: Scene) -> None:
    refusing(scene)
    scene.rows(scene.fixed())
    assert files() == []


def test_a_server_records_nothing_of_a_folder_that_refuses(scene: Scene) -> None:
    refusing(scene)
    assert scene.rows(scene.fixed()) == []
    assert recent_runs(scene.home / "journal.sqlite3", 10) == ()


def test_the_command_line_records_nothing_of_a_folder_that_refuses(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.save(TEXT)
    monkeypatch.chdir(scene.path.parent)
    assert main(["fix", "total.py"]) in {0, 1}
    (before,) = recent_runs(scene.home / "journal.sqlite3", 10)
    refusing(scene)
    assert main(["fix", "total.py", "--apply"]) == 0
    assert recent_runs(scene.home / "journal.sqlite3", 10) == (before,)
    assert [what for what, _ in rows_of(scene.home)] == ["offered"]
