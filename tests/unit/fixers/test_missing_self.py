from __future__ import annotations

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
