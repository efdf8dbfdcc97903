from __future__ import annotations

from dataclasses import dataclass

from hypothesis import assume, given
from hypothesis import strategies as st

from understudy.core.lines import LineIndex, split_lines
from understudy.core.rebase import LineChange, line_change, rebase_lines
from understudy.core.text import Edit, Span, shift

LINES = st.lists(st.sampled_from(["", "a", "bb", "😀"]), max_size=4)


@dataclass(frozen=True)
class Case:
    """A document whose every line is its own, lines that an edit touches, and later changes."""

    document: tuple[str, ...]
    touched: range
    changes: tuple[tuple[LineChange, tuple[str, ...]], ...]


@st.composite
def cases(draw: st.DrawFn, *, elsewhere: bool = False) -> Case:
    """A case; with `elsewhere`, no change touches the lines of the edit."""
    size = draw(st.integers(1, 8))
    first = draw(st.integers(0, size))
    stop = draw(st.integers(first, size))
    touched = range(first, stop)
    changes = []
    now = size
    for number in range(draw(st.integers(0, 5))):
        low, high = 0, now
        if elsewhere and draw(st.booleans()):
            low = stop
        elif elsewhere:
            high = first
        start = draw(st.integers(low, high))
        removed = draw(st.integers(0, high - start))
        added = tuple(f"new {number}.{n}" for n in range(draw(st.integers(0, 3))))
        changes.append((LineChange(start, removed, len(added)), added))
        growth = len(added) - removed
        now += growth
        if elsewhere and start + removed <= first:
            first, stop = first + growth, stop + growth
    document = tuple(f"line {n}" for n in range(size))
    return Case(document, touched, tuple(changes))


def changed(case: Case) -> list[str]:
    lines = list(case.document)
    for change, added in case.changes:
        lines[change.start : change.start + change.removed] = added
    return lines


@given(cases())
def test_rebased_lines_are_the_same_lines(case: Case) -> None:
    rebased = rebase_lines(case.touched, (change for change, _ in case.changes))
    if rebased is not None:
        touched = case.document[case.touched.start : case.touched.stop]
        assert tuple(changed(case)[rebased.start : rebased.stop]) == touched


@given(cases())
def test_lines_are_given_up_only_when_a_change_touched_them(case: Case) -> None:
    rebased = rebase_lines(case.touched, (change for change, _ in case.changes))
    touched = list(case.document[case.touched.start : case.touched.stop])
    assume(touched)
    # Every line is its own, so the touched ones stand together afterwards only if none was hit,
    # unless lines were put between them and taken out again.
    windows = changed(case)
    together = any(
        windows[at : at + len(touched)] == touched for at in range(len(windows) + 1 - len(touched))
    )
    if not together:
        assert rebased is None
    elif len(case.changes) == 1:
        assert rebased is not None


@given(cases(elsewhere=True), LINES)
def test_an_edit_and_changes_elsewhere_may_come_in_either_order(
    case: Case, replacement: list[str]
) -> None:
    rebased = rebase_lines(case.touched, (change for change, _ in case.changes))
    assert rebased is not None
    late = changed(case)
    late[rebased.start : rebased.stop] = replacement

    early = list(case.document)
    early[case.touched.start : case.touched.stop] = replacement
    first, stop = case.touched.start, case.touched.stop
    for change, added in case.changes:
        above = change.start + change.removed <= first
        start = change.start if above else change.start + len(replacement) - (stop - first)
        early[start : start + change.removed] = added
        if above:
            growth = change.added - change.removed
            first, stop = first + growth, stop + growth
    assert late == early


@given(cases(elsewhere=True), st.data())
def test_a_rebased_edit_replaces_the_same_characters(case: Case, data: st.DataObject) -> None:
    assume(case.touched)
    before = LineIndex("".join(line + "\r\n" for line in case.document))
    after = LineIndex("".join(line + "\r\n" for line in changed(case)))
    low, high = before.start(case.touched.start), before.start(case.touched.stop)
    start = data.draw(st.integers(low, high - 1))
    span = Span(start, data.draw(st.integers(start, high)))
    touched = before.lines_of(span)
    rebased = rebase_lines(touched, (change for change, _ in case.changes))
    assert rebased is not None
    by = after.start(rebased.start) - before.start(touched.start)
    (moved,) = shift([Edit(span, "")], by)
    assert moved.span.of(after.text) == span.of(before.text)


@given(st.integers(0, 3), LINES, LINES)
def test_a_line_change_makes_the_new_lines_of_the_old(
    start: int, old: list[str], new: list[str]
) -> None:
    change = line_change(start, old, new)
    if change is None:
        assert old == new
        return
    at = change.start - start
    assert old[:at] + new[at : at + change.added] + old[at + change.removed :] == new
    assert change.removed + change.added > 0


@given(LINES, LINES, LINES)
def test_a_line_change_leaves_equal_ends_out(
    head: list[str], new: list[str], tail: list[str]
) -> None:
    change = line_change(0, [*head, "only in the old", *tail], [*head, *new, *tail])
    assert change is not None
    assert change.start >= len(head)
    assert change.removed <= 1 + min(len(new), len(tail))


def test_lines_inserted_between_touched_lines_count_as_touching() -> None:
    assert rebase_lines(range(2, 4), [LineChange(3, 0, 1)]) is None


def test_a_change_that_neither_removes_nor_adds_a_line_touches_nothing() -> None:
    assert rebase_lines(range(2), [LineChange(1, 0, 0)]) == range(2)


def test_lines_inserted_at_the_border_do_not_touch() -> None:
    assert rebase_lines(range(2, 4), [LineChange(2, 0, 1)]) == range(3, 5)
    assert rebase_lines(range(2, 4), [LineChange(4, 0, 1)]) == range(2, 4)


def test_a_change_of_a_whole_text_is_told_by_its_lines() -> None:
    old, new = split_lines("a\nb\nc\n"), split_lines("a\nx\ny\nc\n")
    assert line_change(0, old, new) == LineChange(1, 1, 2)
