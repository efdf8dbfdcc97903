from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.learning.lessons import lesson
from understudy.core.failures import FailureCategory as F
from understudy.failures.fingerprint import fingerprint
from understudy.learning.identity import digest, identity, near
from understudy.learning.lesson import Remedy, Scope, Trigger


def about(message: str, code: str = "", symbol: str = "") -> Trigger:
    return Trigger(F.TYPE_ERROR, code, fingerprint(F.TYPE_ERROR, "tool", code, message), symbol)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Name 'total' is not defined", "Name 'price' is not defined"),
        ("No such file: /home/me/a.py", "No such file: C:\\Users\\you\\b.py"),
        ("Expected 3 arguments, got 2", "expected 7 arguments, got 11"),
        ('Can\'t find "x" at line 12', "can't find `y` at line 3"),
    ],
)
def test_case_paths_numbers_and_quotations_make_no_other_lesson(one: str, other: str) -> None:
    first, second = (lesson(trigger=about(text)) for text in (one, other))
    assert identity(first) == identity(second)


def test_what_makes_another_lesson() -> None:
    known = lesson(trigger=about("Name 'a' is not defined", symbol="shop.basket"))
    others = [
        replace(known, trigger=replace(known.trigger, category=F.IMPORT_ERROR)),
        replace(known, trigger=about("Missing argument", symbol="shop.basket")),
        replace(known, trigger=replace(known.trigger, symbol="shop.till")),
        replace(known, scope=Scope(language="go")),
        replace(known, remedy=Remedy("model_param", "temperature=0")),
    ]
    assert len({identity(one) for one in (known, *others)}) == 6


def test_other_words_and_another_place_make_no_other_lesson_and_need_a_new_agreement() -> None:
    known = lesson()
    for other in (
        replace(known, remedy=Remedy("prompt_fragment", "Something else.")),
        replace(known, scope=Scope(model="acme/small", language="python")),
    ):
        assert identity(other) == identity(known)
        assert digest(other) != digest(known)


def test_a_symbol_is_compared_without_case_and_quotation_marks() -> None:
    one, other = (lesson(symbol=name) for name in ("`Shop\\Till`", "shop/till"))
    assert identity(one) == identity(other)


def test_a_code_that_says_everything_counts_alone() -> None:
    one = lesson(trigger=about("Undefined name", code="TS2304"))
    other = lesson(trigger=Trigger(F.TYPE_ERROR, code="ts2304"))
    assert identity(one) == identity(other)


def test_lessons_that_are_nearly_the_same_are_found_and_not_taken_for_one() -> None:
    one = lesson("When you edit python, do not leave an unused import behind.", symbol="a")
    like = lesson("When you edit python, do not leave an unused import behind!", symbol="b")
    far = lesson("Keep functions short.", code="C901")
    assert near(one, [one, like, far]) == (like,)
    over = replace(like, state="retired")
    assert near(one, [replace(like, review="rejected"), over]) == near(over, [one]) == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_an_identity(symbol: str, body: str) -> None:
    assert len(identity(lesson(body, symbol=symbol))) == 16
