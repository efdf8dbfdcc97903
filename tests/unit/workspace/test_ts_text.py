from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.text import Edit, Span
from understudy.workspace.ts_text import TsText

TEXT = st.text(st.sampled_from("aπ😀\r\n\u2028\u2029\t"), max_size=40)


@given(TEXT, st.data())
def test_units_become_the_code_points_that_they_stand_for(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    units = len(text[:start].encode("utf-16-le")) // 2
    length = len(text[start:end].encode("utf-16-le")) // 2
    assert TsText(text).span(units, length) == Span(start, end)


@given(TEXT, st.data())
def test_lines_and_columns_become_the_places_that_they_stand_for(
    text: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(text)))
    if text[place - 1 : place + 1] == "\r\n":
        place += 1
    ends = [one.end() for one in re.finditer("\r\n|[\r\n\u2028\u2029]", text) if one.end() <= place]
    start = ends[-1] if ends else 0
    column = len(text[start:place].encode("utf-16-le")) // 2 + 1
    assert TsText(text).offset(len(ends) + 1, column) == place


def test_half_of_a_pair_counts_as_its_start() -> None:
    assert TsText("a😀b").span(2, 1) == Span(1, 2)
    assert TsText("a😀b").span(1, 99) == Span(1, 3)


def test_changes_become_edits() -> None:
    change = {
        "start": {"line": 2, "offset": 3},
        "end": {"line": 2, "offset": 4},
        "newText": "c",
    }
    assert TsText("😀\n😀b").edits([change]) == (Edit(Span(3, 4), "c"),)


def test_a_line_that_is_not_there_raises() -> None:
    with pytest.raises(IndexError):
        TsText("a").offset(3, 1)
