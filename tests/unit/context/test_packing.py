from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.context.packing_cases import item, items, usual_mix, value, words
from understudy.context.items import WEIGHTS, Item, Level, Packed
from understudy.context.packing import SHARES, Limits, pack
from understudy.context.showing import excerpts, framed

if TYPE_CHECKING:
    from random import Random

    from understudy.context.items import Chosen

BUDGETS = st.integers(0, 500)
NO_SHARES = Limits(shares={})
_FRAME = words(framed("a/one.py", "")) + 2
"""What a piece of a file costs beside its own text, at most."""


def rendered(packed: Packed) -> str:
    return "".join(one.framed for one in excerpts(packed.chosen))


def keys(packed: Packed) -> set[tuple[str, int, str]]:
    return {one.item.key for one in packed.chosen}


@given(items(), BUDGETS)
def test_what_is_shown_never_takes_more_than_the_budget(found: list[Item], budget: int) -> None:
    packed = pack(found, budget, words)
    assert packed.tokens == words(rendered(packed)) <= max(budget, 0)


@given(items(), BUDGETS)
def test_what_is_required_is_there_or_said_to_be_shortened(found: list[Item], budget: int) -> None:
    packed = pack(found, budget, words)
    levels = {one.item.key: one.level for one in packed.chosen}
    needed = {one.key: one for one in found if one.required}
    assert packed.truncated or all(
        key in levels and levels[key].worth >= one.levels[0].worth for key, one in needed.items()
    )


@given(items(), BUDGETS)
def test_every_piece_is_shown_or_left_out_with_a_reason(found: list[Item], budget: int) -> None:
    packed = pack(found, budget, words)
    left = {(one.path, one.name) for one in packed.left_out}
    shown = {(one.item.path, one.item.name) for one in packed.chosen}
    assert left | shown == {(one.path, one.name) for one in found}
    assert not left & shown
    assert all(one.why for one in packed.left_out)


@given(items(), BUDGETS)
def test_a_piece_comes_with_what_it_must_be_shown_with(found: list[Item], budget: int) -> None:
    packed = pack(found, budget, words)
    shown = keys(packed)
    if not packed.truncated:
        assert all(
            one.item.keep_with is None or one.item.keep_with in shown for one in packed.chosen
        )


@given(items(), BUDGETS, st.integers(0, 60))
def test_a_larger_budget_never_has_less_worth_in_it(
    found: list[Item], budget: int, more: int
) -> None:
    small, large = pack(found, budget, words), pack(found, budget + more, words)
    assert value(large) >= value(small) - 1e-9


@given(items(), BUDGETS, st.integers(0, 60))
def test_a_larger_budget_loses_nothing_required_and_a_piece_only_to_a_better_one(
    found: list[Item], budget: int, more: int
) -> None:
    small, large = pack(found, budget, words), pack(found, budget + more, words)
    lost = [one for one in small.chosen if one.item.key not in keys(large)]
    gained = [one for one in large.chosen if one.item.key not in keys(small)]
    assert not [one for one in lost if one.item.required]
    assert all(
        any(is_better(new, old) for new in gained) or large_detail(large, small) for old in lost
    )


def is_better(new: Chosen, old: Chosen) -> bool:
    """Whether a piece is of a higher tier or more relevant in its own, or worth more as it is shown."""
    return _counts(new.item) >= _counts(old.item) or _worth(new) >= _worth(old)


def _worth(one: Chosen) -> float:
    return WEIGHTS[one.item.tier] * one.item.relevance * one.level.worth


def large_detail(large: Packed, small: Packed) -> bool:
    """Whether a piece that both show has more detail in the larger one."""
    before = {one.item.key: one.level.tokens for one in small.chosen}
    return any(one.level.tokens > before.get(one.item.key, 10**9) for one in large.chosen)


def _counts(one: Item) -> tuple[float, float]:
    return WEIGHTS[one.tier], one.relevance


