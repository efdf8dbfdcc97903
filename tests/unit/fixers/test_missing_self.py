from __future__ import annotations

import pytest

from tests.unit.fixers.name_problems import fixes, undefined
from understudy.fixers.missing_self import FIXER


def test_a_method_that_uses_self_takes_it() -> None:
    text = "class A:\n    def f(x):\n        return <|self|>.y\n"
    assert fixes(FIXER, undefined(text)) == [
        "class A:\n    def f(self, x):\n        return self.y\n"
    ]


def test_a_method_without_parameters_takes_it_alone() -> None:
    text = "class A:\r\n    def f():\r\n        return '😀', <|self|>.y\r\n"
    assert "def f(self):\r\n" in fixes(FIXER, undefined(text))[0]


def test_functions_and_static_methods_do_not_take_it() -> None:
    assert fixes(FIXER, undefined("def f():\n    return <|self|>.y\n")) == []
    text = "class A:\n    @staticmethod\n    def f():\n        return <|self|>.y\n"
    assert fixes(FIXER, undefined(text)) == []


def test_a_member_is_reached_through_self() -> None:
    text = (
        "class A:\n    def __init__(self):\n        self.total = 0\n"
        "    def f(self):\n        return <|total|>\n"
    )
    assert fixes(FIXER, undefined(text))[0].endswith("return self.total\n")


def test_a_name_that_is_no_member_is_left_alone() -> None:
    text = "class A:\n    def f(self):\n        return <|total|>\n"
    assert fixes(FIXER, undefined(text)) == []


HEAD = "class A:\n    def __init__(self):\n        self.name = 0\n\n"


@pytest.mark.parametrize(
    "method",
    [
        "    def f(self, nme):\n        self.name = <|name|>\n",
        "    def f(self):\n        self.x, self.name = 1, <|name|>\n",
        "    def f(self, other):\n        return self.name == <|name|>\n",
        "    def f(self, nme):\n        print(<|name|>)\n",
        "    def name(self):\n        return <|name|>\n",
        "    def f(self):\n        if self.name:\n            self.name = <|name|> or 1\n",
        "    @classmethod\n    def f(cls):\n        return <|name|>\n",
    ],
)
def test_the_bare_name_may_be_another_thing_than_the_member(method: str) -> None:
    assert fixes(FIXER, undefined(HEAD + method)) == []


def test_a_block_below_does_not_count_as_the_statement() -> None:
    method = "    def f(self):\n        if <|name|>:\n            print(self.name)\n"
    assert "if self.name:" in fixes(FIXER, undefined(HEAD + method))[0]


@pytest.mark.parametrize("first", ["slef", "this", "_self"])
def test_a_method_that_calls_the_object_otherwise_gets_no_second_one(first: str) -> None:
    text = f"class A:\n    def f({first}, x):\n        return <|self|>.y\n"
    renamed = "class A:\n    def f(self, x):\n        return self.y\n"
    assert fixes(FIXER, undefined(text)) == [renamed]


def test_a_parameter_that_is_used_under_its_own_name_keeps_it() -> None:
    text = "class A:\n    def f(this, x):\n        this.z = x\n        return <|self|>.y\n"
    assert fixes(FIXER, undefined(text)) == []
