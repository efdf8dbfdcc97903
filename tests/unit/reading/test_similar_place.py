from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.reading import Match
from understudy.reading.headings import heading_of
from understudy.reading.similar_place import similar_place, touched_lines

if TYPE_CHECKING:
    from understudy.reading.places import Place

TEXT = """\
def total(lines):
    value = 0
    for line in lines:
        value += line.price
    return value


def refund(lines, rate):
    result = 0
    for line in lines:
        result -= line.price * rate
    return result
"""
FILE = TEXT.split("\n")


def place(
    quote: str, old: str, new: str, file: list[str] = FILE, hint: int | None = None
) -> Place | None:
    wanted = quote.split("\n")
    touched = touched_lines(wanted, quote.replace(old, new).split("\n"))
    return similar_place(file, wanted, touched, hint=hint)


QUOTE = "    {first}\n    for line in lines:\n        value += line.price\n    return value"
OLD, NEW = "line.price\n", "line.price * line.count\n"


def test_a_renamed_name_in_the_context_does_not_hide_the_place() -> None:
    found = place(QUOTE.format(first="value_in_cents = 0"), OLD, NEW)
    assert found is not None
    assert (found.lines, found.match) == (range(2, 5), Match.SIMILAR)


def test_a_word_that_the_file_still_has_was_not_renamed() -> None:
    assert place(QUOTE.format(first="result = 0"), OLD, NEW) is None


def test_a_line_may_be_made_up_or_left_out_but_not_the_changed_one() -> None:
    body = "    for line in lines:\n        {}value += line.price\n    return value"
    whole = "def total(lines):\n    value = 0\n" + body
    assert place(whole.format("check(line)\n        "), OLD, NEW) is not None
    left_out = "def total(lines):\n    value = 0\n        value += line.price\n    return value"
    assert place(left_out, OLD, NEW) is not None
    assert place(whole.format("").replace("+=", "-="), OLD, NEW) is None


def test_the_name_of_another_function_is_another_place() -> None:
    quote = "def sum_up(lines):\n    value = 0\n    for line in lines:\n        value += line.price"
    assert place(quote, "line.price", "line.cost") is None


def test_what_is_inserted_between_lines_that_do_not_follow_each_other_has_no_place() -> None:
    file = [*FILE[:3], "        check(line)", *FILE[3:]]
    quote = "    value = 0\n    for line in lines:\n        value += line.price\n    return value"
    new = "lines:\n        log(line)\n"
    assert place(quote, "lines:\n", new) is not None
    assert place(quote, "lines:\n", new, file) is None


TWINS = [
    *("def a():", "    price = 1", "    go()", "    stop()", "    return price", ""),
    *("def b():", "    rate = 2", "    go()", "    stop()", "    return rate", ""),
]


def test_of_two_places_that_fit_as_well_there_is_none() -> None:
    changed = "    stop()", "    halt()"
    short = "    value_before = 1\n    go()\n    stop()\n"
    assert place(short, *changed, TWINS) is None
    told = "    price_before = 1\n    go()\n    stop()\n    return price_before"
    assert place(told, *changed, TWINS) is None
    longer = "    rate_before = 2\n    go()\n    stop()\n    return rate"
    found = place(longer, *changed, TWINS)
    assert found is not None
    assert found.lines == range(8, 11)


def test_a_line_number_that_fits_all_lines_tells_which_place_is_meant() -> None:
    quote = "    go()\n    stop()\n    pause()\n    return price_before"
    file = [
        *TWINS[:4],
        "    pause()",
        "    return price",
        *TWINS[6:10],
        "    pause()",
        "    return rate",
    ]
    changed = "    stop()", "    halt()"
    assert place(quote, *changed, file) is None
    found = place(quote, *changed, file, hint=2)
    assert found is not None
    assert found.lines == range(2, 5)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("def f(self):", "f"),
        ("    async def f():", "f"),
        ("func (s *Server) Get(w http.ResponseWriter) {", "Get"),
        ("pub(crate) fn price(text: &str) -> u32 {", "price"),
        ("export async function load(id: number): Promise<User> {", "load"),
        ("  reduce<U>(f: (a: U) => U, start: U): U;", "reduce"),
        ("    public int size() {", "size"),
        ("if (a) {", ""),
        ("    go();", ""),
        ("# def f():", ""),
        ("x" * 500 + "def f():", ""),
    ],
)
def test_lines_that_begin_something_are_known_in_every_language(line: str, name: str) -> None:
    assert heading_of(line) == name


LINES = st.lists(st.sampled_from(["a = 1", "b = 2", "", "def f():", "  c()", "}"]), max_size=12)


@given(LINES, LINES, st.sets(st.integers(0, 11)), st.integers(0, 5) | st.none())
def test_a_place_lies_in_the_file_and_has_a_row_for_each_line(
    file: list[str], wanted: list[str], touched: set[int], hint: int | None
) -> None:
    found = similar_place(file, wanted, touched, hint=hint)
    if found is not None:
        assert len(found.rows) == len(wanted)
        assert 0 <= found.lines.start < found.lines.stop <= len(file)
        assert all(
            one.stop <= other.start for one, other in zip(found.rows, found.rows[1:], strict=False)
        )
