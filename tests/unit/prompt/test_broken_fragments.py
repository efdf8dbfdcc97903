"""Fragments that are broken beside the others never end a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.prompt.test_fragment_files import ASKED, TO, own, told, write
from understudy.config.policy import Policy
from understudy.engine.fragments_doctor import examine_fragments
from understudy.prompt.composing import compose
from understudy.prompt.library import load_library

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
