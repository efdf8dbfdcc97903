"""Fragments that are broken beside the others never end a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.prompt.test_fragment_files import ASKED, TO, own, told, write
from understudy.config.policy import Policy
from understudy.engine.fragments_doctor import examine_fragments
from understudy.prompt.checking import troubles_of
from understudy.prompt.composing import compose
from understudy.prompt.fragment import read_fragment
from understudy.prompt.impossible import World
from understudy.prompt.library import load_library, written_library

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.prompt.values import Value

__all__ = ["own"]

BROKEN = {
    "{{> ghost}}": "There is no fragment `ghost`.",
    "{{problm.line}}": "There is no variable `problm.line`. Is `problem` meant?",
    "{{> mine}}": "Fragments include each other in a circle: mine → mine.",
}


@pytest.mark.parametrize("body", BROKEN)
def test_a_file_that_does_not_fit_counts_as_it_was_when_it_was_last_good(
    own: Path, body: str
) -> None:
    write(own, "a.md", "id: mine\nslot: task", "Good words.")
    assert "Good words." in told()
    for typed in (body, f"{body} and more", f"{body} and {{{{#if wish}}}} more"):
        write(own, "a.md", "id: mine\nslot: task", typed)
        assert "Good words." in told()
    write(own, "a.md", "id: mine\nslot: task", "Better words than before.")
    assert "Better words than before." in told()


@pytest.mark.parametrize(("body", "message"), BROKEN.items())
def test_a_file_that_was_never_good_is_left_out_and_named(
    own: Path, body: str, message: str
) -> None:
    write(own, "a.md", "id: mine\nslot: task", body)
    prompt = compose(load_library(None), TO, ASKED)
    assert "You repair code" in prompt.turns[0].text
    assert f"`a.md` is not used as it stands: {message}" in prompt.notes
    [found] = examine_fragments(own.parent, Policy())
    assert found.subject == "a.md"
    assert found.text.startswith(message)


def test_a_built_in_fragment_counts_where_the_one_above_it_is_broken(own: Path) -> None:
    write(own, "a.md", "id: role.fix\nslot: role", "{{> ghost}}")
    assert "You repair code" in told()


def test_a_fragment_goes_with_the_one_that_it_includes(own: Path) -> None:
    write(own, "a.md", "id: mine\nslot: task", "Mine {{> tone}}")
    write(own, "b.md", "id: tone", "and {{> ghost}}")
    assert "Mine" not in told()
    write(own, "b.md", "id: tone", "and brief.")
    assert "Mine and brief." in told()


def test_a_circle_is_the_fault_of_the_file_that_closed_it(own: Path) -> None:
    write(own, "a.md", "id: mine\nslot: task", "Mine {{> tone}}")
    write(own, "b.md", "id: tone", "is brief.")
    assert "Mine is brief." in told()
    write(own, "b.md", "id: tone", "is {{> mine}}")
    assert "Mine is brief." in told()
    assert {path for path, _ in load_library(None).troubles} == {str(own / "b.md")}


def test_a_circle_through_a_built_in_fragment_leaves_that_in_the_prompt(own: Path) -> None:
    words: dict[str, Value] = dict.fromkeys(("message", "source", "code"), "Undefined")
    problem: Value = {**words, "line": 1, "column": 2}
    before = told(problem=problem)
    assert "Undefined" in before
    write(own, "a.md", "id: problem.one", "{{> problem.target}}")
    assert told(problem=problem) == before


def test_a_file_that_got_another_id_counts_as_it_was_while_an_older_one_includes_it(
    own: Path,
) -> None:
    write(own, "a.md", "id: mine\nslot: task", "Mine {{> tone}}")
    write(own, "b.md", "id: tone", "is brief.")
    assert "Mine is brief." in told()
    write(own, "b.md", "id: voice", "is short.")
    prompt = compose(load_library(None), TO, ASKED)
    assert any(part.text == "Mine is brief." for part in prompt.turns[-1].parts)
    assert prompt.notes == (
        "`b.md` is not used as it stands: `mine` includes `tone`, which this file no longer is.",
    )
    write(own, "a.md", "id: mine\nslot: task", "Mine {{> voice}}")
    assert "Mine is short." in told()


def test_a_new_file_that_includes_a_former_id_is_at_fault_itself(own: Path) -> None:
    write(own, "b.md", "id: tone", "is brief.")
    told()
    write(own, "b.md", "id: voice", "is short.")
    write(own, "a.md", "id: mine\nslot: task", "Mine {{> tone}}")
    assert {path for path, _ in load_library(None).troubles} == {str(own / "a.md")}


def test_what_was_last_good_is_known_for_each_workspace(own: Path, tmp_path: Path) -> None:
    root, other = tmp_path / "w", tmp_path / "other"
    write(root / ".understudy" / "fragments", "t.md", "id: house.t", "of the house")
    write(own, "a.md", "id: mine\nslot: task", "Mine.")
    assert "Mine." in told(root)
    assert "Mine." in told(other)
    write(own, "a.md", "id: mine\nslot: task", "Mine {{> house.t}}")
    for _ in range(2):
        assert "Mine of the house" in told(root)
        assert "Mine." in told(other)


def test_of_two_files_with_one_id_that_counts_which_is_not_broken(own: Path) -> None:
    first = write(own, "a.md", "id: mine\nslot: task", "First {{> ghost}}")
    second = write(own, "b.md", "id: mine\nslot: task", "Second.")
    assert "Second." in told()
    library = written_library(None)
    for path, message in (
        (first, "This file is not used: `b.md` has the same id."),
        (second, "This file takes the place of `a.md`, with the same id."),
    ):
        reading = read_fragment(path.read_text("utf-8"), path.stem, "user", str(path))
        found = [one for one in troubles_of(reading, library, World()) if one.code == "double_id"]
        assert [one.message for one in found] == [message]


def test_of_two_that_no_longer_fit_the_one_that_changed_gives_way(own: Path) -> None:
    write(own, "a.md", "id: mine\nslot: task", "Mine {{> tone}}")
    write(own, "b.md", "id: tone", "is brief.")
    told()
    write(own, "b.md", "id: tone", "is at line {{line}}.")
    assert "Mine is brief." in told()
    assert {path for path, _ in load_library(None).troubles} == {str(own / "b.md")}
