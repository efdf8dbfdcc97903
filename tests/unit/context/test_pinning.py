from __future__ import annotations

from understudy.context.items import Item, Level, Tier
from understudy.context.pinning import PINNED, pinned


def item(path: str, start: int, stop: int, tier: Tier = "examples") -> Item:
    return Item(path, start, stop, f"n{start}", tier, 0.4, (Level("full", "x", 1, 1.0),))


SMALL, LARGE, OTHER = item("a.py", 2, 5), item("a.py", 0, 9, "full_files"), item("b.py", 2, 5)
TARGET = item("t.py", 0, 9, "target_file")


def test_the_smallest_piece_that_holds_a_pinned_line_becomes_required() -> None:
    found = pinned((LARGE, SMALL, OTHER), [("a.py", 3)], [])
    assert [one.required for one in found.items] == [False, True, False]
    assert found.items[1].reasons == (PINNED,)
    assert found.items[1].relevance == 1.0


def test_nothing_that_holds_a_banned_line_is_left_but_the_file_that_is_worked_on() -> None:
    found = pinned((LARGE, SMALL, OTHER, TARGET), [], [("a.py", 2), ("t.py", 1)])
    assert found.items == (OTHER, TARGET)
    assert [one.why for one in found.left_out] == [
        "it holds line 3, which you banned",
        "you banned it",
    ]


def test_a_ban_wins_over_a_pin_and_that_is_told() -> None:
    found = pinned((SMALL,), [("a.py", 2)], [("a.py", 2)])
    assert found.items == ()
    assert [one.path for one in found.left_out] == ["a.py", "a.py"]


def test_without_pins_nothing_changes() -> None:
    assert pinned((LARGE, SMALL), [], []).items == (LARGE, SMALL)
