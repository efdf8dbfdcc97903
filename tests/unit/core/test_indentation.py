from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.indentation import in_style_of, indent_of, step_of

_LINES = st.lists(st.text(alphabet=" \tx#", max_size=12))
_DEPTHS = st.lists(st.integers(0, 2), min_size=1).filter(any)


@given(_LINES, _LINES)
def test_nothing_but_the_indentation_changes(lines: list[str], model: list[str]) -> None:
    changed = in_style_of(lines, model)
    if changed is not None:
        assert [line.lstrip(" \t") for line in changed] == [line.lstrip(" \t") for line in lines]
        assert {indent_of(line)[:1] for line in changed if line.strip()} <= {"", " ", "\t"}


@given(_DEPTHS)
def test_blanks_become_tabs_level_by_level(depths: list[int]) -> None:
    lines = ["x", *(f"{'    ' * depth}x" for depth in (1, 2, *depths))]
    assert in_style_of(lines, ["\tx"]) == [line.replace("    ", "\t") for line in lines]


def test_what_is_indented_in_both_ways_stays() -> None:
    assert in_style_of(["\tx", "  x"], ["\tx"]) is None
    assert in_style_of(["  x"], ["\tx", "  x"]) is None
    assert in_style_of(["x"], ["\tx"]) is None


def test_tabs_among_blanks_become_blanks_where_nothing_else_indents() -> None:
    assert in_style_of(["\tx", "\t  y", "  z"], ["    x"]) == ["    x", "      y", "  z"]


@pytest.mark.parametrize(
    ("widths", "step"),
    [
        ([0, 4, 8, 4], 4),
        ([0, 2, 4, 6], 2),
        ([0, 4, 6, 4, 8], 4),
        ([0, 4, 8, 10, 8, 4, 8], 4),
        ([8, 12, 16, 12], 4),
        ([0, 3, 6, 3], 3),
        ([0, 8, 16, 8], 8),
        ([0, 4, 2, 4, 2], 2),
        ([0, 6, 4, 4], 4),
        ([8], 4),
        ([2], 2),
        ([0], 4),
        ([], 4),
        ([0, 1, 2], 4),
    ],
)
def test_a_level_is_the_commonest_step_that_most_lines_fit(widths: list[int], step: int) -> None:
    assert step_of([" " * width + "x" for width in widths]) == step


def test_tabs_become_as_many_blanks_as_the_text_has_for_a_level() -> None:
    model = ["def f(a):", "    if (a or", "      b):", "        return a", "    return b"]
    assert in_style_of(["\tx"], model) == ["    x"]
