"""`routing`: what may be written, and what is told of the rest."""

from __future__ import annotations

import pytest

from tests.unit.config.samples import modelled, only_problem, user


@pytest.mark.parametrize("share", ["0", "0.01", "0.05"])
def test_a_small_share_may_explore(share: str) -> None:
    found = modelled(user(f"[routing]\nexploration = {share}\n"))
    assert found.problems == ()
    assert found.settings.routing.exploration == float(share)


@pytest.mark.parametrize("share", ["0.06", "1", "-0.01", "nan", '"all"'])
def test_any_other_share_is_told_and_nothing_is_explored(share: str) -> None:
    found = modelled(user(f"[routing]\nexploration = {share}\n"))
    assert "routing.exploration" in only_problem(found).message
    assert found.settings.routing.exploration == 0.0


def test_learning_is_a_strategy() -> None:
    found = modelled(user('[routing]\nstrategy = "learned"\n'))
    assert found.problems == ()
    assert found.settings.routing.strategy == "learned"
