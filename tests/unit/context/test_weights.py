from __future__ import annotations

from typing import get_args

import pytest

from understudy.config.context_options import TaskWeightOptions, WeightOptions
from understudy.config.context_settings import CONTEXT_WEIGHTS
from understudy.context.items import WEIGHTS, Tier
from understudy.context.weights import TaskKind, kind_of_task, weights_for
from understudy.tasks import all_tasks


def test_settings_options_and_tiers_have_the_same_names_and_weights() -> None:
    assert dict(CONTEXT_WEIGHTS) == WEIGHTS
    assert set(WeightOptions.model_fields) == set(get_args(Tier))
    assert set(TaskWeightOptions.model_fields) == set(get_args(TaskKind))


def test_every_task_has_a_kind() -> None:
    kinds = {task: kind_of_task(task) for task in all_tasks()}
    assert set(kinds.values()) == set(get_args(TaskKind))
    assert (kinds["fixFile"], kinds["review"], kinds["addTypes"]) == ("fix", "explain", "refactor")


@pytest.mark.parametrize("kind", get_args(TaskKind))
def test_a_weight_that_the_user_changed_holds_for_every_kind(kind: str) -> None:
    assert weights_for(kind, {**CONTEXT_WEIGHTS, "examples": 0.1}, {})["examples"] == 0.1


def test_the_weight_of_a_kind_goes_before_all_others() -> None:
    found = weights_for("test", {**CONTEXT_WEIGHTS, "examples": 0.1}, {"test": {"examples": 0.0}})
    assert found["examples"] == 0.0
    assert found["target_file"] == WEIGHTS["target_file"]
    assert weights_for("fix", CONTEXT_WEIGHTS, {}) == WEIGHTS
    assert weights_for("test", CONTEXT_WEIGHTS, {})["examples"] > WEIGHTS["examples"]
