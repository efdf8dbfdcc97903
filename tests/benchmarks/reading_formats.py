"""Edits of source files, written as replies in each format.

They are written here and not by the formats themselves, so that a mistake which the reader shares
with a writer shows.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.benchmarks.reading_edits import Hunk, side

if TYPE_CHECKING:
    from tests.benchmarks.reading_edits import SourceEdit

Damage = Callable[[Hunk], Hunk]


def as_search_replace(edit: SourceEdit, damage: Damage) -> str:
    """Search/replace blocks, each below the file's name."""
    blocks = [
        f"{edit.name}\n<<<<<<< SEARCH\n{side(hunk, '-')}\n=======\n{side(hunk, '+')}\n"
        ">>>>>>> REPLACE\n"
        for hunk in map(damage, edit.hunks)
    ]
    return "Here is the change.\n\n" + "\n".join(blocks)


def as_patch(edit: SourceEdit, damage: Damage) -> str:
    """A patch between its two marks."""
    body = "".join(f"@@\n{_signed(hunk)}" for hunk in map(damage, edit.hunks))
    return f"*** Begin Patch\n*** Update File: {edit.name}\n{body}*** End Patch\n"


def as_diff(edit: SourceEdit, damage: Damage) -> str:
    """A unified diff in a fence, with right numbers."""
    old = edit.before.split("\n")
    body, shift = "", 0
    for hunk in edit.hunks:
        gone, come = (sum(sign in signs for sign, _ in hunk) for signs in (" -", " +"))
        start = _start(old, hunk)
        body += f"@@ -{start + 1},{gone} +{start + 1 + shift},{come} @@\n{_signed(damage(hunk))}"
        shift += come - gone
    return f"```diff\n--- a/{edit.name}\n+++ b/{edit.name}\n{body}```\n"


def _start(lines: list[str], hunk: Hunk) -> int:
    wanted = side(hunk, "-").split("\n")
    return next(at for at in range(len(lines)) if lines[at : at + len(wanted)] == wanted)


def _signed(hunk: Hunk) -> str:
    return "".join(f"{sign}{line}\n" for sign, line in hunk)


def as_json(edit: SourceEdit, damage: Damage) -> str:
    """The contract's object."""
    edits = [
        {"path": edit.name, "kind": "replace", "old": side(hunk, "-"), "new": side(hunk, "+")}
        for hunk in map(damage, edit.hunks)
    ]
    return json.dumps({"version": 1, "edits": edits, "done": True}, indent=1) + "\n"


def as_file(edit: SourceEdit, damage: Damage) -> str:
    """The whole new text in a fence."""
    lines = [line for _, line in damage([("+", line) for line in edit.after.split("\n")])]
    return f"```{edit.language}\n" + "\n".join(lines).rstrip("\n") + "\n```\n"


def as_region(edit: SourceEdit, damage: Damage) -> str:
    """The new text of the edit's lines in a fence."""
    size = edit.after.count("\n") - edit.before.count("\n")
    new = edit.after.split("\n")[edit.lines.start : edit.lines.stop + size]
    lines = [line for _, line in damage([("+", line) for line in new])]
    return f"```{edit.language}\n" + "\n".join(lines) + "\n```\n"


FORMATS: dict[str, Callable[[SourceEdit, Damage], str]] = {
    "search_replace": as_search_replace,
    "apply_patch": as_patch,
    "unified_diff": as_diff,
    "json": as_json,
    "whole_file": as_file,
    "region": as_region,
}
