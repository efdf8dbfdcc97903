from __future__ import annotations

import pytest

from tests.unit.fixers.name_problems import fixes, marked, undefined
from understudy.fixers.did_you_mean import FIXER


def test_a_swapped_letter_is_put_right_from_the_parameters() -> None:
    text = "def f(values):\n    return <|vlaues|>\n"
    assert fixes(FIXER, undefined(text))[0] == "def f(values):\n    return values\n"


def test_text_in_front_that_is_not_ascii_does_not_shift_the_edit() -> None:
    text = 's = "π😀"\r\ncount = 1\r\nprint(s, <|cuont|>)\r\n'
    assert fixes(FIXER, undefined(text))[0].endswith("print(s, count)\r\n")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("true", "True"), ("null", "None"), ("flase", "False"), ("nil", "None"), ("prnt", "print")],
)
def test_constants_and_builtins_are_known(wrong: str, right: str) -> None:
    assert fixes(FIXER, undefined(f"x = <|{wrong}|>\n"))[0] == f"x = {right}\n"


def test_a_difference_in_case_comes_first() -> None:
    text = "def f(user_id, userid2):\n    return <|userId|>\n"
    assert fixes(FIXER, undefined(text))[0].endswith("return user_id\n")


def test_a_name_of_another_function_is_not_offered() -> None:
    text = "def f():\n    result = 1\n\ndef g():\n    return <|reslt|>\n"
    assert fixes(FIXER, undefined(text)) == []


def test_an_attribute_of_the_class_is_not_offered_as_a_name_in_a_method() -> None:
    text = "class A:\n    total = 1\n    def f(self):\n        return <|totl|>\n"
    assert fixes(FIXER, undefined(text)) == []


def test_nothing_far_fetched_is_offered() -> None:
    assert fixes(FIXER, undefined("def f(a, count):\n    return <|round_trip|>\n")) == []
    assert fixes(FIXER, undefined("def f(a, b):\n    return <|c|>\n")) == []


def test_a_builtin_is_offered_only_if_it_has_what_the_code_takes_from_it() -> None:
    assert fixes(FIXER, undefined("x = <|exceptions|>.CancelledError\n")) == []
    assert fixes(FIXER, undefined("x = <|dcit|>.fromkeys(y)\n"))[0] == "x = dict.fromkeys(y)\n"


def test_the_name_of_a_standard_module_is_no_builtin_or_import_misspelt() -> None:
    assert fixes(FIXER, undefined("def f(_warn=<|warnings|>): ...\n")) == []
    text = "from os import urandom as _urandom\nclass A(<|_random|>.Random): ...\n"
    assert fixes(FIXER, undefined(text)) == []


def test_the_name_that_the_same_statement_binds_is_not_offered() -> None:
    assert fixes(FIXER, undefined("def f():\n    total = <|totl|> + 1\n    return total\n")) == []


def test_equal_candidates_have_equal_ranks() -> None:
    problem = undefined("def f(bar_a, bar_b):\n    print(bar_a, bar_b, <|bar_c|>)\n")
    first, second = FIXER.propose(problem)
    assert first.rank == second.rank


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("reportUndefinedVariable", '"vlaues" is not defined'),
        ("name-defined", 'Name "vlaues" is not defined'),
        ("", "name 'vlaues' is not defined"),
    ],
)
def test_every_tools_words_are_understood(code: str, message: str) -> None:
    problem = marked("def f(values):\n    <|return vlaues|>\n", code, message)
    assert fixes(FIXER, problem) == ["def f(values):\n    return values\n"]
