from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.config.layers import resolve
from understudy.config.problems import Layer
from understudy.config.source import (
    from_editor,
)

if TYPE_CHECKING:
    from pathlib import Path
from tests.unit.config.samples import only_problem, resolved, user, workspace


@pytest.mark.parametrize(
    ("below", "wanted", "key", "stays"),
    [
        ("", "gate.auto_apply = true", "auto_apply", False),
        ("", "gate.auto_score = 0.8", "auto_score", 0.9),
        ("", "gate.second_opinion = 'always'", "second_opinion", "auto"),
        ("", "gate.max_deleted_share = 0.9", "max_deleted_share", 0.4),
        ("", "gate.review_score = 0.1", "review_score", 0.4),
        ("", "gate.run_tests = 'always'", "run_tests", "never"),
        ("gate.run_tests = 'on_request'", "gate.run_tests = 'always'", "run_tests", "on_request"),
    ],
)
def test_a_workspace_can_not_loosen_the_gate(
    below: str, wanted: str, key: str, stays: object
) -> None:
    found = resolved(user(below), workspace(wanted))
    assert getattr(found.settings.gate, key) == stays
    problem = only_problem(found)
    assert problem.layer is Layer.WORKSPACE
    assert "a workspace may only" in problem.message
    assert resolved(user(wanted)).problems == ()


@pytest.mark.parametrize("below", ["", "fix.speculate = 1", "fix = 3"])
def test_only_the_user_can_have_models_asked_unasked(below: str) -> None:
    found = resolved(user(below), workspace("fix.speculate = true"))
    assert not found.settings.fix.speculate
    assert any("fix.speculate" in problem.message for problem in found.problems)
    both = resolved(user("fix.speculate = true"), workspace("fix.speculate = false"))
    assert (both.settings.fix.speculate, both.problems) == (False, ())


def test_a_workspace_can_make_the_gate_stricter() -> None:
    found = resolved(
        user("gate.auto_apply = true"),
        workspace("[gate]\nauto_apply = false\nauto_score = 0.99\nmax_deleted_share = 0.1"),
    )
    gate = found.settings.gate
    assert (gate.auto_apply, gate.auto_score, gate.max_deleted_share) == (False, 0.99, 0.1)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("below", "wanted"),
    [
        ("checkers.ruff.enabled = false", "checkers.ruff.enabled = true"),
        ("checkers.ruff.enabled = 1", "checkers.ruff.enabled = true"),
        ("checkers.ruff.command = 1", 'checkers.ruff.command = ["x"]'),
        ("checkers = 1", "[checkers.ruff]\nenabled = true\ncommand = ['x']"),
    ],
)
def test_a_workspace_can_not_switch_on_what_the_user_closed(below: str, wanted: str) -> None:
    found = resolved(user(below), workspace(wanted))
    assert not found.settings.checker("ruff").enabled
    assert any(problem.layer is Layer.WORKSPACE for problem in found.problems)


def test_a_workspace_can_not_undo_the_users_command_nor_touch_the_journals_age() -> None:
    found = resolved(
        user('checkers.ruff.command = ["/opt/ruff"]\nfix.unsafe = false\njournal.enabled = false'),
        workspace(
            "checkers.ruff.command = []\njournal.keep_days = 1\nfix.unsafe = true\n"
            "journal.enabled = true"
        ),
    )
    assert found.settings.checker("ruff").command == ("/opt/ruff",)
    assert found.settings.journal.keep_days == 90
    assert not found.settings.fix.unsafe
    assert not found.settings.journal.enabled
    assert len(found.problems) == 4


def test_a_workspaces_command_is_marked_as_its_own() -> None:
    found = resolved(workspace('checkers.ruff.command = ["./ruff"]'))
    assert found.settings.checker("ruff").command_from_workspace
    over = resolved(
        workspace('checkers.ruff.command = ["./ruff"]'),
        from_editor({"checkers": {"ruff": {"command": ["ruff"]}}}),
    )
    assert not over.settings.checker("ruff").command_from_workspace


def test_a_workspaces_environment_must_lie_inside_it(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    inside = resolve((workspace("python.environment = 'env'"),), root=root)
    assert inside.settings.python.environment == root / "env"
    for outside in ("..", "/usr", "env/../../other"):
        found = resolve((workspace(f"python.environment = '{outside}'"),), root=root)
        assert found.settings.python.environment is None
        assert "inside it" in only_problem(found).message
    chosen = resolve((user(f"python.environment = '{tmp_path}'"),), root=root)
    assert chosen.settings.python.environment == tmp_path


def test_a_command_for_tests_from_a_workspace_is_known_as_its_own() -> None:
    users = resolved(user("tests.command = ['mine']"), workspace(""))
    assert not users.settings.tests.command_from_workspace
    both = resolved(user("tests.command = ['mine']"), workspace("tests.command = ['theirs']"))
    assert both.settings.tests.command == ("theirs",)
    assert both.settings.tests.command_from_workspace


def test_a_broken_command_for_tests_runs_none() -> None:
    found = resolved(user("gate.run_tests = 'always'\ntests.command = 1"), workspace(""))
    assert found.settings.gate.run_tests == "never"
    assert "no tests are run" in only_problem(found).message


def test_a_workspace_may_switch_tests_off() -> None:
    found = resolved(user("gate.run_tests = 'always'"), workspace("gate.run_tests = 'never'"))
    assert found.settings.gate.run_tests == "never"
