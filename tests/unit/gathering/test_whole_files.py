"""Whole files: those that are open count only where something links them to the place."""

from __future__ import annotations

import pytest

from tests.unit.gathering.places import candidates, count, of_tier
from tests.unit.gathering.test_gather import FILES, PLACE
from understudy.context.packing import USUAL, pack
from understudy.gathering.making import Signals

NOTES = "".join(f"def plan_{n}(day):\n    return day + {n}\n\n\n" for n in range(9))
TABS = {"zz/notes.py": NOTES, "go/main.go": "package main\n\nfunc main() {}\n"}


@pytest.mark.parametrize("path", TABS)
def test_an_open_file_that_nothing_links_to_the_place_is_not_sent(path: str) -> None:
    signals = Signals(count, open_files=(path,), recent=(path,))
    found = candidates({**FILES, **TABS}, *PLACE, signals=signals)
    packed = pack(found.items, 8_000, count, here=PLACE[0])
    assert path not in {one.item.path for one in packed.chosen}
    told = {one.path: one.why for one in packed.left_out}
    assert told[path] == "it has too little to do with the place"


@pytest.mark.parametrize("path", ["shop/order.py", "shop/store.py", "shop/caller.py"])
def test_an_open_file_that_is_needed_imported_or_a_caller_may_be_sent_whole(path: str) -> None:
    found = candidates(FILES, *PLACE, signals=Signals(count, open_files=(path,)))
    assert of_tier(found, "full_files")[path, ""].relevance >= USUAL.floor


def test_an_open_file_that_changes_together_with_the_document_may_be_sent_whole() -> None:
    path = "zz/notes.py"
    signals = Signals(count, open_files=(path,), together={path: 0.5})
    found = candidates({**FILES, **TABS}, *PLACE, signals=signals)
    assert of_tier(found, "full_files")[path, ""].relevance >= USUAL.floor


def test_linked_files_go_before_other_open_ones() -> None:
    tabs = {f"zz/tab{n}.py": NOTES for n in range(9)}
    signals = Signals(count, open_files=(*tabs, "shop/store.py"))
    found = candidates({**FILES, **tabs}, *PLACE, signals=signals)
    assert ("shop/store.py", "") in of_tier(found, "full_files")
