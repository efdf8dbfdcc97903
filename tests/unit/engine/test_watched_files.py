"""Edits that wait on the disk for another look."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from understudy.core.clock import DAY_US
from understudy.core.lines import LineIndex
from understudy.core.minimise import minimise
from understudy.engine.edit_trace import trace_of
from understudy.engine.watched_files import Shelf, Watched, folder, forget_left

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEFORE, AFTER = "a = reslt\n", "a = result\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def watched(path: Path, edit: str = "E", after: str = AFTER) -> Watched:
    trace = trace_of((edit,), "python", LineIndex(BEFORE), minimise(BEFORE, after))
    return Watched(trace, str(path), 1_000)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with closing(Shelf()) as found:
        yield found


def leave(one: Watched) -> None:
    """A process watched it, and ended."""
    with closing(Shelf()) as gone:
        assert gone.hold(one) is not None


def left(within: Path, now_us: int = 2_000) -> list[Watched]:
    """What nobody watches."""
    with closing(Shelf()) as found:
        return [one.watched for one in found.left_behind(within, now_us)]


def files() -> list[str]:
    return sorted(path.name for path in folder().iterdir())


def test_what_was_left_is_found_by_the_next_one_as_it_was(tmp_path: Path) -> None:
    one = watched(tmp_path / "a.py")
    now = replace(one, reached=30, said=("kept", 1.0), undone=True)
    with closing(Shelf()) as gone:
        held = gone.hold(one)
        assert held is not None
        held.update(now)
    assert left(tmp_path / "b.py") == []
    assert left(tmp_path) == [now]
    assert left(tmp_path / "a.py") == [now]


def test_what_somebody_watches_is_nobody_elses(tmp_path: Path, shelf: Shelf) -> None:
    held = shelf.hold(watched(tmp_path / "a.py"))
    assert held is not None
    assert left(tmp_path) == []
    held.drop()
    held.update(held.watched)
    shelf.close()
    assert files() == []


def test_what_was_taken_over_is_not_taken_over_again(tmp_path: Path, shelf: Shelf) -> None:
    leave(watched(tmp_path / "a.py"))
    assert len(list(shelf.left_behind(tmp_path, 2_000))) == 1
    assert left(tmp_path) == []


def test_what_a_process_watched_that_was_killed_is_taken_over(tmp_path: Path) -> None:
    leave(watched(tmp_path / "a.py"))
    (file,) = folder().iterdir()
    owner = file.name.split(".")[1]
    (folder() / f"{owner}.lock").touch()
    assert len(left(tmp_path)) == 1
    assert not (folder() / f"{owner}.lock").exists()


def test_folders_that_begin_alike_are_two(tmp_path: Path) -> None:
    leave(watched(tmp_path / "a" / "x.py", "A"))
    leave(watched(tmp_path / "ab" / "x.py", "B"))
    assert [one.trace.edits for one in left(tmp_path / "a")] == [("A",)]


def test_after_a_week_nobody_looks_any_more(tmp_path: Path) -> None:
    leave(watched(tmp_path / "a.py"))
    assert left(tmp_path, 8 * DAY_US) == []
    assert files() == []


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format":1}', '{"format":2}', '"é'])
def test_a_file_that_says_nothing_is_deleted(tmp_path: Path, text: str) -> None:
    folder().mkdir(parents=True)
    (folder() / "E.OWNER.json").write_text(text, encoding="utf-8")
    assert left(tmp_path) == []
    assert files() == []


def test_a_file_holds_no_words_of_the_code(tmp_path: Path) -> None:
    leave(watched(tmp_path / "a.py"))
    (file,) = folder().iterdir()
    text = file.read_text(encoding="utf-8")
    assert json.loads(text)["path"] == str(tmp_path / "a.py")
    assert "result" not in text
    assert "reslt" not in text


def test_digests_of_two_edits_can_not_be_compared(tmp_path: Path) -> None:
    one, two = (watched(tmp_path / "a.py", edit).trace.passages[0] for edit in ("A", "B"))
    assert not set(one.new) & set(two.new)
    assert not set(one.after) & set(two.after)


def test_what_nobody_watches_can_be_forgotten(tmp_path: Path, shelf: Shelf) -> None:
    leave(watched(tmp_path / "a.py", "A"))
    held = shelf.hold(watched(tmp_path / "b.py", "B"))
    assert held is not None
    forget_left()
    assert [name.partition(".")[0] for name in files() if name.endswith(".json")] == ["B"]


def test_what_a_process_began_to_write_is_deleted(tmp_path: Path) -> None:
    leave(watched(tmp_path / "a.py"))
    (folder() / "E.OWNER.jsonx7_.new").write_text("half", encoding="utf-8")
    assert len(left(tmp_path)) == 1
    assert [name for name in files() if name.endswith(".new")] == []


def test_an_edit_that_is_too_large_is_not_written_down(tmp_path: Path, shelf: Shelf) -> None:
    assert shelf.hold(watched(tmp_path / "a.py", after="a = b\n" * 20_000)) is None


def test_where_nothing_can_be_written_nothing_is(tmp_path: Path, shelf: Shelf) -> None:
    folder().parent.mkdir()
    folder().write_text("", encoding="utf-8")
    assert shelf.hold(watched(tmp_path / "a.py")) is None
    assert left(tmp_path) == []