@given(items(), BUDGETS)
def test_nothing_of_a_lower_tier_takes_the_room_of_what_surely_matters(
    found: list[Item], budget: int
) -> None:
    found = [replace(one, keep_with=None) for one in found]
    packed = pack(found, budget, words, limits=NO_SHARES)
    shown = {one.item.key: one for one in packed.chosen}
    missing = [one for one in found if one.key not in shown and one.relevance >= 0.5]
    for skipped in missing * (not packed.truncated):
        lower = [
            one
            for one in packed.chosen
            if WEIGHTS[one.item.tier] < WEIGHTS[skipped.tier] and not one.item.required
        ]
        for one in lower:
            rest = [other for other in packed.chosen if other is not one]
            freed = words("".join(other.framed for other in excerpts(rest)))
            # Packing counts a token between pieces, which these words do not have.
            between = 2 * len(packed.chosen)
            assert freed + skipped.levels[0].tokens + _FRAME + between > budget


@given(items(), BUDGETS, st.randoms(use_true_random=False))
def test_the_order_in_which_pieces_come_means_nothing(
    found: list[Item], budget: int, random: Random
) -> None:
    shuffled = found.copy()
    random.shuffle(shuffled)
    assert pack(shuffled, budget, words) == pack(found, budget, words)


@given(items(), st.integers(1, 60))
def test_a_smaller_budget_shows_pieces_in_the_same_order(found: list[Item], step: int) -> None:
    orders = [
        [one.item.key for one in pack(found, size, words).chosen] for size in (step, 10 * step)
    ]
    common = set(orders[0]) & set(orders[1])
    first, second = ([key for key in order if key in common] for order in orders)
    assert first == second


