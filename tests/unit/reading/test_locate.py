from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.reading import Match, Refusal
from understudy.reading.locate import Missing, Place, locate
from understudy.reading.replaced import is_paired, replaced
from understudy.reading.similar import nearest_lines

TEXT = """\
import os


class A:
    def f(self, values):
        total = sum(values)

        return total

    def g(self, values):
        total = max(values)
        return total  # the largest
"""
FILE = TEXT.split("\n")


def edited(file: list[str], wanted: str, new: str, **given: int | range) -> tuple[str, list[str]]:
    lines, come = wanted.split("\n"), new.split("\n")
    place = locate(file, lines, **given)  # type: ignore[arg-type]  # only hints are given
    assert isinstance(place, Place)
    done = replaced(file, place, lines, come)
    return place.match.value, file[: place.lines.start] + done + file[place.lines.stop :]


def missing(file: list[str], wanted: str, **given: int | range) -> Missing:
    found = locate(file, wanted.split("\n"), **given)  # type: ignore[arg-type]  # as above
    assert isinstance(found, Missing)
    return found


def changed(old: str, new: str, file: list[str] = FILE) -> list[str]:
    return "\n".join(file).replace(old, new).split("\n")


SUM, FSUM = "        total = sum(values)", "        total = fsum(values)"


@pytest.mark.parametrize(
    ("wanted", "new", "match"),
    [
        (SUM, FSUM, "exact"),
        (f"{SUM}  ", FSUM, "whitespace"),
        (f"{SUM}\n        return total", f"{FSUM}\n        return total", "whitespace"),
        (f"\n\n{SUM}\n\n\n", f"\n\n{FSUM}\n\n\n", "whitespace"),
        ("total = sum(values)", "total = fsum(values)", "indentation"),
        (
            "def f(self, values):\n    total = sum(values)",
            "def f(self, values):\n    total = fsum(values)",
            "indentation",
        ),
        (
            "\tdef f(self, values):\n\t\ttotal = sum(values)",
            "\tdef f(self, values):\n\t\ttotal = fsum(values)",
            "indentation",
        ),
        (
            f"def f(self, values):\n{SUM}",
            f"def f(self, values):\n{FSUM}",
            "indentation",
        ),
        ("        total  =  sum(values)", FSUM, "characters"),
        ("        total\u00a0= sum(values)", FSUM, "characters"),
    ],
)
def test_a_quote_is_found_however_it_is_spaced(wanted: str, new: str, match: str) -> None:
    assert edited(FILE, wanted, new) == (match, changed("= sum", "= fsum"))


def test_new_lines_get_the_files_indentation() -> None:
    wanted = "def f(self, values):\n\ttotal = sum(values)"
    new = "def f(self, values):\n\tif not values:\n\t\treturn 0\n\ttotal = sum(values)"
    assert edited(FILE, wanted, new)[1] == changed(
        f"{SUM}\n", f"        if not values:\n            return 0\n{SUM}\n"
    )


def test_blanks_become_tabs_where_the_file_has_tabs() -> None:
    file = ["def f():", "\tif a:", "\t\treturn 1", "\treturn 2"]
    wanted = "    if a:\n        return 1"
    new = "    if a:\n        while b:\n            b()\n        return 1"
    assert edited(file, wanted, new)[1] == [
        "def f():",
        "\tif a:",
        "\t\twhile b:",
        "\t\t\tb()",
        "\t\treturn 1",
        "\treturn 2",
    ]


def test_two_blanks_become_four_where_the_file_has_four() -> None:
    file = ["def f():", "    if a:", "        return 1"]
    wanted = "def f():\n  if a:\n    return 1"
    new = "def f():\n  if a:\n    if b:\n      return 1"
    assert edited(file, wanted, new)[1][2:] == ["        if b:", "            return 1"]


def test_new_tabs_become_blanks_though_nothing_quoted_is_indented() -> None:
    file = ["def f():", "    return 1", "x = 2"]
    assert edited(file, "x = 2", "if y:\n\tx = 2")[1] == [
        "def f():",
        "    return 1",
        "if y:",
        "    x = 2",
    ]


def test_a_first_line_that_lost_its_blanks_leaves_the_others_alone() -> None:
    wanted = f"def f(self, values):\n{SUM}"
    new = f"def f(self, values):\n{SUM}\n\n    def e(self):\n        return 1"
    assert edited(FILE, wanted, new)[1] == changed(
        f"{SUM}\n", f"{SUM}\n\n    def e(self):\n        return 1\n"
    )


def test_a_single_line_that_lost_its_blanks_is_told_by_the_new_ones() -> None:
    whole = edited(FILE, "total = sum(values)", f"if values:\n            {SUM.strip()}")[1]
    moved = edited(FILE, "total = sum(values)", f"if values:\n    {SUM.strip()}")[1]
    assert whole == moved == changed(SUM, f"        if values:\n            {SUM.strip()}")


def test_indentation_that_maps_two_ways_fits_nothing() -> None:
    file = ["if a:", "    b", "c"]
    assert missing(file, "  if a:\n  b\n  c").refusal is Refusal.NOT_FOUND


def test_lines_that_stay_keep_every_byte() -> None:
    file = ["x = \u201cone\u201d   ", "y = 2\t", "z = 3"]
    assert edited(file, 'x = "one"\ny = 2', 'x = "one"\ny = 4')[1] == [
        "x = \u201cone\u201d   ",
        "y = 4",
        "z = 3",
    ]


