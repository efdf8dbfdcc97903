from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.reading import Refusal, UnreadableError
from understudy.reading.thoughts import answer_of, said

BLOCK = "```python\nx = '</think>'\n```"
FAMILIES = {
    "<think>": "</think>",
    "<thinking>": "</thinking>",
    "<reasoning>": "</reasoning>",
    "<thought>": "</thought>",
    "<reflection>": "</reflection>",
    "<scratchpad>": "</scratchpad>",
    "<seed:think>": "</seed:think>",
    "<antThinking>": "</antThinking>",
    "<|channel|>analysis<|message|>": ("<|end|><|start|>assistant<|channel|>final<|message|>"),
    "[THINK]": "[/THINK]",
    "<|begin_of_thought|>": "<|end_of_thought|>",
    "\u25c1think\u25b7": "\u25c1/think\u25b7",
    "<|START_THINKING|>": "<|END_THINKING|>",
}


@pytest.mark.parametrize(("opening", "closing"), FAMILIES.items())
@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
def test_thoughts_of_every_family_are_taken_off(opening: str, closing: str, between: str) -> None:
    found = said(f"{opening}The name.{closing}{between}{BLOCK}")
    assert (found.answer, found.thinking) == (BLOCK, "The name.")


@pytest.mark.parametrize("opening", FAMILIES)
def test_thoughts_that_never_end_are_no_answer(opening: str) -> None:
    assert said(f"{opening}The name.\n```python\nx = 1\n```\n").unclosed
    with pytest.raises(UnreadableError) as caught:
        answer_of(f"{opening}The name.\n```python\nx = 1\n```\n")
    assert caught.value.refusal is Refusal.TRUNCATED


@pytest.mark.parametrize("closing", FAMILIES.values())
def test_a_closing_mark_without_an_opening_one_ends_the_thoughts(closing: str) -> None:
    assert said(f"The name.\n{closing}\n{BLOCK}").answer == BLOCK


@pytest.mark.parametrize(
    "reply",
    [
        "<think>a </think> b</think>\n",
        "<think>\n```python\nx = 1\n```\n</think>\n",
        "A draft:\n```python\nx = 1\n```\nNo.\n</think>\n",
        "<think>a</think>\n<think>b</think>\n",
        "<thinking>a</thinking>\n[THINK]b[/THINK]\n",
        "<think>a</think>",
    ],
)
def test_all_thoughts_in_front_of_the_answer_are_taken_off(reply: str) -> None:
    assert said(reply + BLOCK).answer == BLOCK


@pytest.mark.parametrize(
    "reply",
    [
        BLOCK,
        f"I took off the `</think>` mark.\n{BLOCK}",
        '{"new": "<think>x</think>"}',
        "```html\n<think>\n</think>\n```\n",
        "<<<<<<< SEARCH\n<think>\n=======\n</think>\n>>>>>>> REPLACE",
        f"{BLOCK}\nThe <think> tag is gone.",
    ],
)
def test_marks_in_code_and_strings_stay(reply: str) -> None:
    assert said(reply).answer == reply.rstrip("\n") or said(reply).answer == reply


def test_an_object_right_behind_thoughts_stays_whole() -> None:
    assert said('<think>a</think>{"new": "</think>"}').answer == '{"new": "</think>"}'


@pytest.mark.parametrize(
    "mark",
    [
        "<|im_end|>",
        "</s>",
        "[/INST]",
        "<|endoftext|>",
        "<|eot_id|>",
        "<end_of_turn>",
        "<|im_end|></s>",
    ],
)
def test_marks_of_a_chat_template_are_taken_off_the_end(mark: str) -> None:
    assert said(f"{BLOCK}{mark}\n").answer == BLOCK
    assert said(f"{BLOCK}\n{mark}").answer == BLOCK


def test_marks_of_a_chat_template_are_taken_off_the_start() -> None:
    assert said(f"<|im_start|>assistant\n{BLOCK}").answer == BLOCK


@pytest.mark.parametrize("reply", ["", " \n\n", "\ufeff", "<think>all</think>\n", "</s>"])
def test_a_reply_without_an_answer_is_empty(reply: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        answer_of(reply)
    assert caught.value.refusal is Refusal.EMPTY


MARKS = [*FAMILIES, *FAMILIES.values(), "```\n", "\n", "{", "</s>", "<|im_end|>", "a", " "]


@given(st.lists(st.sampled_from(MARKS), max_size=30).map("".join))
def test_any_reply_has_an_answer_that_is_part_of_it(reply: str) -> None:
    found = said(reply)
    assert sum(map(len, (found.answer, found.thinking))) <= len(reply)
    assert not (found.unclosed and found.answer)
    rest = iter(reply)
    assert all(char in rest for char in found.answer)
    with contextlib.suppress(UnreadableError):
        answer_of(reply)


@pytest.mark.parametrize(
    "piece", ["```\n</think>\n```\n", "</s>", "<think></think>\n", "\n{</think>", "<think>\n"]
)
def test_long_replies_are_read(piece: str) -> None:
    said(piece * (300_000 // len(piece)))
