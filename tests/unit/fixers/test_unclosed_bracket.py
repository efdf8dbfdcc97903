from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, syntax_problem
from understudy.fixers.unclosed_bracket import FIXER


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ('x = f("π😀"\r\ny = 1\r\n', 'x = f("π😀")\r\ny = 1\r\n'),
        ('x = {\r\n\t"a": 1,\r\ny = 1\r\n', 'x = {\r\n\t"a": 1,\r\n}\r\ny = 1\r\n'),
        ('print"a")\n', 'print("a")\n'),
        ("f(a[1)\n", "f(a[1])\n"),
        ("x = foo(self.a\n", "x = foo(self.a)\n"),
        ("def f(x):\n    return g(x)}\n", "def f(x):\n    return g(x)\n"),
        ("if x:\n    y()\n}\nz = 1\n", "if x:\n    y()\nz = 1\n"),
        ("while (x < 3:\n    y\n", "while (x < 3):\n    y\n"),
    ],
)
def test_the_broken_text_is_repaired(broken: str, expected: str) -> None:
    assert fixed(FIXER, syntax_problem(broken))[:1] == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        "x = 1 + 2) * 3\n",
        "x = (a + b * c\n",
        "if x\n    y\n",
        "x = = 1\n",
        "itstack.append(iter(n2i[node].successors.__next__)\nx = 1\n",
        "x = len(a.b\n",
        "print(k, '=', repr(v, file=out)\n",
        "import binascii\ntry:\n    x\nexcept binas(cii.Error:\n    y\n",
        "x = f(a,\nx = 2\n",
        "x = f(\ny = 2\n",
        "x = f(a, 'b'['c']\n",
        "x = 'a']\n",
        "if isinstance(x, str, int)):\n    y\n",
        "if x: {\n    y\n",
        "x = [\n    f(a),\n    b),\n    c,\n    )\n",
    ],
)
def test_it_stays_silent_about_other_errors(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []
