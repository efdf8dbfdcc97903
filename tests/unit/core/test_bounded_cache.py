"""Caches that are bounded by weight."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.bounded_cache import bounded_cache


class Asked:
    """A function with a cache of 1,000, and what it was really called with."""

    def __init__(self) -> None:
        self.calls: list[str] = []

        @bounded_cache(1_000, lambda found, _: len(found))
        def double(text: str) -> str:
            self.calls.append(text)
            if not text:
                raise ValueError("nothing to double")
            return text * 2

        self.ask = double


def test_an_answer_is_computed_once() -> None:
    asked = Asked()
    assert [asked.ask("a"), asked.ask("a")] == ["aa", "aa"]
    assert asked.calls == ["a"]


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    asked = Asked()
    first, second, third = "a" * 200, "b" * 200, "c" * 200
    for text in (first, second, first, third, first, second):
        asked.ask(text)
    assert asked.calls == [first, second, third, second]


def test_an_answer_that_is_too_heavy_is_kept_until_the_next_one() -> None:
    asked = Asked()
    for text in ("a", "b" * 600, "b" * 600, "a", "b" * 600):
        asked.ask(text)
    assert asked.calls == ["a", "b" * 600, "a", "b" * 600]


def test_small_answers_are_bounded_as_well() -> None:
    asked = Asked()
    for number in range(20):
        asked.ask(str(number))
    asked.ask("19")
    asked.ask("0")
    assert asked.calls == [*map(str, range(20)), "0"]


def test_a_failure_is_not_remembered() -> None:
    asked = Asked()
    for _ in range(2):
        with pytest.raises(ValueError, match="nothing to double"):
            asked.ask("")
    assert asked.calls == ["", ""]


@given(st.lists(st.integers(min_value=1, max_value=800)))
def test_what_is_held_never_weighs_more_than_the_limit_or_the_last_answer(sizes: list[int]) -> None:
    alive: dict[int, int] = {}

    class Answer:
        def __init__(self, size: int) -> None:
            self.size = size
            alive[id(self)] = size

        def __del__(self) -> None:
            del alive[id(self)]

    @bounded_cache(1_000, lambda found, _number, _size: found.size)
    def answer(_number: int, size: int) -> Answer:
        return Answer(size)

    for number, size in enumerate(sizes):
        answer(number, size)
        assert sum(alive.values()) <= max(1_000, size)


def test_threads_may_share_it() -> None:
    asked = Asked()
    texts = [str(number % 30) for number in range(3_000)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(asked.ask, texts)) == [text * 2 for text in texts]
