from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.wire.thinking import never_ends, split_thinking


@pytest.mark.parametrize(
    ("text", "answer", "thinking"),
    [
        ("x = 1", "x = 1", ""),
        ("<think>hm</think>\n\nx", "x", "hm"),
        ("\n<Thinking>hm</THINKING>x", "x", "hm"),
        ("<think>a</think> b </think>\nx", "x", "a</think> b"),
        ("<think>İ</think>x", "x", "İ"),
        ("<think>```py\nno\n```</think>\n```py\nyes\n```", "```py\nyes\n```", "```py\nno\n```"),
        ("<think>hm</think>\n```\na </think> b\n```", "```\na </think> b\n```", "hm"),
        ("<think>and then it was cut", "", "and then it was cut"),
        ("hm\nwell\n</think>\nx", "x", "hm\nwell"),
        ("```html\n</think>\n```", "```html\n</think>\n```", ""),
        ("Use `</think>` here.", "Use `</think>` here.", ""),
        ("x <think>y</think>", "x <think>y</think>", ""),
    ],
)
def test_thinking_between_tags_is_taken_out(text: str, answer: str, thinking: str) -> None:
    assert split_thinking(text) == (answer, thinking)


@given(st.text())
def test_text_without_tags_stays_as_it_is(text: str) -> None:
    if "think>" not in text.lower() and "reasoning>" not in text.lower():
        assert split_thinking(text) == (text, "")


@given(st.lists(st.sampled_from(["<think>", "</think>", "\n", "```", "x", " ", "İ"])).map("".join))
def test_the_answer_is_an_end_of_the_text(text: str) -> None:
    answer, thinking = split_thinking(text)
    assert text.endswith(answer)
    assert thinking in text


def test_thinking_that_is_never_closed_is_a_reply_that_was_cut() -> None:
    assert never_ends("<thinking>hm\nThe answer:\n```py\nx\n```\n")
    for whole in ("<think>hm</THINK>x", "x <think>y", "x", "</think>x"):
        assert not never_ends(whole)
