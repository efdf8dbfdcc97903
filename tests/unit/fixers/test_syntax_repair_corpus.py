"""What the syntax fixers together make of broken texts, chosen as the engine chooses.

Of the repairs with the lowest rank there must be exactly one. The engine's other checkers are not
asked, so these are the fixers' own merits.
"""

from __future__ import annotations

import pytest

from tests.unit.fixers.problems import ranked, syntax_problem
from understudy.context.python_parse import fault
from understudy.fixers import all_fixers

SYNTAX_FIXERS = (
    "assignment_in_condition",
    "conflict_markers",
    "indentation",
    "invalid_character",
    "keyword_typo",
    "missing_colon",
    "missing_comma",
    "missing_parameters",
    "python2_syntax",
    "stray_token",
    "unclosed_bracket",
    "unterminated_string",
)

REPAIRED = {
    "colon behind if": ("if x\n    y\n", "if x:\n    y\n"),
    "colon in front of a comment": ("while x  # go\n    y\n", "while x:  # go\n    y\n"),
    "colon behind def": ("def f(a, b)\n    return a\n", "def f(a, b):\n    return a\n"),
    "colon behind an annotation": (
        "def f() -> int\n    return 1\n",
        "def f() -> int:\n    return 1\n",
    ),
    "colon behind else": ("if x:\n    y\nelse\n    z\n", "if x:\n    y\nelse:\n    z\n"),
    "colon behind match": (
        "match x\n    case 1:\n        pass\n",
        "match x:\n    case 1:\n        pass\n",
    ),
    "colon on one line": ("if x return_()\n", "if x: return_()\n"),
    "semicolon for colon": ("if x;\n    y\n", "if x:\n    y\n"),
    "brace for colon": ("def f() {\n    pass\n", "def f():\n    pass\n"),
    "colon behind a key": ("d = {'a': 1, 'b' 2}\n", "d = {'a': 1, 'b': 2}\n"),
    "colon, with CRLF": ("π = '😀'\r\nif π\r\n\ty\r\n", "π = '😀'\r\nif π:\r\n\ty\r\n"),
    "parameter list": ("def f:\n    pass\n", "def f():\n    pass\n"),
    "bracket of a call": ("x = foo(1, 2\ny = 2\n", "x = foo(1, 2)\ny = 2\n"),
    "bracket before a comment": ("x = foo(1  # one\ny = 2\n", "x = foo(1)  # one\ny = 2\n"),
    "bracket in a condition": ("if foo(x:\n    y\n", "if foo(x):\n    y\n"),
    "bracket of parameters": (
        "def f(a, b:\n    return a\n",
        "def f(a, b):\n    return a\n",
    ),
    "bracket of annotated parameters": (
        "def f(a: int, b: str:\n    return a\n",
        "def f(a: int, b: str):\n    return a\n",
    ),
    "bracket and colon": ("def f(a, b\n    return a\n", "def f(a, b):\n    return a\n"),
    "bracket of range": ("for i in range(10:\n    x\n", "for i in range(10):\n    x\n"),
    "bracket of a nested call": ("print(len(x)\ny = 1\n", "print(len(x))\ny = 1\n"),
    "bracket of a hanging list": (
        "x = [\n    1,\n    2,\n\nprint(x)\n",
        "x = [\n    1,\n    2,\n]\n\nprint(x)\n",
    ),
    "bracket of an aligned call": (
        "x = foo(a,\n        b\ny = 1\n",
        "x = foo(a,\n        b)\ny = 1\n",
    ),
    "bracket before a definition": (
        "x = [1, 2\n\ndef f():\n    pass\n",
        "x = [1, 2]\n\ndef f():\n    pass\n",
    ),
    "bracket inside a bracket": ("x = foo([1, 2)\n", "x = foo([1, 2])\n"),
    "bracket of the wrong kind": ("x = [1, 2, 3)\ny = 1\n", "x = [1, 2, 3]\ny = 1\n"),
    "bracket too many": ("print(len(x)))\n", "print(len(x))\n"),
    "bracket too many before a colon": ("if len(x)):\n    y\n", "if len(x):\n    y\n"),
    "bracket of an import": ("from a import (b, c\nx = 1\n", "from a import (b, c)\nx = 1\n"),
    "string to the line's end": ("x = 'abc\ny = 1\n", "x = 'abc'\ny = 1\n"),
    "string in a call": ('print("hello, world)\n', 'print("hello, world")\n'),
    "string in a subscript": ("x = d['key]\n", "x = d['key']\n"),
    "string with another end": ("x = \"abc'\n", 'x = "abc"\n'),
    "string with an apostrophe": ("x = 'don't'\n", 'x = "don\'t"\n'),
    "string with a backslash": ('x = "C:\\dir\\"\n', 'x = "C:\\dir\\\\"\n'),
    "string in a condition": ("if x == 'a:\n    y\n", "if x == 'a':\n    y\n"),
    "docstring of one line": (
        'def f(x):\n    """Double it.\n    return x * 2\n',
        'def f(x):\n    """Double it."""\n    return x * 2\n',
    ),
    "docstring with two quotes": (
        'def f(x):\n    """Double it.""\n    return x * 2\n',
        'def f(x):\n    """Double it."""\n    return x * 2\n',
    ),
    "docstring that runs on to the next one": (
        'def f():\n    """One.\n    return 1\n\n\ndef g():\n    """Two."""\n    return 2\n',
        'def f():\n    """One."""\n    return 1\n\n\ndef g():\n    """Two."""\n    return 2\n',
    ),
    "docstring of two paragraphs": (
        'def f():\n    """One.\n\n    And more.\n\n    x = 1\n\n\ndef g():\n    """Two."""\n',
        'def f():\n    """One.\n\n    And more.\n    """\n\n    x = 1\n\n\ndef g():\n    """Two."""\n',
    ),
    "field of an f-string": ('x = f"{name and"\n', 'x = f"{name} and"\n'),
    "field of an f-string at its end": ('x = f"a {name"\n', 'x = f"a {name}"\n'),
    "line too deep": ("x = 1\n    y = 2\nz = 3\n", "x = 1\ny = 2\nz = 3\n"),
    "lines too deep": (
        "def f():\n    x = 1\n      y = 2\n      z = 3\n    return x\n",
        "def f():\n    x = 1\n    y = 2\n    z = 3\n    return x\n",
    ),
    "line between levels": (
        "def f():\n    if x:\n        y\n     return x\n",
        "def f():\n    if x:\n        y\n    return x\n",
    ),
    "line halfway between levels": ("if x:\n    y\n  z\n", None),
    "tabs among spaces": ("if x:\n    y\n\tz\n", "if x:\n    y\n    z\n"),
    "block of a function": (
        "def f(x):\ny = x + 1\nreturn y\n\nf(1)\n",
        "def f(x):\n    y = x + 1\n    return y\n\nf(1)\n",
    ),
    "block of one line": ("if x:\ny = 1\n\nz = 2\n", None),
    "block of unknown length": ("if x:\ny = 1\nz = 2\n", None),
    "block between if and else": (
        "if x:\ny = 1\nz = 2\nelse:\n    z = 3\n",
        "if x:\n    y = 1\n    z = 2\nelse:\n    z = 3\n",
    ),
    "block with a comment only": (
        "def f():\n    # Later.\n\nx = 1\n",
        "def f():\n    # Later.\n    pass\n\nx = 1\n",
    ),
    "assignment in if": ("if x = 1:\n    y\n", "if x == 1:\n    y\n"),
    "assignments in while": (
        "while x = 1 and (y.z = 2):\n    y\n",
        "while x == 1 and (y.z == 2):\n    y\n",
    ),
    "assignment beside a keyword argument": (
        "if f(a=1) = 2:\n    y\n",
        "if f(a=1) == 2:\n    y\n",
    ),
    "assignment in assert": ("assert x = 1, 'no'\n", "assert x == 1, 'no'\n"),
    "assignment in a ternary": ("y = 1 if x = 2 else 3\n", "y = 1 if x == 2 else 3\n"),
    "conflict of two sides": (
        "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> b\n",
        None,
    ),
    "conflict of equal sides": (
        "<<<<<<< HEAD\nx = 1\n=======\nx = 1\n>>>>>>> b\n",
        "x = 1\n",
    ),
    "conflict with a broken side": (
        "<<<<<<< HEAD\nx = (1\n||||||| base\nx = 0\n=======\nx = 2\n>>>>>>> b\n",
        "x = 2\n",
    ),
    "comma in a call": ("foo(a b)\n", "foo(a, b)\n"),
    "commas in a list": ("x = [1 2 3]\n", "x = [1, 2, 3]\n"),
    "commas in a column": ("x = [\n    1\n    2\n]\n", "x = [\n    1,\n    2\n]\n"),
    "comma in a dict": ("x = {'a': 1 'b': 2}\n", "x = {'a': 1, 'b': 2}\n"),
    "print statement": ("print 'a', b\n", "print('a', b)\n"),
    "print statement in a block": ("if x: print 'π😀'\n", "if x: print('π😀')\n"),
    "print statement without line end": ("print x,\n", 'print(x, end=" ")\n'),
    "exec statement": ("exec code\n", "exec(code)\n"),
    "raise statement": ("raise E, 'x'\n", "raise E('x')\n"),
    "except with a name": (
        "try:\n    x\nexcept E, e:\n    y\n",
        "try:\n    x\nexcept E as e:\n    y\n",
    ),
    "except with two types": (
        "try:\n    x\nexcept E, F:\n    y\n",
        "try:\n    x\nexcept (E, F):\n    y\n",
    ),
    "leading zero": ("d = date(2020, 01, 02)\n", "d = date(2020, 1, 2)\n"),
    "octal number": ("mode = 0644\n", None),
    "else if": ("if x:\n    y\nelse if z:\n    w\n", "if x:\n    y\nelif z:\n    w\n"),
    "double ampersand": ("if a && b&&c:\n    d\n", "if a and b and c:\n    d\n"),
    "bars and bang": ("if !a || !(b):\n    d\n", "if not a or not (b):\n    d\n"),
    "increment": ("x++\n", "x += 1\n"),
    "decrement in a block": ("if x: self.n--\n", "if x: self.n -= 1\n"),
    "triple equals": ("if x === y:\n    z\n", "if x == y:\n    z\n"),
    "diamond": ("x = y <> z\n", "x = y != z\n"),
    "declaration": ("let x = 1\n", "x = 1\n"),
    "new": ("x = new Foo()\n", "x = Foo()\n"),
    "slashes for a comment": ("x = 1\n// note it\n", "x = 1\n# note it\n"),
    "import from": ("import x from 'y'\n", "from y import x\n"),
    "retrun": ("def f():\n    retrun x\n", "def f():\n    return x\n"),
    "improt": ("improt os\n", "import os\n"),
    "form": ("form os import path\n", "from os import path\n"),
    "imprt": ("from os imprt path\n", "from os import path\n"),
    "whlie": ("whlie x:\n    y\n", "while x:\n    y\n"),
    "esle": ("if x:\n    y\nesle:\n    z\n", "if x:\n    y\nelse:\n    z\n"),
    "dfe": ("dfe f():\n    x\n", "def f():\n    x\n"),
    "elseif": ("if x:\n    y\nelseif z:\n    w\n", "if x:\n    y\nelif z:\n    w\n"),
    "function": ("function f(x):\n    pass\n", "def f(x):\n    pass\n"),
    "Return": ("def f():\n    Return x\n", "def f():\n    return x\n"),
    "adn": ("x = a adn b\n", "x = a and b\n"),
    "fro": ("x = [y fro y in z]\n", "x = [y for y in z]\n"),
    "nto": ("if a nto in b:\n    c\n", "if a not in b:\n    c\n"),
    "curly quotes": ("x = “a”\n", 'x = "a"\n'),
    "hard blank": ("x\u00a0= 1\n", "x = 1\n"),
    "two errors": (
        "def f(x)\n    return x\n\n\nprint(f(1)\n",
        "def f(x):\n    return x\n\n\nprint(f(1)\n",
    ),
    "two errors in one class": (
        "class A:\n    def f(self)\n        return 1\n\n    def g(self)\n        return 2\n",
        "class A:\n    def f(self):\n        return 1\n\n    def g(self)\n        return 2\n",
    ),
    "call of unknown extent": ("x = len(a + 1\n", None),
    "subscript of unknown extent": ("if line[-1 == 'a':\n    y\n", None),
    "closer of a lost opener": ("x = listy)\n", None),
    "call of a lost opener": (
        "self.run)\nself.run()\nself.x\n",
        "self.run()\nself.run()\nself.x\n",
    ),
    "string with code behind it": ("x = 'a {}.format(y)\n", None),
    "group of unknown extent": ("x = (a + b * c\n", None),
    "product of unknown extent": ("x = 1 + 2) * 3\n", None),
    "prose": ("this is not python at all\n", None),
    "argument or text": ("name = 1\nprint('hello, name)\n", None),
}


def chosen(text: str) -> str | None:
    """The only repair of the lowest rank, if there is exactly one."""
    case = syntax_problem(text)
    fixers = all_fixers()
    found = sorted(pair for name in SYNTAX_FIXERS for pair in ranked(fixers[name], case))
    best = {after for rank, after in found if rank == found[0][0]}
    return best.pop() if len(best) == 1 else None


@pytest.mark.parametrize(("broken", "expected"), REPAIRED.values(), ids=REPAIRED.keys())
def test_broken_text_becomes_what_was_meant_or_stays(broken: str, expected: str | None) -> None:
    assert chosen(broken) == expected


def test_repaired_texts_parse_unless_they_have_a_second_error() -> None:
    for name, (_, expected) in REPAIRED.items():
        if expected is not None and "two errors" not in name:
            assert fault(expected) is None
