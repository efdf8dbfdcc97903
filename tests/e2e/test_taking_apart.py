"""Parts of an edit are offered one by one where each leaves nothing worse alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.modelled import ended
from tests.e2e.several import PATCH, RENAMED, SHOP, USE, Shop, ask
from understudy.config.paths import journal_file
from understudy.journal.queries import recent_runs, run_details

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.e2e.workbench import Workbench
    from tests.providers.scripted import ServerInThread

APART = """*** Begin Patch
*** Update File: shop.py
@@
-def total(prices):
-    return sum(prices)  # π😀
+def total(prices):
+    return sum(prices, 0)  # π😀
@@
-    return max(prices)
+    return max(prices, default=0)
*** Update File: use.py
@@
-print(total([2, 3]))
+print(total([2, 4]))
*** End Patch
"""


@pytest.fixture
def waiting(
    home: Path, workspace: Path, near: NearServer, provider: ServerInThread
) -> Callable[[str], Workbench]:
    """An edit of two open files that waits in the menu."""

    def open_it(reply: str) -> Workbench:
        bench = Shop(home, workspace, near, provider)(reply, failureHandling="transactional")
        bench.open_beside(workspace / "use.py", USE)
        bench.confirm = False
        ask(bench, "Mind empty lists, also in use.py.")
        bench.wire.wait_for("workspace/applyEdit")
        ended(bench)
        return bench

    return open_it


def entries(bench: Workbench, word: str) -> dict[str, dict[str, Any]]:
    """What is offered at a word, by the beginning of its title."""
    found = bench.actions(word)
    return {one["title"].removeprefix("Understudy: ").partition(":")[0]: one for one in found}


def take_apart(bench: Workbench) -> str:
    before = len(bench.wire.seen)
    bench.run(entries(bench, "return sum")["Offer the parts of this edit one by one"])
    told: str = bench.wire.wait_for("window/showMessage", after=before)["message"]
    ended(bench)
    return told


def test_parts_that_prove_well_alone_wait_one_by_one_and_each_can_be_taken(
    waiting: Callable[[str], Workbench], near: NearServer
) -> None:
    bench = waiting(APART)
    told = take_apart(bench)
    assert told == "3 parts wait in the menu, each proved alone."
    first = entries(bench, "return sum(prices)")["✓ Part 1 of 3"]
    bench.run(first)
    changed = SHOP.replace("sum(prices)", "sum(prices, 0)")
    assert bench.buffer.text == changed
    assert "✓ Part 1 of 3" not in entries(bench, "return sum(prices, 0)")
    bench.run(entries(bench, "return max")["✓ Part 2 of 3"])
    assert bench.buffer.text == changed.replace("max(prices)", "max(prices, default=0)")
    # The whole edit does not fit any more, and the third part, in the other file, still does.
    everything = [one for one in bench.actions("def largest") if "edit" in one]
    assert not any("files changed" in one["title"] for one in everything)
    near.leave()
    (run, *_) = recent_runs(journal_file(), 1)
    details = run_details(journal_file(), run.id)
    applied = {one.edit_id for one in details.outcomes if one.what == "applied"}
    assert len(applied) == 2
    assert applied < {one.id for one in details.edits}


def test_the_part_in_another_file_can_be_taken_alone(
    waiting: Callable[[str], Workbench],
) -> None:
    bench = waiting(APART)
    take_apart(bench)
    (third,) = [
        one
        for word in ("def total", "def largest", "def smallest")
        for title, one in entries(bench, word).items()
        if title == "✓ Part 3 of 3"
    ][:1]
    bench.run(third)
    (other,) = bench.beside.values()
    assert other.buffer.text == USE.replace("[2, 3]", "[2, 4]")
    assert bench.buffer.text == SHOP


def test_an_edit_of_which_a_part_breaks_something_is_taken_as_a_whole(
    waiting: Callable[[str], Workbench],
) -> None:
    bench = waiting(PATCH)
    told = take_apart(bench)
    assert "The edit is taken as a whole: with part 1 of 3 alone, `shop.py` would have" in told
    titles = entries(bench, "def total")
    assert not any("Part" in title for title in titles)
    whole = next(one for one in bench.actions("def total") if "files changed" in one["title"])
    bench.run(whole)
    assert bench.buffer.text == RENAMED


def test_an_edit_of_one_place_has_no_parts(waiting: Callable[[str], Workbench]) -> None:
    one = APART.partition("*** Update File: use.py")[0].partition("@@\n-    return max")[0]
    bench = waiting(one + "*** End Patch\n")
    assert "Offer the parts of this edit one by one" not in entries(bench, "return sum")
    (ready,) = [each for each in bench.actions("return sum") if "edit" in each]
    before = len(bench.wire.seen)
    bench.execute("understudy.takeApart", {"editId": ready["data"]["editId"]})
    told = bench.wire.wait_for("window/showMessage", after=before)["message"]
    assert "has only one part" in told
