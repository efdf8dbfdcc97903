from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.text import (
    Edit,
    OverlappingEditsError,
    Span,
    after_spans,
    apply,
    in_order,
    moved,
    shift,
)

TEXTS = st.text(alphabet="ab \r\n\tπ😀\u0301", max_size=30)


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits that do not overlap, in any order; insertions may share a place."""
    text = draw(TEXTS)
    borders = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    if len(borders) % 2:
        borders.pop()
    pairs = zip(borders[::2], borders[1::2], strict=True)
    edits = [Edit(Span(start, end), draw(TEXTS)) for start, end in pairs]
    return text, draw(st.permutations(edits))


def one_by_one(text: str, edits: list[Edit]) -> str:
    """The reference: splice from the back, so that no offset ever has to move."""
    for edit in reversed(in_order(edits)):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@given(edited_texts())
def test_edits_applied_at_once_equal_edits_spliced_from_the_back(
    case: tuple[str, list[Edit]],
) -> None:
    text, edits = case
    assert apply(text, edits) == one_by_one(text, edits)


@given(edited_texts())
def test_the_order_in_which_edits_are_listed_matters_only_for_insertions_at_one_place(
    case: tuple[str, list[Edit]],
) -> None:
    text, edits = case
    places = [edit.span for edit in edits]
    if len(set(places)) == len(places):
        assert apply(text, edits) == apply(text, reversed(edits))


def test_insertions_at_one_place_keep_their_order() -> None:
    here = Span(1, 1)
    assert apply("ab", [Edit(here, "1"), Edit(here, "2")]) == "a12b"


def test_an_insertion_comes_before_a_replacement_that_starts_at_its_place() -> None:
    edits = [Edit(Span(1, 2), "X"), Edit(Span(1, 1), "i")]
    assert [edit.text for edit in in_order(edits)] == ["i", "X"]
    assert apply("ab", edits) == "aiX"


@given(edited_texts())
def test_the_new_text_of_each_edit_stands_where_after_spans_says(
    case: tuple[str, list[Edit]],
) -> None:
    text, edits = case
    result = apply(text, edits)
    for edit, span in zip(in_order(edits), after_spans(edits), strict=True):
        assert span.of(result) == edit.text


@given(edited_texts())
def test_a_character_stands_where_moved_says(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    # The reference carries the origin of every character through the same splices.
    origins: list[int | None] = list(range(len(text) + 1))
    for edit in reversed(in_order(edits)):
        origins[edit.span.start : edit.span.end] = [None] * len(edit.text)
    for offset in range(len(text) + 1):
        inside = [e for e in edits if e.span.start <= offset < e.span.end]
        if not inside:
            assert moved(offset, edits) == origins.index(offset)
        else:
            order = in_order(edits)
            assert moved(offset, edits) == after_spans(edits)[order.index(inside[0])].start


def test_a_character_moves_behind_an_insertion_at_its_place() -> None:
    assert moved(1, [Edit(Span(1, 1), "new")]) == 4


@given(edited_texts(), st.integers(0, 5))
def test_shifted_edits_do_the_same_behind_a_prefix(case: tuple[str, list[Edit]], by: int) -> None:
    text, edits = case
    assert apply("x" * by + text, shift(edits, by)) == "x" * by + apply(text, edits)


@given(TEXTS, st.data())
def test_growth_is_the_change_in_length(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    edit = Edit(Span(start, data.draw(st.integers(start, len(text)))), data.draw(TEXTS))
    assert len(apply(text, [edit])) == len(text) + edit.growth


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(OverlappingEditsError):
        apply("abcd", [Edit(Span(0, 3), ""), Edit(Span(2, 4), "")])


def test_an_insertion_inside_a_replacement_is_refused() -> None:
    with pytest.raises(OverlappingEditsError):
        apply("abcd", [Edit(Span(0, 3), ""), Edit(Span(2, 2), "x")])


def test_an_edit_past_the_end_is_refused() -> None:
    with pytest.raises(ValueError, match="the text has 2"):
        apply("ab", [Edit(Span(1, 3), "")])


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (3, 2)])
def test_a_span_never_runs_backwards_or_before_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="A span must satisfy"):
        Span(start, end)


def test_an_empty_span_is_still_a_span() -> None:
    assert Span(2, 2)
    assert len(Span(2, 2)) == 0


def test_spans_touch_when_they_share_a_border() -> None:
    assert Span(0, 2).touches(Span(2, 3))
    assert not Span(0, 2).touches(Span(3, 4))
