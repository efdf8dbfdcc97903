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
    [("true", "True"), ("null", "None"), ("flase", "False"), ("nil", "None"), ("Ture", "True")],
)
def test_constants_and_builtins_are_known(wrong: str, right: str) -> None:
    assert fixes(FIXER, undefined(f"x = <|{wrong}|>\n"))[0] == f"x = {right}\n"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("<|pritn|>(x)", "print"),
        ("<|pirnt|>(x)", "print"),
        ("<|prnt|>(x)", "print"),
        ("<|printt|>(x)", "print"),
        ("<|enumrate|>(x)", "enumerate"),
        ("map(<|rnage|>, x)", "range"),
        ("<|lsit|>(x)", "list"),
        ("raise <|ValueErorr|>(x)", "ValueError"),
        ("raise <|valueError|>", "ValueError"),
    ],
)
def test_a_builtin_is_known_by_one_clear_slip(wrong: str, right: str) -> None:
    found = fixes(FIXER, undefined(f"{wrong}\n"))
    name = wrong[wrong.index("<|") : wrong.index("|>") + 2]
    assert found == [f"{wrong.replace(name, right)}\n"]


@pytest.mark.parametrize(
    "text",
    [
        *("print(<|idx|>, row)", "f(<|str_|>)", "f(<|lst|>)", "f(<|se|>)", "f(<|obj|>)"),
        *(
            "<|compute|>()",
            "<|compil|>()",
            "f(<|ids|>)",
            "f(<|byte|>)",
            "<|byte|>(x)",
            "f(<|pint|>)",
        ),
        *("f(<|tree|>)", "f(<|input_|>)", "f(<|inputs|>)", "f(<|exception|>)", "<|Filter|>(x)"),
        *("f(<|exti|>)", "x = <|copyrigth|>", "<|List|>[int]", "f(<|forma|>.x)"),
    ],
)
def test_a_name_that_is_a_word_of_its_own_is_no_builtin(text: str) -> None:
    assert fixes(FIXER, undefined(f"{text}\n")) == []


@pytest.mark.parametrize(
    ("bound", "wrong"),
    [
        *(
            ("ids", "idx"),
            ("row", "raw"),
            ("key", "keys"),
            ("item", "items"),
            ("min_len", "max_len"),
            ("arg1", "arg2"),
        ),
        *(("parser", "parsed"), ("parse", "parser"), ("side_a", "side_c"), ("rows", "cols")),
        *(("num_rows", "num_cols"), ("left_idx", "left_ids"), ("name", "game"), ("lines", "links")),
        *(("reader", "header"), ("value1", "value"), ("start_time", "stop_time")),
    ],
)
def test_another_word_is_not_a_misspelt_one(bound: str, wrong: str) -> None:
    assert fixes(FIXER, undefined(f"def f({bound}):\n    g({bound})\n    g(<|{wrong}|>)\n")) == []


@pytest.mark.parametrize(
    ("bound", "wrong"),
    [
        *(("row", "rwo"), ("item", "itme"), ("result", "reslt")),
        *(("visitor", "visiter"), ("user_name", "user_nmae"), ("user_id", "userId")),
        *(("separator", "seperator"), ("occurrence", "ocurence"), ("_cache", "cache")),
    ],
)
def test_a_slip_is_put_right(bound: str, wrong: str) -> None:
    before = f"def f({bound}):\n    g({bound})\n    g("
    assert fixes(FIXER, undefined(f"{before}<|{wrong}|>)\n")) == [f"{before}{bound})\n"]


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
    problem = undefined("def f(colour, colors):\n    print(colour, colors, <|color|>)\n")
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


def test_a_standard_module_is_not_another_name_misspelt() -> None:
    text = "def symtable(x):\n    return <|_symtable|>.symtable(x)\n"
    assert fixes(FIXER, undefined(text)) == []


@pytest.mark.parametrize(
    ("bound", "wrong"), [("user", "User"), ("timeout", "TIMEOUT"), ("Order", "order")]
)
def test_a_name_of_another_style_is_another_name(bound: str, wrong: str) -> None:
    assert fixes(FIXER, undefined(f"def f({bound}):\n    g({bound})\n    g(<|{wrong}|>)\n")) == []
