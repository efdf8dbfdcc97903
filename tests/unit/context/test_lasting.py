"""What one prompt about a file keeps of the one before."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.context.packing_cases import item, items, value, words
from understudy.context.lasting import Last, choose_again, last_of
from understudy.context.packing import pack
from understudy.context.showing import excerpts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.context.items import Item, Packed

BUDGETS = st.integers(0, 500)


def chosen(found: Sequence[Item], budget: int, last: Last | None = None) -> Packed:
    return choose_again(found, last, budget, 0.5, partial(pack, budget=budget, count=words))


def rendered(packed: Packed) -> str:
    return "".join(one.framed for one in excerpts(packed.chosen))


def known_of(found: Sequence[Item], budget: int) -> tuple[Packed, Last | None]:
    packed = chosen(found, budget)
    return packed, None if packed.truncated else last_of(packed, found)


@given(items(), BUDGETS)
def test_the_same_request_again_is_the_same_to_the_byte(found: list[Item], budget: int) -> None:
    first, last = known_of(found, budget)
    again = chosen(found, budget, last)
    assert rendered(again) == rendered(first)
    assert again.tokens == first.tokens
    if last is not None:
        assert rendered(chosen(found, budget, last_of(again, found))) == rendered(first)


@given(items(), items(), BUDGETS, BUDGETS)
def test_whatever_was_shown_before_the_budget_is_kept_and_nothing_required_is_missing(
    before: list[Item], found: list[Item], former: int, budget: int
) -> None:
    _, last = known_of(before, former)
    packed = chosen(found, budget, last)
    assert packed.tokens == words(rendered(packed)) <= budget
    shown = {one.item.key for one in packed.chosen}
    assert packed.truncated or {one.key for one in found if one.required} <= shown
    left = {(one.path, one.name) for one in packed.left_out}
    assert left | {(one.item.path, one.item.name) for one in packed.chosen} == {
        (one.path, one.name) for one in found
    }


@given(items(), BUDGETS, st.integers(0, 500))
def test_a_larger_budget_never_has_less_worth_in_it_than_the_last_choice(
    found: list[Item], budget: int, more: int
) -> None:
    first, last = known_of(found, budget)
    if last is not None:
        assert value(chosen(found, budget + more, last)) >= value(first) - 1e-9


def definition(number: int, path: str, **more: object) -> Item:
    return item(path, number, "required_types", 0.9, [5], required=True, digest="1", **more)


def test_what_is_new_stands_behind_what_was_there() -> None:
    target = item("z.py", 9, "target_file", 1.0, [5], required=True)
    old = [definition(2, "b.py"), definition(3, "c.py"), target]
    first, last = known_of(old, 500)
    new = [definition(0, "a.py"), definition(1, "b.py"), *old]
    packed = chosen(new, 500, last)
    paths = [one.path for one in excerpts(packed.chosen)]
    assert paths == ["b.py", "c.py", "a.py", "b.py", "z.py"]
    beginning = rendered(first).partition("From z.py")[0]
    assert rendered(packed).startswith(beginning)
    # What is new today is old tomorrow.
    assert rendered(chosen(new, 500, last_of(packed, new))) == rendered(packed)


def test_a_piece_whose_file_has_changed_is_new() -> None:
    old = [definition(1, "a.py"), definition(2, "b.py")]
    _, last = known_of(old, 500)
    packed = chosen([replace(old[0], digest="2"), old[1]], 500, last)
    assert [one.path for one in excerpts(packed.chosen)] == ["b.py", "a.py"]


def test_what_is_no_candidate_any_more_is_not_shown() -> None:
    old = [definition(1, "a.py"), definition(2, "b.py")]
    _, last = known_of(old, 500)
    assert [one.item.path for one in chosen(old[1:], 500, last).chosen] == ["b.py"]


def test_a_little_more_room_changes_nothing_and_much_more_does() -> None:
    found = [definition(1, "a.py"), item("b.py", 2, "examples", 0.4, [30])]
    first, last = known_of(found, 40)
    assert [one.item.path for one in first.chosen] == ["a.py"]
    assert [one.item.path for one in chosen(found, 50, last).chosen] == ["a.py"]
    assert len(chosen(found, 100, last).chosen) == 2


def test_something_new_that_surely_matters_is_not_passed_over() -> None:
    found = [definition(1, "a.py")]
    _, last = known_of(found, 100)
    caller = item("b.py", 2, "related_imports", 0.8, [10])
    distant = item("c.py", 3, "related_imports", 0.3, [10])
    assert len(chosen([*found, distant], 100, last).chosen) == 1
    assert len(chosen([*found, caller], 100, last).chosen) == 2


def test_a_required_piece_in_a_file_that_was_shown_in_full_is_nothing_new() -> None:
    whole = item("c.py", 0, "full_files", 0.3, [9, 12, 15], stop=100)
    part = item("c.py", 3, "required_types", 1.0, [4], required=True)
    other = item("b.py", 4, "related_imports", 0.4, [9])
    first, last = known_of([whole, part], 100)
    assert [one.item.name for one in first.chosen] == ["name0"]
    again = chosen([whole, part, other], 100, last)
    assert [one.item.name for one in again.chosen] == ["name0"]
    assert [one.path for one in again.left_out] == ["b.py"]