def test_curly_quotes_become_the_files_straight_ones() -> None:
    file = ['print("a")', 'print("b")']
    match, after = edited(file, "print(\u201ca\u201d)", "print(\u201cc\u201d)")
    assert (match, after) == ("characters", ['print("c")', 'print("b")'])


def test_blank_lines_that_only_the_file_has_stay_between_lines_that_stay() -> None:
    wanted = "        total = sum(values)\n        return total"
    new = "        total = sum(values)\n        return total + 1"
    assert edited(FILE, wanted, new)[1] == changed("return total\n\n", "return total + 1\n\n")


def test_marks_for_left_out_lines_are_kept_apart_from_what_changes() -> None:
    wanted = "class A:\n    ...\n        total = max(values)"
    new = "class B:\n    ...\n        total = min(values)"
    assert edited(FILE, wanted, new) == (
        "elision",
        changed("= max", "= min", changed("class A", "class B")),
    )
    assert is_paired(wanted.split("\n"), new.split("\n"))
    assert not is_paired(wanted.split("\n"), ["class B:"])


def test_each_piece_between_marks_must_be_unique_and_in_order() -> None:
    assert missing(FILE, "class A:\n...\n        total").refusal is Refusal.NOT_FOUND
    assert missing(FILE, "total = max(values)\n...\nclass A:").refusal is Refusal.NOT_FOUND
    assert missing(["a", "b", "a", "c"], "a\n...\nc").refusal is Refusal.NOT_FOUND


def test_a_real_ellipsis_is_no_mark() -> None:
    file = ["def f():", "    ...", "def g():", "    return"]
    assert edited(file, "def f():\n    ...", "def f():\n    pass")[0] == "exact"


TWICE = ["a()", "b()", "", "a()", "b()", "c()"]


def test_two_places_are_none() -> None:
    found = missing(TWICE, "a()\nb()")
    assert found.refusal is Refusal.AMBIGUOUS
    assert found.places == (0, 3)
    assert missing(["  a", "    a"], "a").refusal is Refusal.AMBIGUOUS


@pytest.mark.parametrize(("hint", "line"), [(0, 0), (3, 3), (4, 3), (range(2, 6), 3)])
def test_a_hint_decides_between_equal_places(hint: int | range, line: int) -> None:
    found = locate(TWICE, ["a()", "b()"], hint=hint)
    assert isinstance(found, Place)
    assert found.lines.start == line
    assert found.risk == ("high" if hint == 4 else "low")


@pytest.mark.parametrize("hint", [1, 2, range(6), range(1)])
def test_a_hint_between_two_places_decides_nothing(hint: int | range) -> None:
    assert missing(TWICE, "a()\nb()", hint=hint).refusal is Refusal.AMBIGUOUS


def test_a_hint_finds_nothing_by_itself() -> None:
    assert missing(TWICE, "d()", hint=1).refusal is Refusal.NOT_FOUND


def test_places_that_are_ruled_out_do_not_count() -> None:
    found = locate(TWICE, ["a()"], keep=lambda all_of_them: all_of_them[1:])
    assert isinstance(found, Place)
    assert found.lines == range(3, 4)


def test_lines_that_were_written_before_count_only_when_there_are_no_others() -> None:
    found = locate(TWICE, ["a()", "b()"], avoid={3})
    assert isinstance(found, Place)
    assert found.lines.start == 0
    alone = locate(TWICE, ["c()"], avoid={5})
    assert isinstance(alone, Place)
    assert missing(TWICE, " c()", avoid=[5]).refusal is Refusal.NOT_FOUND  # type: ignore[arg-type]


def test_what_is_missing_has_lines_that_are_nearest() -> None:
    wanted = "        total = min(values)\n        return total  # the smallest"
    assert missing(FILE, wanted).refusal is Refusal.NOT_FOUND
    assert nearest_lines(FILE, wanted.split("\n")) == range(10, 12)
    assert nearest_lines(FILE, ["completely different; nothing like it"]) is None


def test_blank_lines_alone_are_looked_for_as_they_stand() -> None:
    assert missing(FILE, "").refusal is Refusal.AMBIGUOUS
    assert isinstance(locate(FILE, ["", ""]), Place)
    assert missing(FILE, "\n\n").refusal is Refusal.NOT_FOUND
    assert isinstance(locate(FILE, []), Missing)


LINES = st.lists(
    st.sampled_from(["a", " a", "\ta", "", " ", "b", "...", "# ... rest", "\u201cc\u201d", '"c"']),
    max_size=8,
)


@given(LINES, LINES, LINES)
def test_any_lines_have_a_place_or_none(file: list[str], wanted: list[str], new: list[str]) -> None:
    place = locate(file, wanted)
    if isinstance(place, Missing):
        return
    assert len(place.rows) == len(wanted)
    assert replaced(file, place, wanted, wanted) == file[place.lines.start : place.lines.stop]
    if place.match is not Match.ELISION or is_paired(wanted, new):
        replaced(file, place, wanted, new)


@given(st.lists(st.text("ab \t", max_size=4), min_size=1, max_size=8), st.data())
def test_lines_of_the_file_are_found_exactly_or_in_several_places(
    file: list[str], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(file) - 1))
    stop = data.draw(st.integers(start + 1, len(file)))
    place = locate(file, file[start:stop])
    if isinstance(place, Missing):
        assert place.refusal is Refusal.AMBIGUOUS
    else:
        assert (place.lines, place.match) == (range(start, stop), Match.EXACT)
