from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from understudy.core.lines import (
    Encoding,
    LineIndex,
    column_to_units,
    content_length,
    split_lines,
    units_to_column,
)
from understudy.core.text import Span

NOT_LINE_ENDS = "\f\v\x1c\x1d\x1e\x85\u2028\u2029"
TEXTS = st.text(alphabet="ab\r\nπ😀" + NOT_LINE_ENDS, max_size=40)
# A lone surrogate is no valid text, but an editor's JSON can hold one.
LINES = st.text(alphabet="ab π😀\u0301\ud83d\ude00", max_size=20)
ENDS = st.sampled_from(["", "\n", "\r\n", "\r"])
ENCODINGS: list[Encoding] = ["utf-8", "utf-16", "utf-32"]


def units(char: str, encoding: Encoding) -> int:
    """The reference width of a character, from the definitions of the encodings."""
    code = ord(char)
    if encoding == "utf-32":
        return 1
    if encoding == "utf-16":
        return 2 if code >= 0x10000 else 1
    return 1 + (code >= 0x80) + (code >= 0x800) + (code >= 0x10000)


@given(TEXTS)
def test_lines_joined_are_the_text(text: str) -> None:
    assert "".join(split_lines(text)) == text


@given(TEXTS)
def test_every_line_but_the_last_has_exactly_one_end(text: str) -> None:
    *ended, last = split_lines(text)
    for line in ended:
        content = line[: content_length(line)]
        assert line[len(content) :] in {"\n", "\r\n", "\r"}
        assert not set(content) & {"\n", "\r"}
    assert not set(last) & {"\n", "\r"}


@pytest.mark.parametrize("char", NOT_LINE_ENDS)
def test_a_character_that_no_editor_counts_as_a_line_end_cuts_nothing(char: str) -> None:
    assert split_lines(f"a{char}b\nc") == [f"a{char}b\n", "c"]
    assert split_lines(f"a{char}b\r\nc") == [f"a{char}b\r\n", "c"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a\n", ["a\n", ""]),
        ("a\r\nb\rc\n\rd", ["a\r\n", "b\r", "c\n", "\r", "d"]),
        ("\r\r\n\n", ["\r", "\r\n", "\n", ""]),
    ],
)
def test_lines_are_cut_as_an_editor_cuts_them(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines


@given(TEXTS)
def test_an_offset_in_a_lines_content_round_trips_through_its_position(text: str) -> None:
    index = LineIndex(text)
    for offset in range(len(text) + 1):
        line, column = index.position(offset)
        assert index.start(line) + column == offset
        content_end = index.start(line) + len(index.content(line))
        assert index.offset(line, column) == min(offset, content_end)


@given(TEXTS)
def test_a_position_counts_the_line_ends_before_it(text: str) -> None:
    index = LineIndex(text)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n":
            assert index.position(offset)[0] == len(split_lines(text[:offset])) - 1


@given(TEXTS, st.integers(-3, 50), st.integers(-3, 50))
def test_positions_outside_the_text_are_clamped(text: str, line: int, column: int) -> None:
    index = LineIndex(text)
    offset = index.offset(line, column)
    assert 0 <= offset <= len(text)
    if 0 <= line < len(index):
        assert index.start(line) <= offset <= index.start(line) + len(index.content(line))
    assert index.position(len(text) + 5) == index.position(len(text))
    assert index.position(-5) == (0, 0)


@given(TEXTS, st.data())
def test_the_lines_of_a_span_hold_all_its_characters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    index = LineIndex(text)
    lines = index.lines_of(span)
    assert index.start(lines.start) <= span.start
    assert span.end <= index.start(lines.stop)
    if span.start < span.end:
        assert all(index.line_span(line).start < span.end for line in lines)


def test_a_span_that_ends_at_a_lines_start_leaves_that_line_out() -> None:
    index = LineIndex("a\nb\nc")
    assert index.lines_of(Span(0, 2)) == range(1)
    assert index.lines_of(Span(2, 2)) == range(1, 2)
    assert index.lines_of(Span(1, 3)) == range(2)


def test_lines_outside_the_text_are_empty() -> None:
    index = LineIndex("ab\r\n")
    assert [index.content(line) for line in (-1, 0, 1, 2)] == ["", "ab", "", ""]
    assert (index.start(-1), index.start(9)) == (0, 4)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(line=LINES, end=ENDS)
@example(line="π😀", end="")
def test_columns_round_trip_through_an_editors_units(
    encoding: Encoding, line: str, end: str
) -> None:
    for column in range(len(line) + 1):
        expected = sum(units(char, encoding) for char in line[:column])
        assert column_to_units(line + end, column, encoding) == expected
        assert units_to_column(line + end, expected, encoding) == column


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(line=LINES, end=ENDS)
def test_a_column_inside_a_character_is_its_start(encoding: Encoding, line: str, end: str) -> None:
    start = 0
    for column, char in enumerate(line):
        for inside in range(units(char, encoding)):
            assert units_to_column(line + end, start + inside, encoding) == column
        start += units(char, encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(line=LINES, end=ENDS, past=st.integers(1, 9))
def test_columns_are_clamped_to_the_lines_content(
    encoding: Encoding, line: str, end: str, past: int
) -> None:
    whole = sum(units(char, encoding) for char in line)
    assert units_to_column(line + end, whole + past, encoding) == len(line)
    assert column_to_units(line + end, len(line) + past, encoding) == whole
    assert units_to_column(line + end, -past, encoding) == 0
    assert column_to_units(line + end, -past, encoding) == 0
