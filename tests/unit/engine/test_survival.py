"""How much of an edit is left, whatever became of the text around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.lines import LineIndex, split_lines
from understudy.core.minimise import minimise
from understudy.engine.edit_trace import Trace, places_in, trace_of
from understudy.engine.survival import Left, left_of

BEFORE = "import sys\n\n\ndef total(items):\n    result = sum(items)\n    return reslt\n"
AFTER = BEFORE.replace("reslt", "result")
LONG = "def f():\n    one = 1\n    two = 2\n    three = 3\n    four = 4\n"


def trace(before: str, after: str, language: str = "python") -> Trace:
    return trace_of(("E",), language, LineIndex(before), minimise(before, after))


def left(before: str, after: str, now: str, language: str = "python") -> Left | None:
    """What is left in a text that nobody watched."""
    made, lines = trace(before, after, language), split_lines(now)
    places = places_in(made, lines)
    return None if places is None else left_of(made, places, lines)


@pytest.mark.parametrize(
    "now",
    [
        AFTER,
        f"# Above.\nimport os\n{AFTER}\n\nx = 1\n",
        AFTER.replace("    ", "\t"),
        AFTER.replace("return result", "return (result)  # the sum"),
        AFTER.replace("sum(items)", "sum(\n        items,\n    )"),
        AFTER.replace("\n", "\r\n"),
        AFTER.replace("return result", "log(result)\n    return result"),
    ],
)
def test_what_only_looks_different_is_left_as_it_was(now: str) -> None:
    assert left(BEFORE, AFTER, now) == Left(1.0, back=False)


@pytest.mark.parametrize(
    ("now", "share"),
    [
        (AFTER.replace("return result", "return result or 0"), 0.5),
        (AFTER.replace("return result", "return amount"), 0.0),
        (AFTER.replace("    return result\n", ""), 0.0),
    ],
)
def test_what_was_rewritten_is_left_in_part_or_not_at_all(now: str, share: float) -> None:
    assert left(BEFORE, AFTER, now) == Left(share, back=False)


def test_half_of_it_is_half() -> None:
    now = LONG.replace("three = 3", "drei = 33").replace("four = 4", "vier = 44")
    found = left("x = 0\n", f"x = 0\n{LONG}", f"x = 0\n{now}")
    assert found is not None
    assert 0.5 < found.share < 0.8


def test_the_old_words_are_the_edit_taken_back() -> None:
    assert left(BEFORE, AFTER, BEFORE) == Left(0.0, back=True)
    assert left(BEFORE, AFTER, BEFORE.replace("    ", "  ")) == Left(0.0, back=True)


def test_what_was_removed_is_left_until_it_comes_back() -> None:
    removed = BEFORE.replace("import sys\n", "")
    assert left(BEFORE, removed, f"{removed}x = 1\n") == Left(1.0, back=False)
    assert left(BEFORE, removed, f"{BEFORE}x = 1\n") == Left(0.0, back=True)


def test_an_import_that_was_sorted_in_elsewhere_is_left() -> None:
    text = "import sys\nimport time\n\nos.sep\n"
    sorted_in = "import sys\nimport time\nimport os\n\nos.sep\n"
    assert left(text, f"import os\n{text}", sorted_in) == Left(1.0, back=False)


def test_a_line_beside_others_that_begin_alike_is_known_as_a_whole() -> None:
    text = "import os\n\nx = json.dumps(1)\n"
    after = f"import json\n{text}"
    assert left(text, after, after.replace("import os\n", "")) == Left(1.0, back=False)


def test_a_line_that_stood_elsewhere_before_is_not_the_edits_own() -> None:
    text = "def f():\n    go()\n\n\ndef g():\n    pass\n"
    after = text.replace("    pass\n", "    go()\n")
    now = after.replace("def g():\n    go()\n", "def g():\n    stop()\n")
    assert left(text, after, now) == Left(0.0, back=False)


def test_an_edit_of_comments_is_told_by_their_words() -> None:
    before, after = "# Old words.\nx = 1\n", "# New words.\nx = 1\n"
    assert left(before, after, after) == Left(1.0, back=False)
    assert left(before, after, "# Other ones.\nx = 1\n") == Left(0.0, back=False)
    assert left(before, after, before) == Left(0.0, back=True)


def test_nothing_is_said_of_a_text_that_is_another_one() -> None:
    assert left(BEFORE, AFTER, "other\nwords\nhere") is None


def test_a_trace_holds_nothing_that_can_be_read() -> None:
    said = repr(trace(BEFORE, AFTER))
    assert "result" not in said
    assert "total" not in said


LINES = st.lists(st.sampled_from(["a = 1\n", "b(c)\n", "é😀\n", "\n", "# x\n"]), max_size=6).map(
    "".join
)


@given(before=LINES, after=LINES, now=LINES)
def test_any_text_has_a_share(before: str, after: str, now: str) -> None:
    for language in ("python", "markdown"):
        found = left(before, after, now, language)
        assert found is None or 0.0 <= found.share <= 1.0


@given(before=LINES, after=LINES, above=LINES)
def test_an_edit_is_left_in_its_own_text(before: str, after: str, above: str) -> None:
    made = trace(f"{above}{before}", f"{above}{after}")
    places = [range(one.first, one.first + len(one.after)) for one in made.passages]
    found = left_of(made, places, split_lines(f"{above}{after}"))
    assert found == Left(1.0, back=False)
