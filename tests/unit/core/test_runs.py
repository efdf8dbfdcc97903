from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from understudy.core.runs import Run, aligned_runs, changed_runs, old_line

LINES = st.lists(st.sampled_from("abcdefgh"), max_size=15)


def carried_out(old: list[str], new: list[str], runs: list[Run]) -> list[str]:
    lines = list(old)
    for run in reversed(runs):
        lines[run.old_start : run.old_stop] = new[run.new_start : run.new_stop]
    return lines


@given(LINES, LINES)
def test_replacing_the_changed_runs_makes_the_new_lines_of_the_old(
    old: list[str], new: list[str]
) -> None:
    assert carried_out(old, new, list(changed_runs(old, new))) == new


@given(LINES, LINES)
def test_an_equal_line_stands_between_two_runs(old: list[str], new: list[str]) -> None:
    runs = list(changed_runs(old, new))
    for one, two in pairwise(runs):
        between = old[one.old_stop : two.old_start]
        assert between
        assert between == new[one.new_stop : two.new_start]


@given(LINES)
def test_equal_lines_hold_no_changed_run(lines: list[str]) -> None:
    assert list(changed_runs(lines, lines)) == []


def test_a_moved_line_is_a_deletion_and_an_insertion() -> None:
    assert list(changed_runs(list("abcd"), list("bcda"))) == [Run(0, 1, 0, 0), Run(4, 4, 3, 4)]


def test_repeated_lines_at_the_borders_of_a_gap_are_left_alone() -> None:
    old, new = ["", "a", "", "b", ""], ["", "a", "", "x", "", "b", ""]
    assert carried_out(old, new, runs := list(changed_runs(old, new))) == new
    assert sum(run.old_stop - run.old_start for run in runs) == 0


@given(LINES, LINES)
def test_aligned_runs_make_the_new_lines_of_the_old_as_well(old: list[str], new: list[str]) -> None:
    runs = list(aligned_runs(old, new))
    assert carried_out(old, new, runs) == new
    for one, two in pairwise(runs):
        assert old[one.old_stop : two.old_start] == new[one.new_stop : two.new_start]


def test_a_line_beside_a_deleted_one_is_found_where_it_was() -> None:
    old = ["a", "    print(total)", "    if x == None or y == True:", "b"]
    new = ["a", "    if x is None or y == True:", "b"]
    runs = list(aligned_runs(old, new))
    assert [old_line(runs, line) for line in range(3)] == [0, 2, 3]
    back = list(aligned_runs(new, old))
    assert old_line(back, 2) == 1
