"""Blanks in front of lines inside of strings belong to the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from understudy.reading.moving import kept_strings, moved_in

if TYPE_CHECKING:
    from understudy.reading import Repair

PIECES = st.sampled_from(["a", "  b", '"""', "  `", "'''x", ""])


def moved(
    lines: list[str], old: list[str], language: str = "python"
) -> tuple[list[str], list[str]]:
    repairs: list[Repair] = []
    done = moved_in(lines, "    ", old, language, repairs)
    return done, [one.risk for one in repairs]


def test_lines_that_nothing_can_have_been_cut_off_of_stay() -> None:
    lines = ["def f():", '    s = """', "a", '"""']
    assert moved(lines, []) == (["    def f():", '        s = """', "a", '"""'], [])
    assert kept_strings(lines, ()) == {2, 3}


def test_what_lies_between_two_strings_is_told_by_what_was_moved() -> None:
    lines = ['    """', "    a()", "def f():", '    """Doc.']
    assert kept_strings(lines, {"    a()"}) == set()


def test_a_docstring_goes_with_its_code() -> None:
    lines = ["def f():", '    """A.', "", "    B.", '    """']
    whole = ["    def f():", '        """A.', "", "        B.", '        """']
    assert moved(lines, []) == (whole, [])


def test_the_old_text_tells_whether_a_string_was_moved() -> None:
    lines = ["s = '''", "a", "b'''"]
    assert moved(lines, ["a"])[0] == ["    s = '''", "a", "b'''"]
    assert moved(lines, ["    a"]) == (["    s = '''", "    a", "    b'''"], [])
    assert moved(lines, []) == (["    s = '''", "    a", "    b'''"], ["high"])


def test_a_template_of_another_language_is_seen_by_its_marks() -> None:
    whole = ["    f() {", "      return `x", "y`;", "    }"]
    assert moved(["f() {", "  return `x", "y`;", "}"], [], "typescript") == (whole, [])


@given(st.lists(PIECES), st.sampled_from(["python", "go"]))
def test_nothing_but_blanks_is_ever_added(lines: list[str], language: str) -> None:
    done, _ = moved(lines, [], language)
    assert [line.strip() for line in done] == [line.strip() for line in lines]
