from __future__ import annotations

import pytest

from tests.unit.config.samples import only_problem, resolved, user, workspace
from understudy.config.known import Known
from understudy.config.layers import resolve
from understudy.config.problems import Layer
from understudy.config.settings import OFFLINE_MODEL, Settings
from understudy.config.source import (
    from_editor,
)


def test_without_layers_everything_is_built_in() -> None:
    found = resolve(())
    assert found.settings == Settings()
    assert set(found.provenance.values()) == {Layer.BUILT_IN}
    assert found.problems == ()


@pytest.mark.parametrize(
    ("layers", "winner", "days"),
    [
        ((), Layer.BUILT_IN, 12),
        ((Layer.USER,), Layer.USER, 1),
        ((Layer.USER, Layer.WORKSPACE), Layer.WORKSPACE, 2),
        ((Layer.EDITOR, Layer.USER, Layer.WORKSPACE), Layer.EDITOR, 3),
        ((Layer.EDITOR, Layer.USER), Layer.EDITOR, 3),
    ],
)
def test_a_higher_layer_wins_in_whatever_order_they_come(
    layers: tuple[Layer, ...], winner: Layer, days: int
) -> None:
    every = {
        Layer.USER: user("fix.max_candidates = 1"),
        Layer.WORKSPACE: workspace("[fix]\nmax_candidates = 2"),
        Layer.EDITOR: from_editor({"fix": {"maxCandidates": 3}}),
    }
    found = resolved(*(every[layer] for layer in layers))
    assert found.settings.fix.max_candidates == days
    assert found.provenance["fix.max_candidates"] is winner
    assert found.provenance["fix.timeout_s"] is Layer.BUILT_IN


def test_both_spellings_and_the_json_form_are_read() -> None:
    found = resolved(
        user(
            '[gate]\nautoApply = true\nauto_score = 1\n[modelRouting]\ndebugging = "builtin/rules"'
        ),
        from_editor(
            {
                "checkers": {"ruff": {"timeoutS": 3, "command": ["uvx", "ruff"]}},
                "modelRouting": {"documentation": ["builtin/rules"]},
                "actions": {"hide": ["fix"]},
            }
        ),
    )
    settings = found.settings
    assert found.problems == ()
    assert (settings.gate.auto_apply, settings.gate.auto_score) == (True, 1.0)
    assert settings.checker("ruff").timeout_s == 3.0
    assert settings.checker("ruff").command == ("uvx", "ruff")
    assert not settings.checker("ruff").command_from_workspace
    assert settings.actions.hide == {"fix"}
    assert settings.model_routing == {
        "debugging": (OFFLINE_MODEL,),
        "documentation": (OFFLINE_MODEL,),
    }


def test_a_null_from_an_editor_means_not_set() -> None:
    found = resolved(user("fix.max_candidates = 3"), from_editor({"fix": {"maxCandidates": None}}))
    assert found.settings.fix.max_candidates == 3
    assert found.problems == ()


def test_a_broken_command_disables_its_checker_and_is_not_replaced() -> None:
    found = resolved(
        user('checkers.ruff.command = ["/opt/ruff"]'), workspace("checkers.ruff.command = 3")
    )
    ruff = found.settings.checker("ruff")
    assert (ruff.enabled, ruff.command) == (False, ())
    assert found.provenance["checkers.ruff.enabled"] is Layer.WORKSPACE
    assert found.settings.checker("basedpyright").enabled


def test_a_higher_layer_can_replace_a_broken_command() -> None:
    found = resolved(
        user("checkers.ruff.command = 3"),
        from_editor({"checkers": {"ruff": {"command": ["ruff"]}}}),
    )
    assert found.settings.checker("ruff").enabled
    assert found.settings.checker("ruff").command == ("ruff",)


def test_a_broken_file_closes_what_it_speaks_of_and_leaves_other_layers_alone() -> None:
    broken = user("[checkers.ruff]\nenabled = false\nthis is no TOML\n")
    found = resolved(broken, from_editor({"fix": {"maxCandidates": 5}}))
    problem = only_problem(found)
    assert "line 3, column 6" in problem.message
    assert problem.span is not None
    assert broken.text is not None
    assert problem.span.of(broken.text) == "this is no TOML"
    assert not found.settings.checker("ruff").enabled
    assert not found.settings.checker("basedpyright").enabled
    assert found.settings.fix.max_candidates == 5
    assert resolved(user("[fix]\noops")).settings.checker("ruff").enabled


def test_unknown_models_leave_the_chain_and_an_empty_chain_stays_offline() -> None:
    known = Known(models=lambda _: (OFFLINE_MODEL, "acme/large"))
    below = user('model_routing.debugging = "acme/large"')
    mixed = resolve((below, workspace('model_routing.debugging = ["x/y", "acme/large"]')), known)
    assert mixed.settings.model_routing["debugging"] == ("acme/large",)
    lost = resolve((below, workspace('model_routing.debugging = ["x/y"]')), known)
    assert lost.settings.model_routing["debugging"] == (OFFLINE_MODEL,)


def test_scores_that_cross_are_told_and_the_stricter_one_counts() -> None:
    found = resolved(user("gate.review_score = 0.9"))
    assert "0.9 counts for both" in only_problem(found).message
    assert found.settings.gate.confirm_score == 0.9
    assert found.provenance["gate.confirm_score"] is Layer.USER
