"""Replies in another format than the one that was asked for, and patches that name another place."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from tests.providers.answers import Says
from tests.providers.stage import GOOD, TEXT
from understudy.caches.shelf import DiskShelf
from understudy.caches.store import Caches
from understudy.config.settings import ModelSettings
from understudy.engine.outcome import Status
from understudy.journal.records import Attempt

if TYPE_CHECKING:
    from pathlib import Path

    from tests.providers.stage import Stage

OLD, NEW = "    return something_else_entirely\n", "    return result\n"
BLOCK = f"<<<<<<< SEARCH\n{OLD}=======\n{NEW}>>>>>>> REPLACE\n"
PATCH = f"*** Begin Patch\n*** Update File: basket.py\n@@\n-{OLD}+{NEW}*** End Patch\n"
DIFF = f"--- a/basket.py\n+++ b/basket.py\n@@ -5,1 +5,1 @@\n-{OLD}+{NEW}"
EDIT = {"path": "basket.py", "kind": "replace", "old": OLD, "new": NEW}
CONTRACT = json.dumps({"version": 1, "edits": [EDIT], "done": True}, indent=1)


@pytest.mark.parametrize(
    ("reply", "written"),
    [
        (f"basket.py\n```python\n{BLOCK}```\n", "search_replace"),
        (f"basket.py\n{BLOCK}", "search_replace"),
        (f"```diff\n{DIFF}```\n", "unified_diff"),
        (PATCH, "apply_patch"),
        (f"```json\n{CONTRACT}\n```\n", "json"),
    ],
)
async def test_a_right_fix_in_another_format_is_offered_and_recorded_as_that(
    stage: Stage, reply: str, written: str
) -> None:
    stage.server.scripts = {"one": [Says(reply)], "two": [GOOD]}
    outcome = await stage.fix()
    assert outcome.status is Status.OFFERED
    assert stage.models == ["one"]
    tried = [row for row in stage.rows if isinstance(row, Attempt) and row.model == "acme/one"]
    assert [one.author for one in tried] == [written]


async def test_the_format_that_was_asked_for_counts_as_not_kept(
    stage: Stage, tmp_path: Path
) -> None:
    stage.server.scripts = {"one": [Says(BLOCK)], "two": [GOOD]}
    await stage.fix()
    caches = Caches(DiskShelf(tmp_path / "home" / "cache", 4_000_000))
    try:
        assert caches.read_so_far("acme/one", "region") == (0, 1)
        assert caches.read_so_far("acme/one", "search_replace") == (1, 1)
    finally:
        caches.close()


async def test_whoever_is_asked_again_is_told_which_format_was_wanted(stage: Stage) -> None:
    stale = BLOCK.replace("something_else_entirely", "not_in_the_file_at_all")
    stage.server.scripts = {"one": [Says(stale), GOOD], "two": [GOOD]}
    outcome = await stage.fix()
    assert outcome.status is Status.OFFERED
    assert stage.models == ["one", "one"]
    again = stage.asked[1].raw.decode()
    assert "was written in `search_replace`, asked was `region`" in again


async def test_a_patch_for_another_function_than_it_names_is_not_offered(stage: Stage) -> None:
    stage.text = f"{TEXT}\n\ndef other(items):\n    return len(items)\n"
    body = f"@@ def other(items):\n-{OLD}+{NEW}"
    patch = Says(f"*** Begin Patch\n*** Update File: basket.py\n{body}*** End Patch\n")
    stage.server.scripts = {"one": [patch], "two": [patch]}
    known = {name: ModelSettings(edit_format="apply_patch") for name in ("acme/one", "acme/two")}
    stage.settings = replace(stage.settings, models=MappingProxyType(known))
    outcome = await stage.fix()
    assert outcome.status is not Status.OFFERED
    right = Says(patch.text.replace("def other(", "def total("))
    stage.server.scripts = {"one": [right], "two": [right]}
    assert (await stage.fix()).status is Status.OFFERED