def test_hash_seeds_mean_nothing() -> None:
    program = (
        "from tests.unit.context.packing_cases import *\n"
        "from understudy.context.packing import pack\n"
        "print([(c.item.key, c.level.form) for c in pack(usual_mix(7), 2_000, words).chosen])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1


def test_worth_rises_with_every_token_of_the_budget() -> None:
    found = usual_mix(3)[::3]
    values = [value(pack(found, budget, words)) for budget in range(0, 3_000, 7)]
    assert all(before <= after + 1e-9 for before, after in pairwise(values))


def test_conventions_come_first_and_the_place_itself_last() -> None:
    found = [
        item("a.py", 1, "target_file", 1.0, [3]),
        item("z.py", 2, "required_types", 1.0, [3]),
        item("b.py", 3, "related_imports", 1.0, [3]),
        item("RULES.md", 4, "patterns", 1.0, [3]),
        item("c.py", 5, "examples", 1.0, [3]),
    ]
    paths = [one.item.path for one in pack(found, 1_000, words).chosen]
    assert paths == ["RULES.md", "b.py", "z.py", "c.py", "a.py"]


def test_a_tier_takes_no_more_than_its_share() -> None:
    found = [item("c.py", number, "examples", 0.9, [30]) for number in range(40)]
    packed = pack(found, 5_000, words, limits=Limits(nominal=1_000))
    assert 0 < sum(one.level.tokens for one in packed.chosen) <= SHARES["examples"] * 1_000
    assert {one.why for one in packed.left_out} == {"pieces of its kind have their share already"}


def test_files_that_have_little_to_do_with_the_place_are_no_filling() -> None:
    packed = pack([item("c.py", 1, "full_files", 0.05, [3])], 1_000, words)
    assert packed.chosen == ()
    assert packed.left_out[0].why == "it has too little to do with the place"


def test_a_whole_file_without_room_keeps_no_smaller_piece_out() -> None:
    large = item("a/big.py", 0, "full_files", 0.9, [400])
    small = item("a/one.py", 1, "related_imports", 0.4, [10, 30])
    packed = pack([large, small], 100, words)
    assert [(one.item.path, one.level.tokens) for one in packed.chosen] == [("a/one.py", 30)]


def test_a_bulky_piece_without_room_leaves_the_room_to_smaller_ones() -> None:
    bulky = item("a/big.py", 1, "related_imports", 0.8, [260])
    small = [item("a/one.py", n, "related_imports", 0.3, [8]) for n in range(5)]
    packed = pack([bulky, *small], 150, words)
    assert [one.item.name for one in packed.chosen] == [one.name for one in small]
    assert bulky in [one.item for one in pack([bulky, *small], 400, words).chosen]


def test_types_that_signatures_name_go_before_callers() -> None:
    type_ = item("a/types.py", 1, "required_types", 0.36, [20])
    callers = [item("a/one.py", n, "related_imports", 0.8, [20]) for n in range(3)]
    assert type_ in [one.item for one in pack([type_, *callers], 60, words).chosen]


def test_what_is_part_of_a_piece_shown_in_full_is_not_shown_twice() -> None:
    whole = replace(item("c.py", 0, "target_file", 1.0, [5, 6, 50]), stop=100, required=True)
    part = item("c.py", 3, "required_types", 1.0, [4], required=True)
    packed = pack([whole, part], 1_000, words)
    assert [one.item for one in packed.chosen] == [whole]
    assert packed.left_out == ()


def test_what_is_shown_in_full_is_there_for_all_that_it_holds() -> None:
    whole = item("c.py", 0, "full_files", 0.3, [50], stop=100, reasons=("is open",))
    whole = replace(whole, levels=(replace(whole.levels[0], form="full"),))
    parts = [
        item("c.py", 1, "required_types", 0.9, [4], required=True, reasons=("defines `a`",)),
        item("c.py", 2, "related_imports", 0.95, [4], reasons=("calls `b`",)),
        item("c.py", 3, "examples", 1.0, [400], reasons=("is alike",)),
    ]
    packed = pack([whole, *parts], 100, words)
    [one] = packed.chosen
    assert (one.item.key, one.item.tier, one.item.relevance) == (whole.key, "required_types", 0.95)
    assert one.item.required
    assert one.item.reasons == ("is open", "defines `a`", "calls `b`", "is alike")
    assert packed.left_out == ()


def test_a_file_in_brief_is_not_bought_where_other_pieces_show_all_of_it() -> None:
    brief = Level("skeleton", "def f(): ...\n# …\ndef g(): ...\n", 8, 0.85)
    whole = Level("full", "w " * 900, 900, 1.0)
    file = Item("c.py", 0, 90, "", "full_files", 0.5, (brief, whole))
    parts = [
        Item("c.py", start, start + 2, name, "required_types", 1.0, (Level("full", text, 5, 1.0),))
        for start, name, text in ((2, "f", "def f(): ...\n  pass\n"), (9, "g", "def g(): ...\n"))
    ]
    packed = pack([file, *parts], 100, words)
    assert [one.item.name for one in packed.chosen] == ["f", "g"]
    assert [(one.path, one.why.split()[0]) for one in packed.left_out] == [("c.py", "all")]
    assert file in [one.item for one in pack([file, parts[0]], 100, words).chosen]
    assert [one.level.form for one in pack([file, *parts], 2_000, words).chosen] == ["full"]


def test_too_much_that_is_required_is_shortened_to_lines_and_said() -> None:
    found = [item("c.py", n, "required_types", 1 - n / 100, [40], required=True) for n in range(20)]
    packed = pack(found, 130, words)
    assert packed.truncated
    assert packed.tokens <= 130
    assert len(packed.chosen) == 20
    assert [one.level.form for one in packed.chosen][:2] == ["signature", "mention"]


def test_pieces_of_one_file_have_one_heading() -> None:
    found = [item("c.py", n, "required_types", 1.0, [2], required=True) for n in range(3)]
    [excerpt] = excerpts(pack(found, 100, words).chosen)
    assert excerpt.text == "w w \n\nw w \n\nw w "


def test_the_nearest_come_first_among_equals() -> None:
    found = [
        item(path, 1, "related_imports", 0.5, [10]) for path in ("x/a.py", "p/q/a.py", "p/r/a.py")
    ]
    packed = pack(found, 20, words, here="p/r/here.py")
    assert [one.item.path for one in packed.chosen] == ["p/r/a.py"]
    assert [one.path for one in packed.left_out] == ["p/q/a.py", "x/a.py"]


def test_of_two_pieces_with_one_key_the_more_important_is_taken_with_all_reasons() -> None:
    low = item("c.py", 1, "examples", 1.0, [2], reasons=("similar",), required=True)
    high = item("c.py", 1, "required_types", 1.0, [2], reasons=("named",))
    [chosen] = pack([low, high], 100, words).chosen
    assert (chosen.item.tier, chosen.item.reasons) == ("required_types", ("named", "similar"))
    assert chosen.item.required
