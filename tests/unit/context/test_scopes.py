from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.fixers.name_problems import TEXTS
from understudy.context.scopes import scopes_of

TEXT = """\
import os, a.b as c
from x import (y, z as w)

class K:
    attr = 1

    def m(self, p, *args, q: int = 3, **kw):
        loc, (u, *v) = 1, (2, 3)
        with open("π😀") as handle:
            pass
        try:
            pass
        except E as error:
            print(HERE)
        r = [i for i in kw if (walrus := i)]
        def inner(hidden):
            return lambda unseen: unseen
        global everywhere
        everywhere = 1
        match p:
            case {"a": captured, **rest}:
                pass
    BODY

after = 1
"""


def names_at(text: str, mark: str) -> list[str]:
    return [binding.name for binding in scopes_of(text).visible(text.index(mark))]


def test_a_function_sees_its_own_names_and_the_modules() -> None:
    seen = names_at(TEXT, "HERE")
    expected = "error handle loc u v self p args q kw r walrus inner captured rest everywhere"
    assert set(expected.split()) <= set(seen)
    assert {"os", "c", "y", "w", "K", "after"} <= set(seen)


def test_a_function_does_not_see_into_classes_and_other_functions() -> None:
    assert {"attr", "m", "hidden", "unseen", "i", "a", "z"}.isdisjoint(names_at(TEXT, "HERE"))


def test_a_class_body_sees_its_own_names() -> None:
    assert {"attr", "m"} <= set(names_at(TEXT, "BODY"))


def test_the_innermost_and_nearest_name_comes_first() -> None:
    seen = names_at(TEXT, "HERE")
    assert seen[:2] == ["error", "handle"]
    assert seen.index("self") < seen.index("os")


def test_names_in_a_comprehension_are_seen_inside_it_only() -> None:
    text = "x = [HERE for item in items]\nTHERE\n"
    assert "item" in names_at(text, "HERE")
    assert "item" not in names_at(text, "THERE")


def test_broken_code_still_has_names() -> None:
    text = "def f(first, second)\n    total = first\n    return HERE\n\nclass B(:\n    import os\n"
    assert {"first", "second", "total", "f"} <= set(names_at(text, "HERE"))


@given(text=TEXTS, offset=st.integers(-3, 400))
def test_any_text_has_names_that_stand_in_it(text: str, offset: int) -> None:
    for binding in scopes_of(text).visible(offset):
        assert binding.name in text or "\ufffd" in binding.name
