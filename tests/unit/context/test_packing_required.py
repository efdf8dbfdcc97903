"""A larger budget has at least as much of all that is required."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.context.packing_cases import items, usual_mix, words
from understudy.context.absorbing import in_full, is_within
from understudy.context.packing import pack

if TYPE_CHECKING:
    from understudy.context.items import Item, Packed


@given(items(), st.integers(0, 500), st.integers(0, 60))
def test_a_larger_budget_never_shows_less_of_what_is_required(
    found: list[Item], budget: int, more: int
) -> None:
    small, large = pack(found, budget, words), pack(found, budget + more, words)
    for one in found:
        if one.required:
            assert detail(one, large) >= detail(one, small)


@pytest.mark.parametrize("seed", range(6))
def test_so_it_is_with_as_many_pieces_as_there_are_in_a_project(seed: int) -> None:
    found = usual_mix(seed)
    packed = [pack(found, budget, words) for budget in range(400, 6_001, 200)]
    for one in found:
        if one.required:
            details = [detail(one, each) for each in packed]
            assert details == sorted(details)


def detail(item: Item, packed: Packed) -> float:
    """What is shown of a piece, by the worth of its level; a part of another one is shown in full."""
    shown = {one.item.key: one.level.worth for one in packed.chosen}
    if item.key not in shown and is_within(item, in_full(packed.chosen)):
        return 1.0
    return shown.get(item.key, 0.0)
