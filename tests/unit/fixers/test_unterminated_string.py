from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, syntax_problem
from understudy.fixers.unterminated_string import FIXER


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ('x = "π😀\r\ny = 1\r\n', 'x = "π😀"\r\ny = 1\r\n'),
        ("x = f('a', 'b)\n", "x = f('a', 'b')\n"),
        ("x = ['a', 'b]\n", "x = ['a', 'b']\n"),
        ("x = 'it's'  # note\n", 'x = "it\'s"  # note\n'),
        ("x = f(a, no such key')\ny = 1\n", "x = f(a, 'no such key')\ny = 1\n"),
        ("def f():\n    return größe'\n", "def f():\n    return 'größe'\n"),
        ('x = """a\n\ny = 1\n', 'x = """a"""\n\ny = 1\n'),
        (
            'def f(s):\n    """Encode it, as\n    1522.\n\n    x = 1\n',
            'def f(s):\n    """Encode it, as\n    1522.\n    """\n\n    x = 1\n',
        ),
        ('"""One\n""\nimport os\n', '"""One\n"""\nimport os\n'),
        ('"""One\n\'""\nimport os\n', '"""One\n"""\nimport os\n'),
        ('\'""One\ntwo."""\nx = 1\n', '"""One\ntwo."""\nx = 1\n'),
        ('x = [\'a", "b"]\n', 'x = ["a", "b"]\n'),
    ],
)
def test_the_broken_text_is_repaired(broken: str, expected: str) -> None:
    assert fixed(FIXER, syntax_problem(broken))[:1] == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        "x = (1\n",
        "if x\n    y\n",
        'def f():\n    """\n\n    x = 1\n\n\ndef g():\n    y = 2\n',
        'def f():\n    """One.\n    """Two.\n\n    More.\n    """\n    x = 1\n',
        "x = b\"'\n",
        "x = [\n    \" 'a',\n]\n",
    ],
)
def test_it_stays_silent_about_other_errors(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []


@pytest.mark.parametrize("broken", ["x = rb'\n", "x = f(B')\n", "x = b1'\n", "x = f(a + c')\n"])
def test_it_does_not_guess_whether_letters_are_a_prefix_or_code(broken: str) -> None:
    assert fixed(FIXER, syntax_problem(broken)) == []
