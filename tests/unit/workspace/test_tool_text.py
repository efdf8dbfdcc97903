from __future__ import annotations

import pytest

from understudy.core.lines import LineIndex
from understudy.workspace.tool_text import place, reason, word_at


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (b"", "it ended without a word"),
        (b"# pkg\n\nerror: no.\nmore", "error: no"),
        (b"errors parsing it:\na.mod:1: unknown\n", "errors parsing it: a.mod:1: unknown"),
        (b"x" * 1_000, "x" * 300),
        (b"\xff\n", "\ufffd"),
    ],
)
def test_a_failure_is_told_in_the_tools_first_words(output: bytes, said: str) -> None:
    assert reason(output) == said


def test_a_byte_order_mark_is_counted_only_by_those_who_count_it() -> None:
    index = LineIndex("\ufeffπ = x\n\ufeffy\n")
    assert place(index, 1, 6, "utf-8", skips_mark=True) == index.text.index("x")
    assert place(index, 1, 9, "utf-8") == index.text.index("x")
    assert place(index, 2, 4, "utf-8", skips_mark=True) == index.text.index("y")


def test_where_no_word_starts_one_character_is_marked_and_no_line_end() -> None:
    assert word_at("a = π2;", 4).of("a = π2;") == "π2"
    assert word_at("a;", 1).of("a;") == ";"
    assert word_at("a\r\n", 1).of("a\r\n") == ""
    assert word_at("a", 1).of("a") == ""
