from __future__ import annotations

from tests.unit.fixers.name_problems import fixes, marked
from understudy.fixers.optional_access import FIXER

CODE = "reportOptionalMemberAccess"
MESSAGE = '"close" is not a known attribute of "None"'


def test_a_statement_is_guarded() -> None:
    text = "def f(x):\r\n    x.<|close|>()  # π😀\r\n"
    found = fixes(FIXER, marked(text, CODE, MESSAGE))
    assert found == ["def f(x):\r\n    if x is not None:\r\n        x.close()  # π😀\r\n"]


def test_tabs_stay_tabs() -> None:
    text = "def f(x):\n\tx.<|close|>()\n"
    assert fixes(FIXER, marked(text, CODE, MESSAGE)) == [
        "def f(x):\n\tif x is not None:\n\t\tx.close()\n"
    ]


def test_a_return_gives_none_where_the_function_may() -> None:
    text = "def f(x) -> str | None:\n    return x.<|close|>()\n"
    assert fixes(FIXER, marked(text, CODE, MESSAGE)) == [
        "def f(x) -> str | None:\n    return x.close() if x is not None else None\n"
    ]


def test_a_return_is_left_alone_where_the_function_may_not() -> None:
    assert fixes(FIXER, marked("def f(x) -> str:\n    return x.<|close|>()\n", CODE, MESSAGE)) == []


def test_what_binds_a_name_or_runs_twice_is_left_alone() -> None:
    assert fixes(FIXER, marked("y = x.<|close|>()\n", CODE, MESSAGE)) == []
    assert fixes(FIXER, marked("find().<|close|>()\n", CODE, MESSAGE)) == []
    assert fixes(FIXER, marked("if x.<|close|>(): pass\n", CODE, MESSAGE)) == []
    assert fixes(FIXER, marked("a(); x.<|close|>()\n", CODE, MESSAGE)) == []


def test_a_guard_changes_meaning_and_says_so() -> None:
    (proposal,) = FIXER.propose(marked("x.<|close|>()\n", CODE, MESSAGE))
    assert not proposal.safe


def test_nothing_is_right_where_the_function_promises_a_value() -> None:
    text = "class N:\n    def f(self) -> str:\n        return self.parent.<|name|>\n"
    assert fixes(FIXER, marked(text, CODE, '"name" is not a known attribute of "None"')) == []
