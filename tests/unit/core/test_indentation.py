from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from understudy.core.indentation import in_style_of, indent_of

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
    assert in_style_of(["\tx", "  x"], ["  x"]) is None
    assert in_style_of(["  x"], ["\tx", "  x"]) is None
    assert in_style_of(["x"], ["\tx"]) is None
