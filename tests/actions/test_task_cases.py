"""Every case of a task that a model answers is carried out, through the whole server."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.actions.cases import Case, read_case, write_case
from tests.actions.playing import Played, Stage
from understudy.languages import language_of
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

FOLDER = Path(__file__).parent
FILES = sorted(file for file in FOLDER.glob("*/*/*.txt") if file.parts[-3] != "fix")
UPDATE = os.environ.get("UPDATE") == "1"
BUILT_IN = frozenset({"fix", "fixFile"})
"""Tasks whose cases are in `fix`, because nobody has to be asked."""
LANGUAGES = ("go", "python", "rust", "typescript")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An empty workspace folder."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    return folder


@pytest.mark.timeout(180)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).as_posix())
def test_case(
    file: Path, workspace: Path, home: Path, near: NearServer, provider: ServerInThread
) -> None:
    case = read_case(file.read_bytes().decode())
    played = Stage(case, workspace, home, near, provider).play()
    if UPDATE:
        file.write_bytes(write_case(_updated(case, played)).encode())
        return
    assert case.expect, "The case expects nothing yet: run it with UPDATE=1 and read the file."
    assert _named(played.got, case.expect) == case.expect
    assert played.after == (case.text if case.after is None else case.after)
    assert played.files == case.files_after
    assert not played.absent
    if case.told is not None:
        assert played.told == case.told


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).as_posix())
def test_a_case_is_written_as_update_writes_it(file: Path) -> None:
    text = file.read_bytes().decode()
    assert write_case(read_case(text)) == text


@pytest.mark.parametrize("task", sorted(set(all_tasks()) - BUILT_IN))
def test_every_task_has_cases_in_four_languages_and_one_that_comes_to_nothing(task: str) -> None:
    cases = [read_case(file.read_text("utf-8")) for file in FILES if file.parts[-3] == task]
    assert {case.task["task"] for case in cases} == {task}
    there = {language_of(Path(case.path)) for case in cases}
    assert there >= set(LANGUAGES)
    assert any(case.expect["status"] not in {"offered", "told"} for case in cases)


def _named(got: dict[str, str], expect: dict[str, str]) -> dict[str, str]:
    """What the case names of what came out; other machines may have more checkers."""
    found = {key: got.get(key, "") for key in expect}
    if "checked" in expect:
        there = found["checked"].split(", ")
        found["checked"] = ", ".join(one for one in expect["checked"].split(", ") if one in there)
    return found


def _updated(case: Case, played: Played) -> Case:
    """The case as it came out. It goes on naming what it named, unless it ends differently now."""
    same_end = case.expect.get("status") == played.got["status"]
    named = [key for key in case.expect if key in played.got] if same_end else list(played.got)
    return replace(
        case,
        expect={key: played.got[key] for key in named},
        after=None if played.after == case.text else played.after,
        files_after=played.files,
        told=played.told or None,
    )
