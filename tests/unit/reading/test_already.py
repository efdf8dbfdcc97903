from __future__ import annotations

import pytest

from understudy.reading.already import already_applied, stands_elsewhere

TEXT = """\
def first(values):
    total = fsum(values)
    return total

def second(values):
    if not values:
        return None
    return values[1]
"""
FILE = TEXT.split("\n")


def where(wanted: str, new: str, file: list[str] = FILE) -> range | None:
    return already_applied(file, wanted.split("\n"), new.split("\n"))


@pytest.mark.parametrize(
    ("wanted", "new", "lines"),
    [
        ("    total = sum(values)", "    total = fsum(values)", range(1, 2)),
        (
            "    return values[1]",
            "    if not values:\n        return None\n    return values[1]",
            range(5, 8),
        ),
        ("def second(values):", "def second(values):\n    if not values:", range(4, 6)),
        (
            "    total = fsum(values)\n    print(total)\n    return total",
            "    total = fsum(values)\n    return total",
            range(1, 3),
        ),
        ("total = sum(values)", "total = fsum(values)", range(1, 2)),
        ("return values[1]", "if not values:\n    return None\nreturn values[1]", range(5, 8)),
    ],
)
def test_an_edit_whose_result_is_there_is_made(wanted: str, new: str, lines: range) -> None:
    assert where(wanted, new) == lines


@pytest.mark.parametrize(
    ("wanted", "new"),
    [
        # The lines to replace stand outside of the result as well.
        ("    return total", "    total = fsum(values)\n    return average(total)"),
        ("    return values[1]", "    total = fsum(values)"),
        # Neither is there.
        ("    return values[2]", "    return values[3]"),
        # Lines taken away at one end leave no trace.
        ("    print(total)\n    return total", "    return total"),
        ("    return total\n    print(total)", "    return total"),
        ("    stale(values)", ""),
        # Too little to tell anything.
        ("x", ""),
        ("    }", "}"),
    ],
)
def test_an_edit_that_is_not_made_is_still_to_be_made(wanted: str, new: str) -> None:
    assert where(wanted, new) is None


def test_a_change_of_indentation_is_not_its_own_result() -> None:
    before = ["if ready:", "  start_engine()", "  stop_engine()"]
    after = ["if ready:", "    start_engine()", "    stop_engine()"]
    wanted, new = "\n".join(before), "\n".join(after)
    assert where(wanted, new, before) is None
    assert where(wanted, new, after) == range(3)


def test_wrapping_lines_is_seen_though_they_are_inside() -> None:
    wanted = "    connect(server)"
    new = "    if enabled:\n        connect(server)"
    assert where(wanted, new, ["def f():", wanted]) is None
    assert where(wanted, new, ["def f():", *new.split("\n")]) == range(1, 3)
    shifted = ["if enabled:", "    connect(server)"]
    assert where(wanted, new, shifted) == range(2)


def test_a_missing_bracket_is_not_taken_for_the_next_one() -> None:
    file = ["fn first() {", "  if ready {", "    return values;", "  }", "", "fn second() {}"]
    wanted = "    return values;\n  }\n"
    assert where(wanted, "    return values;\n  }\n}\n", file) is None


def test_a_blank_line_more_or_less_is_seen() -> None:
    wanted, new = "import sys\nimport numpy", "import sys\n\nimport numpy"
    assert where(wanted, new, ["import sys", "import numpy"]) is None
    assert where(wanted, new, ["import sys", "", "import numpy"]) == range(3)


def test_a_twin_that_was_changed_before_is_doubtful() -> None:
    file = ["        total = fsum(values)", "total = sum(values)"]
    assert stands_elsewhere(file, ["total = fsum(values)"], range(1, 2))
    assert not stands_elsewhere(file, ["total = fsum(values)"], range(2))


def test_a_result_in_two_places_is_not_that_of_an_edit_whose_old_text_is_gone() -> None:
    file = ["def f(rows):", "    done = total(rows)", "", "def g(rows):", "    done = total(rows)"]
    assert where("    done = totals(rows)", "    done = total(rows)", file) is None
    assert where("    done = totals(rows)", "    done = total(rows)", file[:3]) == range(1, 2)


@pytest.mark.parametrize(
    ("wanted", "new"),
    [
        ("import sys", "import os"),
        ("import sys", "import tomllib"),
        ("use std::io;", "use std::fmt;"),
        ("#include <stdlib.h>", "#include <stdio.h>"),
        ("    return rows", "    return result"),
        ("    throw cause;", "    throw error;"),
    ],
)
def test_a_common_line_in_a_file_is_no_edit_that_was_made(wanted: str, new: str) -> None:
    assert where(wanted, new, ["first()", new, "last()"]) is None


@pytest.mark.parametrize(
    ("wanted", "new"),
    [
        ("    return resultat", "    return result"),
        ("    resulting = 0\n    for item in items:", "    result = 0\n    for item in items:"),
    ],
)
def test_a_place_that_resembles_the_old_text_as_much_may_be_meant(wanted: str, new: str) -> None:
    other = ["    results = 0", "    for item in items:", "    return results", ""]
    there = ["    result = 0", "    for item in items:", "    return result"]
    assert where(wanted, new, [*other, *there]) is None
    assert where(wanted, new, there) is not None
