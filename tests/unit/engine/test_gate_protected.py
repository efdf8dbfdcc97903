"""Files that grant power: at best confirmed, and never out of reach."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.facts_factory import AUTO, DEFAULT, facts_of
from understudy.config.settings import GateSettings
from understudy.engine.evidence import Band
from understudy.engine.gate import judge

BEFORE = "def f(result):\n    return reslt\n"
AFTER = "def f(result):\n    return result\n"
PROTECTED = (
    ".git/hooks/post-commit.py",
    ".vscode/task.py",
    ".idea/run.py",
    ".github/workflows/ci.yml",
    ".husky/pre-commit",
    ".envrc",
    "Makefile",
)


@pytest.mark.parametrize("settings", [DEFAULT, AUTO], ids=["preview", "auto_apply"])
@pytest.mark.parametrize("name", PROTECTED)
def test_the_best_edit_of_a_protected_file_is_confirmed_and_says_why(
    name: str, settings: GateSettings
) -> None:
    verdict = judge(facts_of(BEFORE, AFTER, name=name), settings)
    assert verdict.band is Band.CONFIRM
    assert verdict.hard_stops == ()
    (reason,) = (one for one in verdict.reasons if one.signal == "protected")
    assert reason.evidence.endswith("so it needs your consent")


@given(st.sampled_from(PROTECTED), st.floats(0, 1), st.floats(0, 1))
def test_no_threshold_lifts_a_protected_file_to_auto(name: str, auto: float, rest: float) -> None:
    settings = GateSettings(
        auto_apply=True, auto_score=auto, confirm_score=auto * rest, review_score=auto * rest
    )
    assert judge(facts_of(BEFORE, AFTER, name=name), settings).band is not Band.AUTO


def test_our_own_configuration_is_out_of_reach() -> None:
    verdict = judge(facts_of(BEFORE, AFTER, name=".understudy/config.toml"), AUTO)
    assert verdict.band is Band.BLOCK
    assert verdict.hard_stops
