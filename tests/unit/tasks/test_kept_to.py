"""What can't be the edit of a task, and what is more than it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.tasks import Done, all_tasks

TYPED = """\
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def f(a: int, *b: Iterable[int], c: str = "x") -> dict[str, int]:
    d: dict[str, int] = {"k": a}
    return {**d, c: a}[1:2]
"""
PLAIN = """\
def f(a, *b, c="x"):
    d = {"k": a}
    return {**d, c: a}[1:2]
"""


def beyond(task: str, before: str, after: str, language: str = "python") -> str:
    return all_tasks()[task].beyond(Done(before, after, language))


def flaw(task: str, before: str, after: str, language: str = "python") -> str:
    return all_tasks()[task].flaw(Done(before, after, language))


def test_types_and_what_brings_them_are_no_change_of_the_code() -> None:
    assert beyond("addTypes", PLAIN, TYPED) == ""
    assert flaw("addTypes", PLAIN, TYPED) == ""
    worse = TYPED.replace("[1:2]", "[12]")
    assert beyond("addTypes", PLAIN, worse) == "The edit changes more than types"
    assert flaw("addTypes", PLAIN, PLAIN.replace('"x"', "'x'")) == "The edit adds no type."


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("const f = (a) => a;\n", "const f = <T,>(a: T): T => a;\n", "typescript"),
        (
            "function f(a) { return a }\n",
            "/** @param {string} a */\nfunction f(a) { return a }\n",
            "javascript",
        ),
        (
            "let a = 1;\n",
            'import type { N } from "./n";\ntype M = N;\nlet a: M = 1;\n',
            "typescript",
        ),
    ],
)
def test_types_of_scripts_are_told_from_code(before: str, after: str, language: str) -> None:
    assert beyond("addTypes", before, after, language) == ""
    assert flaw("addTypes", before, after, language) == ""


@pytest.mark.parametrize(
    ("before", "after", "language", "name"),
    [
        ("def f(a): ...\n", "def f(a: Any): ...\n", "python", "a"),
        ("def f(a: int): ...\n", "def f(a: object): ...\n", "python", "a"),
        ("def f(a): ...\n", "def f(a: list[Any] | None): ...\n", "python", "a"),
        ("def f(a): ...\n", "def f(a: list[Any]): ...\n", "python", "a"),
        ("def f(a): ...\n", "def f(a) -> typing.Any: ...\n", "python", "f"),
        ("def f(*a, **b): ...\n", "def f(*a: Any, **b: object) -> None: ...\n", "python", ""),
        ("def __eq__(s, o): ...\n", "def __eq__(s, o: object) -> bool: ...\n", "python", ""),
        ("def f(a): ...\n", "def f(a: dict[str, Any]): ...\n", "python", "a"),
        ("def f(a: Any, b): ...\n", "def f(a: Any, b: int): ...\n", "python", ""),
        ("function f(x: number) {}\n", "function f(x: unknown): unknown {}\n", "typescript", "f"),
        ("function f(x: number) {}\n", "function f(x: unknown) {}\n", "typescript", "x"),
        ("const f = (x) => x;\n", "const f = (x: any[]) => x;\n", "typescript", "x"),
        ("function f(...x) {}\n", "function f(...x: any[]) {}\n", "typescript", ""),
        ("function f(x) {}\n", "function f(x: unknown): x is string {}\n", "typescript", ""),
        ("function f(x) {}\n", "function f(x: Map<string, number>): void {}\n", "typescript", ""),
        ("function f(x) {}\n", "/** @param {*} x */\nfunction f(x) {}\n", "javascript", "x"),
        ("function f(x) {}\n", "/** @param {any} [x] */\nfunction f(x) {}\n", "javascript", "any"),
        ("<?php function f($x) {}\n", "<?php function f(mixed $x) {}\n", "php", "$x"),
        ("<?php function f($x) {}\n", "<?php function f(int $x) {}\n", "php", ""),
        ("function f(x) end\n", "---@param x any\nfunction f(x) end\n", "lua", "x"),
        ("function f(x) end\n", "---@param x anyone\nfunction f(x) end\n", "lua", ""),
    ],
)
def test_a_type_that_says_nothing_is_told(
    before: str, after: str, language: str, name: str
) -> None:
    told = f"The type of `{name}` says nothing" if name else ""
    assert beyond("addTypes", before, after, language) == told


@pytest.mark.parametrize(
    ("before", "after", "is_more"),
    [
        ("def f(a):\n    return f'{a}'\n", "def f(b):\n    return f'{b}'\n", False),
        ("def f(a):\n    return a\n", "def f(b):  # c\n\n    return b\n", False),
        ("def f(a):\n    return a\n", "def f(b):\n    return -b\n", True),
        ("def f(a):\n    return 'a'\n", "def f(b):\n    return 'b'\n", True),
    ],
)
def test_names_are_all_that_a_renaming_changes(before: str, after: str, is_more: bool) -> None:
    assert bool(beyond("renameForMeaning", before, after)) is is_more


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("def f():\n    pass\n", 'def f():\n    """Nothing."""\n', ""),
        ("def f(): return 1\n", 'def f():\n    """One."""\n    return 1\n', ""),
        ('def f():\n    """One."""\n', 'def f():\n    """Nothing."""\n', ""),
        ('def f():\n    """One."""\n', "def f():\n    pass\n", "documents nothing"),
        ("def f():\n    return 1\n", 'def f():\n    """Two."""\n    return 2\n', "changes code"),
    ],
)
def test_documenting_says_more_and_does_the_same(before: str, after: str, says: str) -> None:
    found = flaw("document", before, after)
    assert says in found
    assert bool(found) is bool(says)


def test_a_part_that_moves_into_a_function_makes_one() -> None:
    one = "export const f = () => { a(); b(); };\n"
    two = "const g = () => { b(); };\nexport const f = () => { a(); g(); };\n"
    assert flaw("extract", one, two, "typescript") == ""
    assert flaw("extract", two, one, "typescript") == "The edit makes no new function."


LANGUAGES = ("python", "go", "rust", "typescript", "java", "yaml", "nothing")
TEXT = st.text(alphabet="def f(a):\n\r\t'\"#/*{}é😀\u2028=;", max_size=60)


@given(before=TEXT, after=TEXT, language=st.sampled_from(LANGUAGES))
def test_any_texts_are_judged_in_a_sentence_or_not_at_all(
    before: str, after: str, language: str
) -> None:
    for task in all_tasks().values():
        done = Done(before, after, language)
        assert task.flaw(done) == "" or task.flaw(done).endswith(".")
        assert not task.beyond(done).endswith(".")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Make `total` count in cents.", "The edit takes `clear` away, which nobody asked for"),
        ("", "The edit takes `clear` away, which nobody asked for"),
        ("Remove what nobody needs.", ""),
        ("Make total count, clear goes to another file.", ""),
    ],
)
@pytest.mark.parametrize("language", ["python", "ruby", "crystal"])
def test_a_definition_goes_only_where_the_wish_says_so(
    asked: str, told: str, language: str
) -> None:
    end = "" if language == "python" else "end\n"
    colon = ":" if end == "" else ""
    kept = f"def total(x){colon}\n    return x + 1\n{end}"
    gone = f"\ndef clear(x){colon}\n    drop(x)\n{end}"
    done = Done(kept + gone, kept.replace("1", "2"), language, instruction=asked)
    assert all_tasks()["edit"].beyond(done) == told
