from __future__ import annotations

import pytest

from tests.unit.config.samples import only_problem, resolved, user, workspace
from understudy.config.assembly import assemble, flatten
from understudy.config.learning_settings import LearningSettings
from understudy.config.source import from_editor


def test_thresholds_are_read_in_both_spellings() -> None:
    found = resolved(
        user('[learning]\ncriterion = "raw"\nhold_out = 5\n'),
        from_editor({"learning": {"applyWithLog": 0.8, "autoApplySamples": 9}}),
    )
    assert found.problems == ()
    assert found.settings.learning == LearningSettings(
        criterion="raw", hold_out=5, apply_with_log=0.8, auto_apply_samples=9
    )
    assert assemble(dict(flatten(found.settings)), ()) == found.settings


@pytest.mark.parametrize(
    ("text", "marked", "words"),
    [
        ("auto_apply = 1.1\n", "1.1", "a number from 0 to 1"),
        ("apply_with_log = -0.1\n", "-0.1", "a number from 0 to 1"),
        ("auto_apply_samples = 0\n", "0", "a whole number from 1 to 1000"),
        ("hold_out = 1\n", "1", "a whole number from 2 to 100"),
        ('criterion = "wilsom"\n', '"wilsom"', "`wilson` or `raw`"),
        ("window_days = 7.5\n", "7.5", "a whole number from 1 to 365"),
        ("half_life = 3\n", "half_life", "Did you mean `half_life_days`?"),
        (
            "apply_with_log = 0.95\n",
            "0.95",
            "larger than `learning.auto_apply` (0.9), so 0.95 counts for both",
        ),
    ],
)
def test_thresholds_that_make_no_sense_are_errors_on_their_line(
    text: str, marked: str, words: str
) -> None:
    whole = f"[learning]\n{text}"
    problem = only_problem(resolved(user(whole)))
    assert words in problem.message
    assert problem.span is not None
    assert problem.span.of(whole) == marked


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("enabled = false", True),
        ("auto_apply = 0.95", True),
        ("auto_apply = 0.8", False),
        ("apply_with_log_samples = 1", False),
        ("max_tokens = 100", True),
        ("max_tokens = 4000", False),
        ('criterion = "raw"', False),
        ("queue_max = 1000", False),
    ],
)
def test_a_workspace_may_only_learn_less(text: str, counts: bool) -> None:
    found = resolved(workspace(f"[learning]\n{text}\n"))
    assert (found.settings.learning != LearningSettings()) is counts
    assert bool(found.problems) is not counts


def test_a_broken_switch_means_that_nothing_is_learned() -> None:
    found = resolved(user('[learning]\nenabled = "yes"\n'))
    assert not found.settings.learning.enabled
    assert "nothing is learned" in only_problem(found).message
