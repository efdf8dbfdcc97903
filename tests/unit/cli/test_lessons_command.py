"""`understudy lessons` for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from understudy.cli import main
from understudy.config.learning_settings import LearningSettings
from understudy.config.paths import journal_file
from understudy.core.clock import now_us
from understudy.core.failures import FailureCategory as F
from understudy.engine.lessons_doctor import examine_lessons
from understudy.learning.intake import take_in
from understudy.learning.lesson import Lesson, Remedy, Scope, Trigger
from understudy.learning.registry import Registry
from understudy.learning.shelf import load_shelf, user_folder

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("project")


@pytest.fixture
def queued() -> str:
    """The id of a lesson that waits."""
    told = Lesson(
        "",
        Trigger(F.TYPE_ERROR, code="TS2339"),
        Remedy("prompt_fragment", "Look at the type \x1b[31mfirst\x1b[0m."),
        Scope(language="typescript"),
        source="imported:friends",
    )
    registry = Registry(journal_file(), now_us)
    lesson = take_in(told, "R", registry, LearningSettings()).lesson
    assert lesson is not None
    return lesson.id


def lessons(capsys: Output) -> list[dict[str, object]]:
    assert main(["lessons", "list", "--json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_without_lessons_the_list_says_so(capsys: Output) -> None:
    assert main(["lessons"]) == 0
    assert capsys.readouterr().out == "Nothing has been learned yet.\n"
    assert lessons(capsys) == []


def test_a_lesson_of_ones_own_is_in_use(capsys: Output) -> None:
    words = ["Keep functions short.", "--code", "C901", "--language", "python"]
    assert main(["lessons", "add", *words]) == 0
    assert "is in use from now on" in capsys.readouterr().out
    (one,) = lessons(capsys)
    assert (one["state"], one["why"], one["source"]) == ("active", "you wrote it", "user")
    assert main(["lessons", "add", *words]) == 2
    assert "is about the same" in capsys.readouterr().err


def test_several_lessons_of_ones_own_words_are_in_use_side_by_side(capsys: Output) -> None:
    for words in (
        ["Keep functions short.", "--language", "python"],
        ["Use pathlib instead of os.path.", "--language", "python"],
        ["Keep functions short.", "--language", "python", "--path", "src/**"],
        ["Write a doctest.", "--task", "tests"],
        ["Answer in code alone.", "--model", "acme/good"],
    ):
        assert main(["lessons", "add", *words]) == 0
    assert main(["lessons", "add", "keep functions short", "--language", "python"]) == 2
    assert "is about the same" in capsys.readouterr().err
    assert [one["state"] for one in lessons(capsys)] == ["active"] * 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["temperature=9", "--remedy", "model_param"], "from 0 to 2"),
        (["Be brief.", "--language", "klingon"], "no language id"),
        (["Be brief.", "--language", "golang"], "Do you mean `go`?"),
        (["Be brief.", "--task", "klingon"], "There are `addTypes`, `document`, `edit`"),
        (["Be brief.", "--model", "///"], "is no model's id"),
        (["Be brief.", "--path", "[["], "no pattern"),
        (["Be brief.", "--path", "!src"], "No path fits this pattern"),
    ],
)
def test_a_lesson_that_could_never_be_used_is_not_kept(
    words: list[str], said: str, capsys: Output
) -> None:
    assert main(["lessons", "add", *words]) == 2
    assert said in capsys.readouterr().err
    assert lessons(capsys) == []


@pytest.mark.parametrize(
    ("model", "remarked"), [("klingon", True), ("klingon/*", True), ("anthropic/*", False)]
)
def test_a_lesson_for_a_model_that_nobody_knows_waits_for_it(
    model: str, remarked: bool, capsys: Output
) -> None:
    assert main(["lessons", "add", "Be brief.", "--model", model]) == 0
    told = capsys.readouterr().out
    assert ("so it waits for one" in told) == remarked
    assert len(lessons(capsys)) == 1


def test_a_lesson_for_a_workspace_lies_there_and_is_accepted(project: Path, capsys: Output) -> None:
    assert main(["lessons", "add", "Be brief.", "--workspace"]) == 0
    (file,) = (project / ".understudy" / "lessons").iterdir()
    assert "Be brief." in file.read_text(encoding="utf-8")
    capsys.readouterr()
    (one,) = lessons(capsys)
    assert (one["level"], one["state"], one["why"]) == ("workspace", "active", "you accepted it")


def test_what_waits_is_shown_with_its_evidence_and_does_nothing_to_the_terminal(
    queued: str, capsys: Output
) -> None:
    assert main(["lessons", "show", queued[:8]]) == 0
    told = capsys.readouterr().out
    assert "it waits for your review" in told
    assert "from: imported:friends, seen 1 time" in told
    assert "\x1b" not in told
    assert main(["lessons"]) == 0
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (["accept"], "active"),
        (["edit", "Better words."], "active"),
        (["reject"], "retired"),
        (["accept", "pause"], "paused"),
        (["accept", "off"], "paused"),
        (["pause", "resume"], "active"),
    ],
)
def test_what_is_said_of_a_lesson_counts(
    said: list[str], state: str, queued: str, capsys: Output
) -> None:
    steps = [said] if said[0] == "edit" else [[one] for one in said]
    for action, *words in steps:
        assert main(["lessons", action, queued, *words]) == 0
    capsys.readouterr()
    (one,) = lessons(capsys)
    assert one["state"] == state
    assert one["words"] == "Better words." if said[0] == "edit" else one["words"]


def test_two_lessons_become_one(queued: str, capsys: Output) -> None:
    assert main(["lessons", "add", "Look.", "--code", "TS2345"]) == 0
    (other,) = [one.id for one in load_shelf(None).lessons if one.id != queued]
    capsys.readouterr()
    assert main(["lessons", "merge", queued, other, "--json"]) == 0
    assert "is one with" in json.loads(capsys.readouterr().out)["told"]
    assert [one["id"] for one in lessons(capsys)] == [other]


@pytest.mark.parametrize("action", ["accept", "show", "remove"])
def test_a_lesson_that_is_not_there_is_told_in_a_sentence(action: str, capsys: Output) -> None:
    assert main(["lessons", action, "nothing"]) == 2
    assert "There is no lesson `nothing`" in capsys.readouterr().err


def test_a_removed_lesson_is_gone(queued: str, capsys: Output) -> None:
    assert main(["lessons", "remove", queued]) == 0
    capsys.readouterr()
    assert lessons(capsys) == []


def test_a_file_that_is_no_lesson_is_named_with_its_line(project: Path, capsys: Output) -> None:
    folder = project / ".understudy" / "lessons"
    folder.mkdir(parents=True)
    good = "---\nid: bad\ntrigger:\n  category: lint_failure\nremedy: prompt_fragment\n---\nGo.\n"
    file = folder / "bad.md"
    file.write_text(good.replace("id: bad", "id: bad\nstate: activ"), encoding="utf-8")
    assert main(["lessons", "list"]) == 0
    told = capsys.readouterr()
    assert told.out == "Nothing has been learned yet.\n"
    assert f"`{file}`, line 3: `activ` is none of " in told.err
    assert lessons(capsys) == []
    assert main(["lessons", "show", "bad"]) == 2
    assert "line 3: `activ` is none of " in capsys.readouterr().err
    (found,) = examine_lessons(project)
    assert (found.topic, found.subject) == ("lessons", str(file))
    assert found.text.startswith("Line 3: `activ`")
    file.write_text(good, encoding="utf-8")
    assert list(examine_lessons(project)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("temperature=0", "temperature=9", "Line 9: A temperature is from 0 to 2"),
        ("python", "klingon", "Line 4: `klingon` is no language id"),
        ("language: python", "task: klingon", "Line 4: There is no task `klingon`"),
        ("language: python", "path: '!src'", "Line 4: No path fits this pattern"),
    ],
)
def test_the_doctor_names_a_lesson_that_could_never_be_used(
    old: str, new: str, said: str, project: Path
) -> None:
    file = user_folder() / "cool.md"
    file.parent.mkdir(parents=True)
    head = "---\nid: cool\nscope:\n  language: python\ntrigger:\n  category: lint_failure\n"
    good = f"{head}remedy: model_param\n---\ntemperature=0\n"
    file.write_text(good, encoding="utf-8")
    assert list(examine_lessons(project)) == []
    file.write_text(good.replace(old, new), encoding="utf-8")
    (found,) = examine_lessons(project)
    assert found.text.startswith(said)
