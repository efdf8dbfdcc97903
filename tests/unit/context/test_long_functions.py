"""Functions that are long or deeply nested: they are looked at as far as that can be done at once."""

from __future__ import annotations

import pytest

from understudy.context.behaviour import other_behaviour
from understudy.context.decisions import decisions
from understudy.context.whole_trees import sound_tree
from understudy.languages import grammar_of

PYTHON = grammar_of("python")
MANY = 400


def _branches(count: int) -> str:
    return "def f(a):\n" + "".join(
        f"    if a.x{one} and a.y{one}:\n        g{one}(a)\n" for one in range(count)
    )


def test_one_of_many_branches_is_compared() -> None:
    before = _branches(MANY)
    assert other_behaviour(before, before.replace("a.x7 and a.y7:", "a.y7:"), PYTHON)
    assert not other_behaviour(before, before.replace("a.x7 and a.y7:", "a.y7 and a.x7:"), PYTHON)


def test_very_long_lines_are_passed_over_and_the_others_are_not() -> None:
    line = f"ALL = {' + '.join(['a'] * 10_000)}\n"
    before = f"{line}def f(a, b):\n    return a < b\n"
    assert other_behaviour(before, before.replace("a < b", "a >= b"), PYTHON)
    assert not other_behaviour(before, before.replace("a + a", "a - a", 1), PYTHON)


@pytest.mark.parametrize(
    "text",
    [
        "def f(a):\n    return " + " and ".join(f"a.x{one}" for one in range(MANY)) + "\n",
        "def f(a):\n    return " + "not " * MANY + "a\n",
        "def f(a):\n    return " + "(" * 150 + "a" + ")" * 150 + "\n",
        "def f(a):\n" + "".join(f"    if a > {one}:\n        return {one}\n" for one in range(MANY)),
        "def f(a):\n" + "".join(f"    if a > {one}:\n        a -= 1\n" for one in range(MANY)),
    ],
)  # fmt: skip
def test_long_and_nested_code_is_gone_through_or_left_alone(text: str) -> None:
    old = sound_tree(text, PYTHON)
    changed = sound_tree(text + "    g(a)\n", PYTHON)
    assert old is not None
    assert changed is not None
    for decided in decisions(old, changed):
        for one in decided.values():
            assert len(one.outcomes) <= MANY + 2


@pytest.mark.parametrize(
    ("language", "text", "old"),
    [
        ("javascript", "function f(a) {\n" + "".join(f"a === {one} ? g({one}) : " for one in range(2_000)) + "g(0);\n}\n", "g"),
        ("javascript", "async function f(a) {\n" + "await " * 3_000 + "g(a);\n}\n", "g"),
        ("kotlin", "fun f(a: A) {\n    g" + "(a)" * 2_000 + "\n}\n", "g"),
        ("swift", "func f(a: A) {\n    g" + "(a)" * 1_000 + "\n}\n", "g"),
        ("ruby", "def f(a)\n" + "g(a)\nif a\n" * 300 + "g(a)\n" + "end\n" * 300 + "end\n", "g"),
    ],
)  # fmt: skip
def test_deeply_nested_statements_end_no_comparison(language: str, text: str, old: str) -> None:
    told = other_behaviour(text, text.replace(f"{old}(", "h("), grammar_of(language))
    assert told == "" or told.startswith("The edit takes")


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("x{0}.append({0})", "x{0}.extend([{0}])"),
        ("log{0}.info('a')", "log{0}.warning('a')"),
        ("reg{0}.go{0}(x)", "reg{0}.go{0}_now(x)"),
    ],
)
def test_many_changed_calls_are_compared_or_left_alone(line: str, other: str) -> None:
    before, after = (
        "def f(x):\n" + "".join(f"    {one.format(at)}\n" for at in range(2_000))
        for one in (line, other)
    )
    assert other_behaviour(before, after, PYTHON) == ""


def test_functions_that_all_move_into_a_new_class_still_do_what_they_did() -> None:
    before = "".join(f"def f{at}(x):\n    g{at}(x)\n    return x\n\n\n" for at in range(100))
    moved = before.replace("    g", "    Helper(x).g")
    methods = "".join(f"    def g{at}(self, x):\n        g{at}(x)\n\n" for at in range(100))
    assert other_behaviour(before, f"{moved}class Helper:\n{methods}", PYTHON) == ""
