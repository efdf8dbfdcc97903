from __future__ import annotations

import random
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from understudy.core.minimise import minimise
from understudy.core.text import Edit, Span, after_spans, apply

FAMILY = "👨\u200d👩\u200d👧"
PIECES = st.sampled_from(
    [
        "a",
        "b",
        "_",
        " ",
        "(",
        "\n",
        "\r\n",
        "\r",
        "π",
        "😀",
        "e\u0301",
        FAMILY,
        "👍🏽",
        "\n\n",
        "x = 1\n",
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


def cut_apart(text: str, at: int) -> str:
    """What a border at `at` cuts through, told from the Unicode tables; empty when nothing."""
    if not 0 < at < len(text):
        return ""
    left, right = text[at - 1], text[at]
    if left + right == "\r\n":
        return "line end"
    if left in "\r\n":
        return ""
    if unicodedata.category(right).startswith("M") or "\u200d" in (left, right) or right == "🏽":
        return "character"
    word = [c.isalnum() or c == "_" or unicodedata.category(c)[0] == "M" for c in (left, right)]
    return "word" if all(word) else ""


@given(TEXTS, TEXTS)
@example("a\rb", "a\r\nb")
@example("a\r\nb", "a\rb")
@example("a\r\nb\n", "a\nb\r\n")
def test_the_edits_make_the_one_text_of_the_other(before: str, after: str) -> None:
    assert apply(before, minimise(before, after)) == after


@given(TEXTS, TEXTS)
@example("a\rb", "a\r\nb")
@example("a\r\nb", "a\rb")
@example(f"({FAMILY})", "(👨\u200d👩\u200d👦)")
@example("cafe\u0301s", "cafe\u0301x")
def test_no_edit_starts_or_ends_inside_a_word_a_character_or_a_line_end(
    before: str, after: str
) -> None:
    edits = minimise(before, after)
    for edit in edits:
        assert not cut_apart(before, edit.span.start)
        assert not cut_apart(before, edit.span.end)
    for span in after_spans(edits):
        assert not cut_apart(after, span.start)
        assert not cut_apart(after, span.end)


@given(TEXTS, TEXTS)
def test_edits_come_in_order_and_change_something(before: str, after: str) -> None:
    edits = minimise(before, after)
    for edit in edits:
        assert edit.span.of(before) != edit.text
    for one, two in pairwise(edits):
        assert one.span.end < two.span.start


@given(TEXTS)
def test_equal_texts_need_no_edit(text: str) -> None:
    assert minimise(text, text) == ()


@given(TEXTS, TEXTS, TEXTS)
def test_lines_around_a_change_are_left_alone(head: str, middle: str, tail: str) -> None:
    before = f"{head}\nold\n{tail}"
    after = f"{head}\n{middle}\n{tail}"
    for edit in minimise(before, after):
        assert edit.span.start >= len(head)
        assert edit.span.end <= len(head) + len("\nold\n") + 1


@pytest.mark.parametrize(
    ("before", "after", "edit"),
    [
        ("return reslt\n", "return result\n", Edit(Span(7, 12), "result")),
        ("x = 1\r\ny\r\n", "x = 1\r\nz\r\n", Edit(Span(7, 8), "z")),
        ("def f()\n    pass\n", "def f():\n    pass\n", Edit(Span(7, 7), ":")),
        ("a\nc\n", "a\nb\nc\n", Edit(Span(2, 2), "b\n")),
        ("a\nb\nc\n", "a\nc\n", Edit(Span(2, 4), "")),
        ("a", "a\nb", Edit(Span(1, 1), "\nb")),
        ("π😀 = 1\n", "π😀 = 2\n", Edit(Span(5, 6), "2")),
        ("a\n", "a\r\n", Edit(Span(1, 2), "\r\n")),
        ("", "x\n", Edit(Span(0, 0), "x\n")),
        ("x\n", "", Edit(Span(0, 2), "")),
    ],
)
def test_an_edit_is_what_a_person_would_have_typed(before: str, after: str, edit: Edit) -> None:
    assert minimise(before, after) == (edit,)


def test_a_joined_emoji_is_replaced_whole() -> None:
    (edit,) = minimise(f"({FAMILY})\n", "(👨\u200d👩\u200d👦)\n")
    assert edit.span.of(f"({FAMILY})\n") == FAMILY


def test_scattered_changes_in_a_long_file_stay_scattered() -> None:
    chance = random.Random(1)  # noqa: S311 - not a secret, only the same file every time.
    body = ["\n", "    return None\n", "    pass\n"]
    lines = [
        f"value_{number} = {number}\n" if number % 3 else chance.choice(body)
        for number in range(10_000)
    ]
    before = "".join(lines)
    changed = range(100, 10_000, 500)
    for number in changed:
        lines[number] = f"changed_{number}\n"
    edits = minimise(before, "".join(lines))
    assert len(edits) == len(changed)
    assert apply(before, edits) == "".join(lines)


def test_a_long_stretch_that_shares_no_line_is_one_edit() -> None:
    before = "".join(f"old {number}\n" for number in range(3_000))
    after = "".join(f"new {number}\n" for number in range(3_000))
    assert len(minimise(before, after)) == 1
