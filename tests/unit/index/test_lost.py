from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from understudy.index.lost import lost_definitions

SHOP = """LIMIT = 3


class Cart:
    def add(self, item):
        self.items.append(item)

    def clear(self):
        self.items = []


def total(cart):
    return sum(cart.items)
"""
GO = "package x\n\nfunc One() int {\n\treturn 1\n}\n\nfunc Two() int {\n\treturn 2\n}\n"


def lost(before: str, after: str, language: str = "python") -> list[str]:
    return [one.name for one in lost_definitions(before, after, language)]


def test_a_method_a_function_and_a_name_at_the_top_that_are_gone_are_told() -> None:
    assert lost(SHOP, SHOP.replace("    def clear(self):\n        self.items = []\n", "")) == [
        "clear"
    ]
    assert lost(SHOP, SHOP[: SHOP.index("def total")]) == ["total"]
    assert lost(SHOP, SHOP.replace("LIMIT = 3\n", "")) == ["LIMIT"]


def test_what_stands_within_something_that_is_gone_goes_with_it() -> None:
    after = SHOP[: SHOP.index("class Cart")] + SHOP[SHOP.index("def total") :]
    assert lost(SHOP, after) == ["Cart"]


def test_what_moves_or_gets_another_name_is_not_lost() -> None:
    assert lost(SHOP, SHOP.replace("total(", "sum_of(")) == []
    method = "    def clear(self):\n        self.items = []\n"
    assert (
        lost(SHOP, SHOP.replace(method, "") + "\n\ndef clear(self):\n    self.items = []\n") == []
    )


def test_what_is_defined_within_a_function_does_not_count() -> None:
    before = "def outer():\n    def inner():\n        return 1\n    return inner()\n"
    assert lost(before, "def outer():\n    return 1\n") == []


def test_other_languages_have_definitions_too_and_some_have_none() -> None:
    assert lost(GO, GO[: GO.index("func Two")], "go") == ["Two"]
    assert lost(GO, "", "plaintext") == []


def test_one_of_two_of_a_name_is_told_with_the_other_one_that_stays() -> None:
    twice = "def f():\n    return 1\n\n\ndef f():\n    return 2\n"
    (found,) = lost_definitions(twice, twice[: twice.index("\n\n\ndef") + 1], "python")
    assert (found.name, found.again) == ("f", True)


@given(st.text(alphabet="def fg():\n \tclass=1", max_size=120), st.text(max_size=60))
def test_any_two_texts_can_be_compared(before: str, after: str) -> None:
    assert {one.name for one in lost_definitions(before, after, "python")}.isdisjoint({""})
    assert lost_definitions(before, before, "python") == ()


KOTLIN = "class A {\n    fun a() {\n        x()\n    }\n\n    fun b() {\n        y(1)\n    }\n}\n\nval z = 1\n"


def test_a_language_without_outline_has_its_definitions_by_its_tree() -> None:
    method = "    fun b() {\n        y(1)\n    }\n"
    assert lost(KOTLIN, KOTLIN.replace(method, ""), "kotlin") == ["b"]
    assert lost(KOTLIN, KOTLIN.replace("val z = 1\n", ""), "kotlin") == ["z"]
    assert (
        lost(KOTLIN, KOTLIN.replace(method, "").replace("val z", f"{method}\nval z"), "kotlin")
        == []
    )
    assert lost(KOTLIN, KOTLIN.replace("fun b", "fun c"), "kotlin") == []
    ruby = "def a\n  x = <<~E\n    def b\n  E\nend\n"
    assert lost(ruby, ruby.replace("    def b\n", ""), "ruby") == []


def test_what_only_names_tell_is_lost_without_its_name_and_its_lines() -> None:
    before = "build: a.c\n\tcc a.c\n\nclean:\n\trm -f a.o\n"
    assert lost(before, "build: a.c\n\tcc -O2 a.c\n", "makefile") == ["clean"]
    assert lost(before, before.replace("clean:", "tidy:"), "makefile") == []
    assert lost(before, before.replace("clean:\n\trm -f a.o", "test:\n\t./a"), "makefile") == [
        "clean"
    ]


def test_a_line_that_defines_a_name_is_another_one_when_its_words_are() -> None:
    before = "[tool]\ntarget = 'py311'\nline-length = 100\n"
    assert lost(before, before.replace("line-length = 100", "select = ['E']"), "toml") == [
        "line-length"
    ]
    assert lost(before, before.replace("line-length", "max-length"), "toml") == []
