"""Values that a rewriting turns round."""

from __future__ import annotations

import pytest

from understudy.context.behaviour import other_behaviour
from understudy.languages import grammar_of

SAME = [
    ("python", "def f(a, b):\n    return a - b == 0\n", "def f(a, b):\n    return a == b\n"),
    ("python", "def f(a, b):\n    return (a - b) > 0\n", "def f(a, b):\n    return b < a\n"),
    ("typescript", "const f = (a, b) => a - b !== 0;\n", "const f = (a, b) => a !== b;\n"),
    (
        "python",
        "def f(a, b):\n    return not (a and b)\n",
        "def f(a, b):\n    return not a or not b\n",
    ),
    (
        "rust",
        "fn f(a: bool, b: bool) -> bool {\n    !(a || b)\n}\n",
        "fn f(a: bool, b: bool) -> bool {\n    !a && !b\n}\n",
    ),
    (
        "go",
        "package a\nfunc f(a, b int) bool {\n\treturn !(a < b)\n}\n",
        "package a\nfunc f(a, b int) bool {\n\treturn a >= b\n}\n",
    ),
    ("python", "def f(a):\n    return not not a\n", "def f(a):\n    return bool(a)\n"),
    (
        "python",
        "def f(a):\n    if a:\n        return 1\n    else:\n        return 2\n",
        "def f(a):\n    return 1 if a else 2\n",
    ),
    (
        "python",
        "def f(a):\n    if not a:\n        return 2\n    return 1\n",
        "def f(a):\n    return 1 if a else 2\n",
    ),
    ("typescript", "const f = (a) => !a ? 1 : 2;\n", "const f = (a) => a ? 2 : 1;\n"),
    ("ruby", "def f(a)\n  if !a\n    go\n  end\nend\n", "def f(a)\n  go unless a\nend\n"),
    (
        "kotlin",
        "fun f(a: Boolean): Int {\n    if (a) return 1\n    return 2\n}\n",
        "fun f(a: Boolean): Int = if (a) 1 else 2\n",
    ),
]
OTHER = [
    ("python", "def f(a):\n    return 1 if a else 2\n", "def f(a):\n    return 2 if a else 1\n"),
    ("python", "def f(a):\n    return not a\n", "def f(a):\n    return a\n"),
    ("python", "def f(a):\n    return -a\n", "def f(a):\n    return a\n"),
    ("python", "def f(a):\n    g(1, -a)\n", "def f(a):\n    g(1, a)\n"),
    (
        "python",
        "def f(a):\n    ok = a\n    return ok\n",
        "def f(a):\n    ok = not a\n    return ok\n",
    ),
    ("python", "def f(a, b):\n    return a < b\n", "def f(a, b):\n    return a >= b\n"),
    ("rust", "fn f(a: bool) -> bool {\n    !a\n}\n", "fn f(a: bool) -> bool {\n    a\n}\n"),
    (
        "rust",
        "fn f(a: bool) -> u8 {\n    if a { 1 } else { 2 }\n}\n",
        "fn f(a: bool) -> u8 {\n    if a { 2 } else { 1 }\n}\n",
    ),
    (
        "kotlin",
        "fun f(a: Boolean): Boolean {\n    return !a\n}\n",
        "fun f(a: Boolean): Boolean {\n    return a\n}\n",
    ),
    (
        "kotlin",
        "fun f(a: Boolean): Int = if (a) 1 else 2\n",
        "fun f(a: Boolean): Int = if (a) 2 else 1\n",
    ),
    (
        "go",
        "package a\nfunc f(a int) int {\n\treturn -a\n}\n",
        "package a\nfunc f(a int) int {\n\treturn a\n}\n",
    ),
    ("typescript", "const f = (a) => a ? 1 : 2;\n", "const f = (a) => a ? 2 : 1;\n"),
    ("typescript", "const f = (a) => !a;\n", "const f = (a) => a;\n"),
    ("typescript", "function f(a) { return !a; }\n", "function f(a) { return a; }\n"),
    (
        "ruby",
        "def f(a)\n  return 1 if a < 1\n  a\nend\n",
        "def f(a)\n  return 1 unless a < 1\n  a\nend\n",
    ),
    (
        "ruby",
        "def f(a)\n  if a\n    go\n  end\nend\n",
        "def f(a)\n  unless a\n    go\n  end\nend\n",
    ),
    ("ruby", "def f(a)\n  !a\nend\n", "def f(a)\n  a\nend\n"),
    ("ruby", "def f(a)\n  a ? 1 : 2\nend\n", "def f(a)\n  a ? 2 : 1\nend\n"),
]


@pytest.mark.parametrize(("language", "before", "after"), SAME)
def test_a_value_said_otherwise_is_the_same(language: str, before: str, after: str) -> None:
    assert other_behaviour(before, after, grammar_of(language)) == ""


@pytest.mark.parametrize(("language", "before", "after"), OTHER)
def test_a_value_that_is_turned_round_is_seen(language: str, before: str, after: str) -> None:
    assert other_behaviour(before, after, grammar_of(language))
