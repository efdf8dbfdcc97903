from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, syntax_problem
from understudy.fixers.missing_parameters import FIXER


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ('def f:\r\n\t"π😀"\r\n', 'def f():\r\n\t"π😀"\r\n'),
        ("async def f\n    pass\n", "async def f():\n    pass\n"),
        (
            "class A:\n    def __invert__:\n        return -self.x\n",
            "class A:\n    def __invert__(self):\n        return -self.x\n",
        ),
        (
            "class A:\n    @property\n    def g:\n        return 1\n",
            "class A:\n    @property\n    def g(self):\n        return 1\n",
        ),
        (
            "class A:\n    @classmethod\n    def g:\n        return cls()\n",
            "class A:\n    @classmethod\n    def g(cls):\n        return cls()\n",
        ),
        (
            "class A:\n    @staticmethod\n    def g:\n        return len(A)\n",
            "class A:\n    @staticmethod\n    def g():\n        return len(A)\n",
        ),
    ],
)
def test_the_broken_text_is_repaired(broken: str, expected: str) -> None:
    assert fixed(FIXER, syntax_problem(broken))[:1] == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        "class :\n    pass\n",
        "def\n",
        "x y\n",
        "def deco(f):\n    def wrapper:\n        return f(self)\n    return wrapper\n",
        "def f:\n    return [x for _ in y]\n",
    ],
)
def test_it_stays_silent_about_other_errors(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []
