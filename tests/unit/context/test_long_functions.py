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
