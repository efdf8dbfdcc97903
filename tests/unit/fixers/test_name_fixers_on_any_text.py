"""The fixers of names never raise and never edit outside the text, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.fixers.name_problems import TEXTS, proposals_for_any_text
from understudy.fixers import (
    attribute_typo,
    did_you_mean,
    keyword_name,
    missing_import,
    missing_self,
    optional_access,
    wrong_import,
)

CASES = {
    "did_you_mean": (did_you_mean.FIXER, "Undefined name `cuont`"),
    "missing_import": (missing_import.FIXER, "Undefined name `json`"),
    "missing_self": (missing_self.FIXER, "Undefined name `self`"),
    "wrong_import": (wrong_import.FIXER, 'Import "colections" could not be resolved'),
    "wrong_import of a name": (wrong_import.FIXER, '"Pathh" is unknown import symbol'),
    "attribute_typo": (
        attribute_typo.FIXER,
        'Cannot access attribute "cuont" for class "A | None"',
    ),
    "attribute_typo on self": (attribute_typo.FIXER, 'Cannot access attribute "f" for class "A*"'),
    "keyword_name": (keyword_name.FIXER, 'No parameter named "widht"'),
    "optional_access": (optional_access.FIXER, '"cuont" is not a known attribute of "None"'),
}


@pytest.mark.parametrize("case", CASES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, place=st.tuples(st.integers(0, 300), st.integers(0, 300)))
def test_a_fixer_stays_inside_any_text(case: str, text: str, place: tuple[int, int]) -> None:
    fixer, message = CASES[case]
    proposals_for_any_text(fixer, text, place, message)


@pytest.mark.parametrize("case", CASES)
@settings(max_examples=40)
@given(message=st.text(), text=TEXTS)
def test_a_fixer_takes_any_message(case: str, message: str, text: str) -> None:
    fixer, _ = CASES[case]
    proposals_for_any_text(fixer, text, (0, 5), message)
