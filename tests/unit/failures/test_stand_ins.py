"""Lines in the place of code, by what is gone there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.failures.comments import comment_in
from understudy.failures.stand_ins import stand_ins

OLD = [
    "def total(items):",
    "    result = 0",
    "    for item in items:",
    "        result += item.price",
    "    return result",
]
LANGUAGES = ["python", "typescript", "go", "sql", "markdown", "html", "unknown"]


def found(new: str, old: list[str] = OLD, language: str = "python") -> list[tuple[str, bool, int]]:
    return [(one.text, one.is_sure, one.lost) for one in stand_ins(old, new.split("\n"), language)]


def loop(body: str) -> str:
    return "\n".join([*OLD[:3], f"        {body}", OLD[4]])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("...", [("...", True, 1)]),
        ("\u2026", [("\u2026", True, 1)]),
        ("# ... sum ...", [("# ... sum ...", True, 1)]),
        ("# remaining code", [("# remaining code", True, 1)]),
        ("# adds up", [("# adds up", False, 1)]),
        ("# no longer needed", []),
        ("# result += item.price", []),
        ("# noqa: PLW2901", []),
        ("pass", []),
        ("result += item.cost", []),
    ],
)
def test_what_a_line_says_decides_only_how_certain_it_is(
    body: str, expected: list[tuple[str, bool, int]]
) -> None:
    assert found(loop(body)) == expected


def test_code_that_moved_or_was_written_anew_is_not_gone() -> None:
    anew = [OLD[0], "    # Summed up.", "    return sum(item.price for item in items)"]
    assert found("\n".join(anew)) == []
    moved = "\n".join([*OLD[:3], "        # below", OLD[4], "", OLD[3].strip()])
    assert found(moved) == []


def test_a_comment_that_was_only_changed_stands_for_nothing() -> None:
    old = ["# The sum of all.", "log(1)", "a = 1"]
    assert found("# The sum of all prices.\na = 1", old) == []
    assert found("# Another thing\na = 1", ["log(1)", "a = 1"]) == [("# Another thing", False, 1)]


def test_a_pass_in_place_of_several_lines_is_to_be_looked_at() -> None:
    assert found("def total(items):\n    pass") == [("pass", False, 4)]


@pytest.mark.parametrize(
    "new",
    [
        "@overload\ndef total(items):\n    ...",
        "class Sums(Protocol):\n    def total(self, items):\n        ...",
        "def other(\n    items,\n):\n    ...",
        "X = Callable[\n    ...\n]",
    ],
)
def test_dots_of_what_has_no_body_stand_for_themselves(new: str) -> None:
    assert found(new) == []


def test_dots_in_an_existing_definition_stand_for_its_body() -> None:
    assert found("def total(\n    items: list,\n):\n    ...") == [("...", True, 4)]
    assert found("def total(items):\n    ...", ["def total(items):", "    pass"]) == []


@pytest.mark.parametrize(
    ("line", "language", "said"),
    [
        ("  # a", "python", "a"),
        ("#include <a.h>", "c", ""),
        ("/* same */", "go", "same"),
        (" * more", "java", "more"),
        ("*p = 1;", "c", ""),
        ("{/* body */}", "typescriptreact", "body"),
        ("<!-- rest -->", "html", "rest"),
        ("-- x", "sql", "x"),
        ("--x;", "c", ""),
        ("# Title", "markdown", ""),
        ("x = 1  # a", "python", ""),
    ],
)
def test_a_comment_alone_on_its_line(line: str, language: str, said: str) -> None:
    assert comment_in(line, language) == said


@given(
    st.lists(st.sampled_from(["a = 1", "  ...", "# b", "// c", "pass", '"""...', "f(", ""])),
    st.lists(st.sampled_from(["a = 1", "  ...", "# b", "// c", "pass", '"""', "def f():"])),
    st.sampled_from(LANGUAGES),
)
def test_any_lines_can_be_compared(old: list[str], new: list[str], language: str) -> None:
    for one in stand_ins(old, new, language):
        assert new[one.line].strip() == one.text
        assert one.lost > 0
    assert stand_ins(new, new, language) == ()
