from __future__ import annotations

import pytest

from tests.unit.config.samples import only_problem, resolved, user
from understudy.config.assembly import assemble, flatten
from understudy.config.source import from_editor


def test_weights_are_read_in_both_spellings_and_for_single_kinds() -> None:
    found = resolved(
        user("[context.weights]\nexamples = 0\n[context.taskWeights.test]\nfullFiles = 0.9\n"),
        from_editor({"context": {"maxTokens": 500, "weights": {"requiredTypes": 0.5}}}),
    )
    context = found.settings.context
    assert found.problems == ()
    assert context.max_tokens == 500
    assert (context.weights["examples"], context.weights["required_types"]) == (0, 0.5)
    assert context.weights["patterns"] == 0.7
    assert {kind: dict(own) for kind, own in context.task_weights.items()} == {
        "test": {"full_files": 0.9}
    }
    assert found.provenance["context.task_weights.test.full_files"].value == "user"


def test_settings_with_weights_of_kinds_survive_being_taken_apart() -> None:
    settings = resolved(user("[context.task_weights.fix]\npatterns = 0.2\n")).settings
    assert assemble(dict(flatten(settings)), ()) == settings


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[context.weights]\nexample = 1\n", "Did you mean `examples`?"),
        ("[context.task_weights.fixx]\nexamples = 1\n", "Did you mean `fix`?"),
        ("[context.weights]\nexamples = 2\n", "a number from 0 to 1"),
        ("[context]\nmax_tokens = 1\n", "a whole number from 100 to 1000000"),
    ],
)
def test_what_is_wrong_costs_only_its_key(text: str, words: str) -> None:
    found = resolved(user(text))
    assert words in only_problem(found).message
    assert found.settings.context == resolved().settings.context
