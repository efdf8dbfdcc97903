from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from understudy.core.lines import split_lines
from understudy.reading.lazy import filled, first_gap
from understudy.reading.shape import contents, indented, joined, restyled
from understudy.reading.strings import inside_strings

TEXTS = st.lists(
    st.tuples(
        st.sampled_from(("a", "b", "", "\tc", "    d")), st.sampled_from(("\n", "\r\n", "\r"))
    ),
    max_size=12,
).map(lambda lines: "".join(line + end for line, end in lines))


@given(TEXTS | TEXTS.map(lambda text: text.rstrip("\r\n")))
def test_a_text_is_joined_from_its_lines_as_it_was(text: str) -> None:
    assert joined(contents(text), text) == text


@given(TEXTS, TEXTS)
@example("b\n\n", "a\nb\r")
def test_new_lines_get_ends_that_the_text_has(new: str, like: str) -> None:
    lines = split_lines(joined(contents(new), like))
    ends = {line[len(line.rstrip("\r\n")) :] for line in lines} - {""}
    assert ends <= {line[len(line.rstrip("\r\n")) :] for line in split_lines(like)} | {"\n"}


@pytest.mark.parametrize(
    ("text", "language", "inside"),
    [
        ("x = '''\na\nb'''\ny", "python", {1, 2}),
        ('    """Do.\n\n    Twice.\n    """\n    y', "python", {1, 2, 3}),
        ("x = 'a' \\\n  'b'", "python", set()),
        ("x = 'a\\\nb'", "python", {1}),
        ("# '''\nx", "python", set()),
        ("x = '''", "python", None),
        ("x := `a`\ny", "go", set()),
        ("x := `a\n`", "go", None),
        ("cat <<EOF\n a\nEOF", "shellscript", None),
        ("cout << x;", "cpp", set()),
        ('let a = "b\n c";', "rust", None),
        ("a\n  b", "markdown", None),
    ],
)
def test_lines_that_begin_inside_a_string_are_known(
    text: str, language: str, inside: set[int] | None
) -> None:
    assert inside_strings(text.split("\n"), language) == inside


@given(st.lists(st.text(alphabet="ab \t'\"`\\#f{}()=:", max_size=12), max_size=8))
def test_any_lines_are_looked_at(lines: list[str]) -> None:
    for language in ("python", "go", "rust", "shellscript", "lua"):
        inside = inside_strings(lines, language)
        assert inside is None or all(0 < number <= len(lines) for number in inside)


def test_lines_of_a_string_are_only_converted_into_lines_that_were_there() -> None:
    old = ["\tx = '''", "\ta", "\t'''"]
    new = ["    x = '''", "    a", "    b", "    '''"]
    assert restyled(new, old, old, "python") == ["\tx = '''", "\ta", "    b", "\t'''"]
    assert restyled(["    x := `", "`"], ["\ty"], ["\ty"], "go") is None


OLD = ["a", "b", "c", "d", "e", "b"]
GAP = "# ... existing code ..."


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["a", GAP, "d", "x", "e", "b"], ["a", "b", "c", "d", "x", "e", "b"]),
        ([GAP, "c", "x", "d", GAP], ["a", "b", "c", "x", "d", "e", "b"]),
        (["a", "x", "c", GAP], ["a", "x", "c", "d", "e", "b"]),
        ([GAP, "e", "x"], ["a", "b", "c", "d", "e", "x"]),
        (["x", "a", "", GAP, "", "c", "d", "e", "b"], ["x", "a", "b", "c", "d", "e", "b"]),
        (["a", "b", GAP], OLD),
        (["a", "x", GAP], None),
        (["b", GAP], None),
        ([GAP, "b"], None),
        (["d", GAP, "c", "e", "b"], None),
        ([GAP, "x", GAP], None),
        ([GAP], OLD),
        (["d", "y", "e", GAP], None),
    ],
)
def test_lines_are_filled_in_only_between_sure_anchors(
    lines: list[str], whole: list[str] | None
) -> None:
    if len(lines) > 1:
        assert filled(lines, OLD, "python") == whole


def test_marks_that_the_old_text_has_stand_for_themselves() -> None:
    assert first_gap([GAP], [GAP], "python") == ""
    assert first_gap(["    ..."], [], "python") == ""
    assert first_gap(["..."], [], "python") == "..."
    assert first_gap(["  ..."], [], "go") == "..."


def test_a_first_line_is_moved_in_alone_when_the_lines_below_it_stand_as_before() -> None:
    old = ["    def name(self):", "        return 1"]
    new = ["def name(self):", "        return 1", "    other = 2"]
    assert indented(new, old, "python", []) == ["    def name(self):", *new[1:]]
