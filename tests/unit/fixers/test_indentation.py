from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, ranked, syntax_problem
from understudy.fixers.indentation import FIXER


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ('x = 1\r\n\ty = "π😀"\r\n', 'x = 1\r\ny = "π😀"\r\n'),
        ("if x:\n\ty\n        z\n", "if x:\n\ty\n\tz\n"),
        ("while x:\nbreak\ny = 1\n", "while x:\n    break\ny = 1\n"),
        ("class E(ValueError):\n\nx = 1\n", "class E(ValueError):\n    pass\n\nx = 1\n"),
        (
            "def f(x):\n    if x is None:s\n        return 1\n    return 2\n",
            "def f(x):\n    if x is None:\n        return 1\n    return 2\n",
        ),
        (
            "if a:\n    b\nelif c:\\\n    d\n    e\n",
            "if a:\n    b\nelif c:\n    d\n    e\n",
        ),
        (
            "class A:\n    def f(self):\n        return 1\n\n        def g(self):\n        return 2\n",
            "class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return 2\n",
        ),
        (
            'def f():\n    x = 1\n      # note\n      y = """\n      z"""\n',
            'def f():\n    x = 1\n      # note\n    y = """\n      z"""\n',
        ),
    ],
)
def test_the_broken_text_is_repaired(broken: str, expected: str) -> None:
    assert fixed(FIXER, syntax_problem(broken))[:1] == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        "x = (1\n",
        "if x\n    y\n",
        "return = 1\n",
        "class A:\n\nx = 1\n",
    ],
)
def test_it_stays_silent_about_other_errors(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []


@pytest.mark.parametrize(
    "broken",
    [
        "if x: y\n    z\n",
        "def f(x):\n    a = 1\n        b = 2\n        c = 3\n    return x\n",
        "def f(x):\n    a = 1\n        return a\n    return x\n",
        "class A:\n    a = 1\n        return a\n",
        "def f(v, n):\n    if 1 <= n <= 9:\n    return 0\n",
        "def f():\n    def g():\n    return 1\n",
        "class A:\n    def __enter__(self):\n\n    def g(self):\n        return 1\n",
        "try:\n    x\nexcept ValueError:\n\ny = 1\n",
        "def f():\n    for x in y:\nelse:\n    z\n",
        "class A:\nclass A:\n    x = 1\n",
    ],
)
def test_it_does_not_guess_what_a_line_belongs_to_or_what_a_lost_block_did(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []


def test_a_line_of_a_function_that_may_have_lost_its_header_stays_where_it_is() -> None:
    broken = "def f(x):\n    if x:\n        a = 1\n    b = 2\n        c = 3\n    return x\n"
    assert ranked(FIXER, syntax_problem(broken)) == []


def test_a_header_too_far_out_is_as_likely_as_its_follower_too_far_in() -> None:
    broken = "def f(x):\n    if x:\n        a = 1\n    try:\n            b = 2\n        except E:\n            c\n"
    found = ranked(FIXER, syntax_problem(broken))
    assert len(found) == 2
    assert found[0][0] == found[1][0]
