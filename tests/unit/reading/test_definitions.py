from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.reading.definitions import defined, is_another_whole
from understudy.reading.symbols import names_of, tree_of

TEXT = '''\
"""A module."""
import os


class A:
    def f(self):
        def inner():
            return 1
        return inner

    async def g(self):
        """
        def not_this():
        """


def h():
    return os.sep
'''
FILE = TEXT.split("\n")


def test_functions_classes_and_methods_are_named_as_the_syntax_tree_has_them() -> None:
    tree = tree_of(FILE)
    assert tree is not None
    assert defined(FILE) == set(names_of(tree)) == {"A", "A.f", "A.g", "h"}


def test_where_strings_are_not_certain_nothing_is_named() -> None:
    assert defined(["def f():", "    '''"]) is None


@pytest.mark.parametrize(
    ("new", "certain"),
    [
        (FILE, True),
        ([*FILE, "def more():", "    pass"], True),
        (FILE[:16], True),
        (["def f(self):", "    return 1"], False),
        (["import os", "", "x = 1"], False),
        (["@cache", "def h():", "    return 2"], False),
        (["# The function.", "def h():", "    return 2"], False),
        (["def f():", "    pass", "", "def h():", "    pass"], False),
    ],
)
def test_only_what_keeps_most_definitions_and_is_not_one_is_certain_to_be_whole(
    new: list[str], *, certain: bool
) -> None:
    assert is_another_whole(new, FILE) is certain


@given(st.lists(st.text(alphabet="defclas f():'\"#\n\t", max_size=20), max_size=10))
def test_any_lines_are_looked_at(lines: list[str]) -> None:
    assert is_another_whole(lines, FILE) in {True, False}
