"""What people write who come from another language, or from Python 2."""

from __future__ import annotations

import pytest

from tests.unit.fixers.name_problems import fixes, marked, undefined
from tests.unit.fixers.problems import fixed, syntax_problem
from understudy.fixers import braces, indented_handler, inner_quotes, python2_names, windows_path

HAS_KEY = 'Cannot access attribute "has_key" for class "dict[str, int]"'


@pytest.mark.parametrize(
    ("old", "new"), [("xrange(9)", "range(9)"), ("raw_input()", "input()"), ("unichr(9)", "chr(9)")]
)
def test_a_function_of_python_2_gets_the_name_of_today(old: str, new: str) -> None:
    name, rest = old.split("(")
    assert fixes(python2_names.FIXER, undefined(f"x = <|{name}|>({rest}\n")) == [f"x = {new}\n"]


@pytest.mark.parametrize("text", ["x = <|xrange|>\n", "range = f\nx = <|xrange|>(9)\n"])
def test_a_name_that_is_not_called_or_that_the_file_has_is_left_alone(text: str) -> None:
    assert fixes(python2_names.FIXER, undefined(text)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("if d.<|has_key|>(k): pass\n", "if k in d: pass\n"),
        ("if not a.d.<|has_key|>('π😀'): pass\n", "if 'π😀' not in a.d: pass\n"),
        ("x = d.<|has_key|>(k) and y\n", "x = k in d and y\n"),
    ],
)
def test_a_dict_is_asked_by_in(old: str, new: str) -> None:
    case = marked(old, "reportAttributeAccessIssue", HAS_KEY)
    assert fixes(python2_names.FIXER, case) == [new]


@pytest.mark.parametrize(
    "text",
    [
        "x = d.<|has_key|>(k) == y\n",
        "x = d.<|has_key|>(a or b)\n",
        "x = d.<|has_key|>(a, b)\n",
        "x = d.<|has_key|>\n",
    ],
)
def test_where_in_would_need_brackets_nothing_is_proposed(text: str) -> None:
    case = marked(text, "reportAttributeAccessIssue", HAS_KEY)
    assert fixes(python2_names.FIXER, case) == []


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ("if x {\r\n\tπ = 1\r\n}\r\ny = 2\r\n", "if x:\r\n\tπ = 1\r\ny = 2\r\n"),
        ("for a in b {\n    c = {}\n}\n", "for a in b:\n    c = {}\n"),
    ],
)
def test_braces_become_a_colon(broken: str, expected: str) -> None:
    assert fixed(braces.FIXER, syntax_problem(broken)) == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        "if x {\n    y = 1\n",
        "if x {\n    y = 1\n  }\n",
        "x = {\n    'a' 1\n}\n",
        "if x == {\n    'a' 1\n}:\n    y\n",
    ],
)
def test_braces_that_do_not_pair_or_hold_a_dict_stay(broken: str) -> None:
    assert fixed(braces.FIXER, syntax_problem(broken)) == []


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ('f("a "so" c")\n', "f('a \"so\" c')\n"),
        ("f('a 'π'', x)\n", "f(\"a 'π'\", x)\n"),
    ],
)
def test_inner_quotes_get_other_ones_around_them(broken: str, expected: str) -> None:
    assert fixed(inner_quotes.FIXER, syntax_problem(broken))[:1] == [expected]


@pytest.mark.parametrize(
    "broken",
    [
        'so = 1\nf("a "so" c")\n',
        'f("it\'s "so" c")\n',
        'f("a" so "c")\n',
        'f("a "and" c" d)\n',
        'f("a\\n"so"c")\n',
    ],
)
def test_strings_that_may_be_joined_by_a_lost_sign_stay(broken: str) -> None:
    assert fixed(inner_quotes.FIXER, syntax_problem(broken)) == []


@pytest.mark.parametrize(
    ("broken", "expected"),
    [('p = "C:\\Users\\π"\n', ['p = r"C:\\Users\\π"\n']), ('p = "\\U12"\n', [])],
)
def test_only_a_path_with_a_drive_becomes_a_raw_string(broken: str, expected: list[str]) -> None:
    assert fixed(windows_path.FIXER, syntax_problem(broken)) == expected


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ("try:\n    a\n    finally:\n        b\nc\n", ["try:\n    a\nfinally:\n    b\nc\n"]),
        ("if x:\n    a\n    except E:\n    b\n", []),
        ("try:\n        a\n    except E:\n        b\n", []),
    ],
)
def test_a_handler_goes_out_to_its_try(broken: str, expected: list[str]) -> None:
    assert fixed(indented_handler.FIXER, syntax_problem(broken)) == expected
