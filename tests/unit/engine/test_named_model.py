"""A model that a request names in its first word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.simulated import ONE, settings_with
from understudy.engine.named_model import named_model

SETTINGS = settings_with()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (f"@{ONE} shorter", (ONE, "shorter")),
        (f"  @{ONE}: shorter @{ONE}", (ONE, f"shorter @{ONE}")),
        (f"@{ONE}", (ONE, "")),
        ("@property shorter", (None, "@property shorter")),
        ("@nobody/knows shorter", (None, "@nobody/knows shorter")),
        (f"shorter @{ONE}", (None, f"shorter @{ONE}")),
        ("a@b.example asks", (None, "a@b.example asks")),
        ("", (None, "")),
    ],
)
def test_only_a_known_model_at_the_beginning_counts(
    words: str, expected: tuple[str | None, str]
) -> None:
    assert named_model(words, SETTINGS) == expected


@given(st.text())
def test_no_word_of_a_request_is_lost_where_no_model_is_named(words: str) -> None:
    model, rest = named_model(words, SETTINGS)
    assert model is not None or rest == words
