"""Every labelled reply gives the text it means, or none."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.reply_cases import ReplyCase, reply_cases, seen
from understudy.edit_formats import all_edit_formats
from understudy.reading import Refusal

CASES = reply_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_safe_reply_gives_its_text_and_no_reply_gives_a_wrong_one(case: ReplyCase) -> None:
    for region, edit_format in case.ways():
        found = seen(case.reply, region, edit_format)
        way = f"{region.view.name}, {edit_format or 'format to be found'}: {found.outcome}"
        if case.is_safe:
            assert found.after == case.after, way
            assert found.risk != "high", way
        elif case.is_doubtful:
            assert found.after in {case.after, None}, way
            assert found.after is None or found.risk == "high", way
        else:
            assert found.outcome in case.outcomes, way


def test_the_cases_cover_every_format_language_and_refusal() -> None:
    assert len(CASES) >= 150
    formats = Counter(case.edit_format for case in CASES)
    assert formats.keys() == all_edit_formats().keys()
    assert min(formats.values()) >= 15
    languages = {case.language for case in CASES}
    assert languages >= {"python", "typescript", "go", "rust", "java", "c", "markdown", "yaml"}
    # The others need more than one file, or 4 MB.
    outcomes = {outcome for case in CASES for outcome in case.outcomes}
    assert outcomes >= {one.value for one in Refusal if one is not Refusal.TOO_LARGE}


def test_every_case_says_what_it_is_about() -> None:
    assert all(case.about for case in CASES)
    assert len({case.about for case in CASES}) == len(CASES)
