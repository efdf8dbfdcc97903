from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.reading.heads import head_of, head_start
from understudy.reading.kept_heads import above_of, with_head
from understudy.reading.lost_heads import lost_heads
from understudy.reading.neighbours import Around

if TYPE_CHECKING:
    from understudy.reading import Repair

LINES = st.lists(
    st.sampled_from(
        [
            "@a.b",
            "@a(",
            "  'x',",
            ")",
            "# c",
            "/* c",
            " */",
            "// c",
            "#[a]",
            "#[a(",
            "[A]",
            "",
            "def f(x):",
            "    return x",
            "func F() {",
            "}",
            "class A {",
        ]
    ),
    max_size=12,
)
LANGUAGES = st.sampled_from(["python", "typescript", "go", "rust", "java", "csharp", "php", "lua"])


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("python", '@app.route(\n    "/b",\n)\n# Shown.\ndef b():', ["attribute", "comment"]),
        ("python", "@cached  # noqa\nasync def b():", ["attribute"]),
        ("java", "@Override @NonNull\npublic String f() {", ["attribute"]),
        ("java", "/** The name. */\n@A({1, 2})\npublic String f() {", ["comment", "attribute"]),
        ("typescript", "@Component({\n  a: 1,\n})\nexport class A {", ["attribute"]),
        ("typescript", "/**\n * A.\n */\n// @ts-ignore\nf() {", ["comment", "directive"]),
        (
            "rust",
            "/// A.\n#[serde(\n  x\n)]\n#[must_use]\nfn f() {",
            ["comment", *["attribute"] * 2],
        ),
        ("go", "// F is f.\n//go:noinline\nfunc F() {", ["comment", "directive"]),
        ("csharp", '[Obsolete("x")]\npublic int F()', ["attribute"]),
    ],
)
def test_the_parts_above_a_definition_are_told_apart(
    language: str, text: str, kinds: list[str]
) -> None:
    lines = text.split("\n")
    head = head_of(lines, language)
    assert [part.kind for part in head.parts] == kinds
    assert head.stop == len(lines) - 1
    assert head_start(["x = 1", "", *lines], len(lines) + 1, language) == 2


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("java", "@Override public String f() {"),
        ("rust", "#[test] fn f() {"),
        ("typescript", "@Input() x = 1;"),
        ("c", "#include <stdio.h>"),
        ("c", "/* a */ int f(void) {"),
    ],
)
def test_a_line_with_code_on_it_is_no_part_of_a_head(language: str, line: str) -> None:
    assert head_of([line, "x"], language).stop == 0


def test_only_a_head_that_touches_a_definition_is_its_own() -> None:
    lines = ["# The file's.", "", "x = 1", "@a", "def f():"]
    assert head_start(lines, 4, "python") == 3
    assert head_start(["# Above.", "", "def f():"], 2, "python") == 2
    assert head_start(["class A {", "  @B", "    f() {"], 2, "typescript") == 2


@given(LINES, LANGUAGES)
def test_any_lines_have_a_head_within_them(lines: list[str], language: str) -> None:
    head = head_of(lines, language)
    inside = [at for part in head.parts for at in part.lines]
    assert inside == sorted(set(inside))
    assert head.stop <= len(lines)
    assert set(inside) <= set(range(head.stop))
    for at in range(len(lines)):
        assert 0 <= head_start(lines, at, language) <= at


@given(LINES, LINES, LANGUAGES)
def test_a_block_keeps_all_its_lines_and_gets_none_but_those_of_the_old_head(
    lines: list[str], old: list[str], language: str
) -> None:
    done = with_head(list(lines), Around(old, [], [], language), [])
    rest = iter(done)
    assert all(line in rest for line in lines)
    assert set(done) <= {*lines, *old}


@given(LINES, LINES, LINES, LANGUAGES)
def test_no_more_is_taken_from_above_than_a_head(
    lines: list[str], old: list[str], above: list[str], language: str
) -> None:
    found = above_of(list(lines), Around(old, above, [], language))
    assert 0 <= found.taken <= len(above)
    taken = above[len(above) - found.taken :]
    assert head_of(taken, language).stop == len(taken)


def test_a_method_whose_first_parameter_changes_may_not_mean_its_decorator() -> None:
    old = ["@staticmethod", "def make(x):", "    return 1"]
    repairs: list[Repair] = []
    with_head(["def make(self, x):", "    return 2"], Around(old, [], [], "python"), repairs)
    assert [one.risk for one in repairs] == ["high"]


def test_a_lost_decorator_weighs_more_than_a_lost_comment() -> None:
    old = ["@a", "def f():", "    pass", "# G.", "def g():", "    pass", "@b", "def h():"]
    new = ["def f():", "    pass", "def g():", "    pass", "@c", "def h():"]
    found = list(lost_heads(old, new, "python"))
    assert [(one.what, one.risk) for one in found] == [
        ("`@a` is gone", "high"),
        ("`# G.` is gone", "low"),
    ]
    assert not list(lost_heads(old, old[1:], "plaintext"))
