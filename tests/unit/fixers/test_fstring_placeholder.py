from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, problem
from understudy.fixers.fstring_placeholder import FIXER

CODE = "F541"
MESSAGE = "f-string without any placeholders"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ('x = <|f"a"|>\n', 'x = "a"\n'),
        ("x = <|rF'''π😀\r\n'''|>\r\n", "x = r'''π😀\r\n'''\r\n"),
        ('x = <|f"{{}}"|>\n', 'x = "{}"\n'),
        ('x = "a" <|f"b"|> "c"\n', 'x = "a" "b" "c"\n'),
        ('x = <||>f"a" f"b"\n', 'x = "a" "b"\n'),
    ],
)
def test_the_marked_place_is_mended(marked: str, expected: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == [expected]


@pytest.mark.parametrize(
    "marked",
    [
        'x = <|f"{a}"|>\n',
        'x = <|"a"|>\n',
        'x = <|f"a\n',
        "<|x|> = 1\n",
    ],
)
def test_it_stays_silent_where_the_change_could_be_wrong(marked: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == []


def test_it_knows_the_problem_by_its_message_alone() -> None:
    case = problem('x = <|f"a"|>\n', source="pylance", message="f-string is missing placeholders")
    assert fixed(FIXER, case) == ['x = "a"\n']


def test_it_does_not_look_at_other_problems() -> None:
    assert fixed(FIXER, problem('x = <|f"a"|>\n', "X999", message="Something else.")) == []
