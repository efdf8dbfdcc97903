from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from understudy.reading import Repair, UnreadableError
from understudy.reading.neighbours import Around
from understudy.reading.overlaps import overlap
from understudy.reading.part_of_region import put_in_place
from understudy.reading.region_text import fitted

FILE = (
    "class Cart:\n    def add(self, item):\n        self.items.append(item)\n\n"
    "    def clear(self):\n        self.itms.clear()\n\n    def size(self):\n"
    "        return len(self.items)\n"
).splitlines()
AROUND = Around(FILE[4:6], FILE[:4], FILE[6:], "python")
LINES = st.lists(st.sampled_from([*FILE, "    pass", "...", "x = 1", "}", "# new"]), max_size=9)


def test_the_lines_as_they_are_asked_for_stay_as_they_are() -> None:
    repairs: list[Repair] = []
    new = ["    def clear(self):", "        self.items.clear()"]
    assert fitted(list(new), AROUND, repairs)[0] == new
    assert not repairs


@given(LINES, LINES, LINES)
def test_lines_of_a_block_are_never_added_to(
    head: list[str], new: list[str], tail: list[str]
) -> None:
    try:
        done, _ = fitted([*head, *new, *tail], AROUND, [])
    except UnreadableError:
        return
    known = {line.strip() for line in (*head, *new, *tail, *AROUND.old)}
    assert {line.strip() for line in done} <= known


@given(st.lists(st.sampled_from("ab"), max_size=8), st.lists(st.sampled_from("ab"), max_size=8))
def test_the_overlap_is_the_longest_one(head: list[str], tail: list[str]) -> None:
    sizes = range(min(len(head), len(tail)) + 1)
    assert overlap(head, tail) == max(n for n in sizes if head[:n] == tail[len(tail) - n :])


def test_a_line_goes_only_where_one_alone_resembles_it() -> None:
    old = ["def f(a):", "    total = a.sum()", "    return total"]
    assert put_in_place(["    total = a.sum() or 0"], old) == [
        old[0],
        "    total = a.sum() or 0",
        old[2],
    ]
    assert put_in_place(["total = a.sum() or 0"], old) == [
        old[0],
        "    total = a.sum() or 0",
        old[2],
    ]
    assert put_in_place(["    return 1"], ["def f(a):", "    return 2", "    return 3"]) is None
    assert put_in_place(["    pass"], old) is None
    assert put_in_place(["    return total"], old) is None
