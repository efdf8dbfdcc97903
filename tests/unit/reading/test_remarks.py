from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.reading.json_values import unfinished, value_of
from understudy.reading.remarks import (
    SCHEMA,
    Remark,
    place_of,
    problems,
    remarks_of,
    remarks_so_far,
)
from understudy.wire.turns import is_strict
from understudy.workspace.diagnostics import Severity

FILE = [
    "def first(items):",
    "    result = 0",
    "    return result",
    "",
    "def second(items):",
    "    result = 1",
    "    return result",
]
JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["findings", "quote", "message", "line", "fix"]), inner)
    ),
    max_leaves=12,
)


def remark(quote: str, line: int | None = None) -> Remark:
    return Remark("It is wrong.", quote, line)


@pytest.mark.parametrize(
    ("quote", "line", "place"),
    [
        ("    result = 0", None, range(1, 2)),
        ("result = 0", 9, range(1, 2)),
        ("\n    result = 1\n    return result\n", None, range(5, 7)),
        ("= 1", None, range(5, 6)),
        ("second(items)", None, range(4, 5)),
        ("    return result", 7, range(6, 7)),
        ("items", 5, range(4, 5)),
        ("    return result", None, None),
        ("items", None, None),
        ("class Nothing:", 1, None),
        ("", 1, None),
        ("\n\n", 4, None),
    ],
)
def test_a_finding_stands_where_its_quotation_does(
    quote: str, line: int | None, place: range | None
) -> None:
    assert place_of(remark(quote, line), FILE) == place


@given(st.text(max_size=60), st.integers(-3, 20) | st.none())
def test_a_place_is_always_in_the_file(quote: str, line: int | None) -> None:
    place = place_of(remark(quote, line), FILE)
    assert place is None or (place and 0 <= place.start < place.stop <= len(FILE))


@given(JSON)
def test_any_value_is_findings_or_has_problems(value: Any) -> None:
    wrong = problems(value)
    if not wrong:
        assert all(one.quote.strip() and one.message.strip() for one in remarks_of(value))


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ({"findings": 3}, "`findings` must be a list, not a number."),
        ({"answer": []}, "`findings` is missing"),
        ({"findings": ["x"]}, "`findings[0]` must be an object, not a text."),
        ({"findings": [{"message": "m", "quote": " "}]}, "`findings[0].quote` must be a text"),
        ([], "The answer must be an object"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(value: Any, wrong: str) -> None:
    (told,) = problems(value)
    assert told.startswith(wrong)


def test_other_spellings_of_the_same_are_read_too() -> None:
    found = {"message": "m", "quote": "q", "severity": "Critical", "line": True, "more": 1}
    assert remarks_of({"issues": [found]}) == (Remark("m", "q", None, Severity.ERROR),)
    assert remarks_of([found])[0].severity is Severity.ERROR


def test_no_findings_among_prose_are_no_findings_and_code_in_prose_is_nothing() -> None:
    said = value_of('I see nothing.\n\n{"findings": []}\n', problems)
    assert remarks_of(said.value) == ()
    assert problems(json.loads("[]"))


def test_vendors_can_hold_answers_to_the_schema() -> None:
    assert is_strict(dict(SCHEMA))


@given(JSON)
def test_any_value_that_is_still_being_written_can_be_read(value: Any) -> None:
    remarks_so_far(value, [value])


@given(st.data())
def test_what_is_complete_so_far_is_the_beginning_of_what_there_will_be(data: Any) -> None:
    text = json.dumps({"findings": [{"quote": f"q{n}", "message": 'm"}]'} for n in range(3)]})
    root, opened = unfinished(text[: data.draw(st.integers(0, len(text) - 1))])
    whole = remarks_of(json.loads(text))
    found = remarks_so_far(root, opened)
    assert found == whole[: len(found)]
