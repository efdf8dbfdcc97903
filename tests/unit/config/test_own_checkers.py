"""Checkers that users describe."""

from __future__ import annotations

import pytest

from tests.unit.config.samples import user, workspace
from understudy.config.layers import resolve
from understudy.config.own_checkers import line_pattern
from understudy.config.source import from_editor
from understudy.engine.setup import known_ids

MINE = """\
[checkers.mine]
command = ["mytool", "--check"]
languages = ["dockerfile"]
output = "regex"
pattern = '^(?P<line>\\d+):(?P<message>.*)$'
stdin = false
severity = "error"
isTypeChecker = true
"""


def test_a_described_checker_has_all_its_settings() -> None:
    found = resolve((user(MINE),), known_ids())
    assert found.problems == ()
    mine = found.settings.checker("mine")
    assert mine.is_own
    assert mine.languages == {"dockerfile"}
    assert (mine.output, mine.stdin, mine.severity, mine.is_type_checker) == (
        *("regex", False, "error", True),
    )
    assert not found.settings.checker("ruff").is_own


@pytest.mark.parametrize(
    "text", ["[checkers.rufff]\nenabled = true\n", '[checkers.x]\ncommand = ["x"]\n']
)
def test_an_id_that_describes_nothing_is_misspelt(text: str) -> None:
    (problem,) = resolve((user(text),), known_ids()).problems
    assert "is not a known checker" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        '[checkers.x]\nlanguages = ["c"]\noutput = "sarif"\n',
        '[checkers.x]\ncommand = ["x"]\noutput = "sarif"\n',
        '[checkers.x]\ncommand = ["x"]\nlanguages = ["c"]\noutput = "regex"\n',
    ],
)
def test_half_a_description_is_told_and_does_not_count(text: str) -> None:
    found = resolve((user(text),), known_ids())
    (problem,) = found.problems
    assert "is not enough: a checker of your own needs" in problem.message
    assert not found.settings.checker("x").is_own


def test_a_built_in_checker_can_not_be_described_anew() -> None:
    (problem,) = resolve((user('[checkers.ruff]\noutput = "sarif"\n'),), known_ids()).problems
    assert "has no effect, because `ruff` is built in" in problem.message


@pytest.mark.parametrize("key", ['languages = ["c"]', 'output = "sarif"', "stdin = true"])
def test_a_workspace_describes_no_checker_but_may_switch_one_off(key: str) -> None:
    there = workspace(f"[checkers.mine]\nenabled = false\n{key}\n")
    found = resolve((user(MINE), there), known_ids())
    (problem,) = found.problems
    assert "a checker of one's own is for the user to describe" in problem.message
    assert not found.settings.checker("mine").enabled
    assert found.settings.checker("mine").languages == {"dockerfile"}


def test_an_editor_whose_settings_a_workspace_may_have_written_describes_none() -> None:
    told = {"checkers": {"mine": {"languages": ["c"], "output": "sarif", "command": ["x"]}}}
    found = resolve((from_editor(told, doubtful=True),), known_ids())
    assert not found.settings.checker("mine").is_own
    assert resolve((from_editor(told),), known_ids()).settings.checker("mine").is_own


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(", "it is no regular expression"),
        ("(?P<line>.)", "the group `message` is missing"),
        ("(?P<line>.)(?P<message>.)(?P<row>.)", "there is no place for a group `row`"),
        ("x" * 1001, "1000 characters at most"),
    ],
)
def test_a_pattern_that_can_not_be_used_is_told(pattern: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        line_pattern(pattern)
    text = MINE.replace("^(?P<line>\\d+):(?P<message>.*)$", pattern)
    problems = resolve((user(text),), known_ids()).problems
    assert any(why in problem.message for problem in problems)
