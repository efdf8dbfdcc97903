from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.reading import Refusal
from understudy.reading.inner_fences import around_inner_fences, spilled
from understudy.reading.misplaced import cut_off, is_no_code, of_another_place
from understudy.reading.numbered import copied_numbers, unnumbered

OLD = ["def f(a):", "    b = a + 1", "    return b", "", "def g():", "    return 2"]


@pytest.mark.parametrize(
    ("new", "is_cut"),
    [
        (["def f(a):", "    b = a"], True),
        (["def f(a):", "    b = a + 1", "    ret"], True),
        (["def f(a):", "    b = a + 1"], False),
        (["def f(a):", "    return a"], False),
        (["def f(a):", "    b = a", "    return b", "", "def g():", "    return 2"], False),
        ([*OLD[:-1], "    return"], False),
        ([], False),
    ],
)
def test_a_block_that_ends_within_a_line_and_lacks_all_behind_it_was_cut_off(
    new: list[str], *, is_cut: bool
) -> None:
    error = cut_off(new, OLD)
    assert (error is not None) is is_cut
    assert error is None or error.refusal is Refusal.TRUNCATED


def test_another_function_of_the_file_is_not_the_new_text_of_these_lines() -> None:
    others = ["def g():", "    return 2"]
    assert of_another_place(["def g():", "    return 3"], OLD[:3], others) is not None
    assert of_another_place(["def f(a, b):", "    return 3"], OLD[:3], others) is None
    assert of_another_place(["def new():", "    return 3"], OLD[:3], others) is None
    assert of_another_place(["x = g()"], OLD[:3], others) is None


def test_what_a_tool_printed_is_no_code() -> None:
    printed = ["FAILED tests/test_f.py::test_f - assert 1 == 2", "1 failed, 2 passed"]
    assert is_no_code(printed, OLD[:3], "python")
    assert not is_no_code(["def f(a):", "    retrun"], OLD[:3], "python")
    assert not is_no_code(printed, OLD[:3], "go")
    assert not is_no_code(printed[:1], OLD[:3], "python")


def test_line_numbers_are_taken_off_when_they_are_those_of_the_lines() -> None:
    numbered = ["12: def f(a):", "13:     return a", "", "15: x = 1"]
    assert copied_numbers(numbered, OLD, 12)
    assert not copied_numbers(numbered, OLD, 7)
    assert not copied_numbers(numbered, ["12: yes", "13: no"], 12)
    assert not copied_numbers(numbered[:1], OLD, 12)
    assert unnumbered(numbered) == ["def f(a):", "    return a", "", "x = 1"]


DOCUMENTED = '/// ```\n/// f()\n/// ```\nconst TEXT: &str = "\n```\nx\n```\n";\n'


def test_a_fence_as_long_as_those_in_the_text_ends_at_the_last_one() -> None:
    reply = f"Here:\n\n```rust\n{DOCUMENTED.replace('x', 'y')}```\nDone.\n"
    found = around_inner_fences(reply, DOCUMENTED)
    assert found is not None
    assert [block.text for block in found.blocks] == [DOCUMENTED.replace("x", "y")]
    assert found.prose == "Here:\n\nDone."
    assert around_inner_fences(reply, "no fence\n") is None
    longer = reply.replace("```rust", "````rust").replace("```\nDone", "````\nDone")
    assert around_inner_fences(longer, DOCUMENTED) is None


def test_lines_of_the_file_behind_the_block_show_that_it_ended_too_early() -> None:
    error = spilled("    return b\n\ndef g():\n    return 2", OLD, OLD[:2])
    assert error is not None
    assert error.refusal is Refusal.MALFORMED
    assert spilled("I removed `return b`.\ndef g():", OLD, OLD[:2]) is None
    assert spilled("", OLD, OLD) is None


@given(st.text(alphabet="`~ab\n ", max_size=80), st.text(alphabet="`~ab\n ", max_size=40))
def test_any_reply_is_looked_at(reply: str, old: str) -> None:
    found = around_inner_fences(reply, old)
    assert found is None or found.blocks[0].text in reply
