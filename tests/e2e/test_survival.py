"""What is left of an edit after 30, 120 and 600 seconds, whoever looks."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.e2e.near_server import NearServer
from tests.e2e.raw_client import LIMIT_S
from tests.e2e.survival_scene import BEGIN, FIXED, KEPT, TEXT, rows_of, wait_for
from understudy.core.clock import SECOND_US
from understudy.engine.watched_files import Shelf, folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.survival_scene import Rows, Scene


def without_diagnostics(rows: Rows) -> Rows:
    return [row for row in rows if not row[0].startswith("diagnostic")]


def test_an_edit_that_stays_has_survived_at_each_time_and_is_kept_at_the_last(scene: Scene) -> None:
    editor = scene.fixed()
    scene.later(editor, 30)
    scene.later(editor, 90)
    scene.later(editor, 480)
    survived: Rows = [(f"survived_{seconds}", 1.0) for seconds in (30, 120, 600)]
    assert without_diagnostics(scene.rows(editor)) == [*BEGIN, *survived, *KEPT]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    return result", "  return result"),
        ("return result", "return result  # the sum"),
        ("return result", "return (\n        result\n    )"),
        ("    return result", "\n    # The sum.\n    return result"),
    ],
)
def test_what_a_formatter_does_or_a_comment_says_changes_no_edit(
    scene: Scene, old: str, new: str
) -> None:
    editor = scene.fixed()
    editor.type_at(old, new)
    editor.close()
    assert scene.rows(editor) == [*BEGIN, *KEPT]


def test_a_redo_counts(scene: Scene) -> None:
    editor = scene.fixed()
    editor.type_at("return result", "return reslt")
    scene.later(editor, 30)
    editor.type_at("return reslt", "return result")
    scene.later(editor, 90)
    editor.close()
    assert without_diagnostics(scene.rows(editor)) == [
        *BEGIN,
        ("undone", 0.0),
        ("survived_30", 0.0),
        ("applied", None),
        ("survived_120", 1.0),
        *KEPT,
    ]


def test_what_is_undone_after_the_file_was_closed_and_opened_again_was_undone(
    scene: Scene,
) -> None:
    editor = scene.fixed()
    scene.save(FIXED)
    editor.close()
    editor.open()
    editor.type_at("return result", "return reslt")
    editor.close()
    assert scene.rows(editor) == [*BEGIN, *KEPT, ("undone", 0.0)]


def test_a_closed_file_is_looked_at_on_the_disk(scene: Scene) -> None:
    editor = scene.fixed()
    scene.save(FIXED)
    editor.close()
    assert editor.execute("understudy.cancel") is not None
    near = editor.server
    assert isinstance(near, NearServer)
    scene.clock.advance(near.loop, 30, asleep=1, limit_s=LIMIT_S)
    scene.save(f"import os\n\n{FIXED.replace('result', 'amount')}")
    scene.clock.advance(near.loop, 90, asleep=1, limit_s=LIMIT_S)
    scene.save(f"import os\n\n{FIXED}")
    scene.clock.advance(near.loop, 480, asleep=1, limit_s=LIMIT_S)
    assert scene.rows(editor) == [
        *BEGIN,
        *KEPT,
        ("survived_30", 1.0),
        ("survived_120", 0.0),
        ("survived_600", 1.0),
    ]


def test_what_is_closed_without_being_saved_was_undone(scene: Scene) -> None:
    editor = scene.fixed()
    editor.close()
    assert editor.execute("understudy.cancel") is not None
    near = editor.server
    assert isinstance(near, NearServer)
    scene.clock.advance(near.loop, 30, asleep=1, limit_s=LIMIT_S)
    assert scene.rows(editor) == [*BEGIN, *KEPT, ("survived_30", 0.0), ("undone", 30.0)]


def test_the_next_server_goes_on_within_the_time(scene: Scene) -> None:
    first = scene.fixed()
    scene.save(FIXED)
    assert scene.rows(first) == [*BEGIN, *KEPT]
    scene.clock.pass_by(20)
    second = scene.editor(FIXED)
    scene.later(second, 10)
    second.type_at("return result", "return reslt")
    rows = scene.rows(second)
    assert rows == [*BEGIN, *KEPT, ("survived_30", 1.0), ("undone", 30.0)]


def test_the_next_server_looks_at_what_is_over(scene: Scene) -> None:
    first = scene.fixed()
    scene.save(TEXT)
    assert scene.rows(first) == [*BEGIN, *KEPT]
    scene.clock.pass_by(3_600)
    second = scene.start()
    second.initialize(scene.path.parent)
    second.wire.request("workspace/executeCommand", {"command": "understudy.cancel"})
    deadline_rows = wait_for(scene.home, "changed")
    assert deadline_rows == [*BEGIN, *KEPT, ("survived_later", 0.0), ("changed", 0.0)]
    assert second.leave() == 0
    assert list(folder().iterdir()) == []


def run_fix(home: Path, workspace: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "understudy", "fix", *arguments, "."],
        cwd=workspace,
        env={**os.environ, "UNDERSTUDY_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=LIMIT_S * 4,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize(
    ("text", "age_s", "said"),
    [
        (FIXED, 45, [("survived_30", 1.0), ("kept", 1.0)]),
        (FIXED.replace("return result", "return (result)"), 700, [("survived_600", 1.0), *KEPT]),
        (TEXT, 45, [("survived_30", 0.0), ("undone", 45.0)]),
        (TEXT, 700, [("survived_600", 0.0), ("changed", 0.0)]),
        (TEXT, 90_000, [("survived_later", 0.0)]),
    ],
)
def test_what_the_command_line_wrote_is_looked_at_when_it_runs_there_again(
    home: Path,
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    age_s: int,
    said: Rows,
) -> None:
    from understudy.engine.looking_again import look_again

    monkeypatch.setenv("UNDERSTUDY_HOME", str(home))
    path = workspace / "total.py"
    path.write_text(TEXT, encoding="utf-8", newline="")
    assert "Wrote 1 file." in run_fix(home, workspace, "--apply")
    assert path.read_text(encoding="utf-8") == FIXED
    with closing(Shelf()) as shelf:
        (held,) = shelf.left_behind(workspace, 0)
    applied_us = held.watched.applied_us
    path.write_text(text, encoding="utf-8", newline="")
    rows: list[tuple[str, float | None]] = []
    now_us = applied_us + age_s * SECOND_US
    look_again(workspace, lambda row: rows.append((row.what, row.detail)), now_us)
    assert rows == said
    # Nothing is said twice.
    look_again(workspace, lambda row: rows.append((row.what, row.detail)), now_us)
    assert rows == said


def test_the_command_line_looks_before_it_works(home: Path, workspace: Path) -> None:
    path = workspace / "total.py"
    path.write_text(TEXT, encoding="utf-8", newline="")
    run_fix(home, workspace, "--apply")
    assert rows_of(home) == BEGIN
    run_fix(home, workspace)
    assert rows_of(home) == [*BEGIN, *KEPT]
