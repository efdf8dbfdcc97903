"""A text and what takes its place in two blocks, and two blocks that are nothing of the kind."""

from __future__ import annotations

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Reading, Region, all_edit_formats
from understudy.reading import UnreadableError
from understudy.workspace.view import View

TOTAL = "def total(items):\n    return sum(items)\n"
FILE = f"{TOTAL}\n\ndef count(items):\n    return len(items)\n"
CALL = "print(total([]))\n"


def read(old: str, first: str, new: str, second: str, behind: str = "") -> Reading:
    view = View("file:///a", FILE, Policy(), language="python")
    reply = f"{old}\n```python\n{first}```\n{new}\n```python\n{second}```\n{behind}"
    return all_edit_formats()["whole_file"].read(reply, Region(view, range(len(view.index))))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Replace", "with"),
        ("In `total`, replace this line:", "with this line:"),
        ("**Replace**", "**With**"),
        ("You need to change", "to the following:"),
        ("Before:", "After:"),
        ("Before the fix:", "After the fix:"),
        ("The original code:", "The new code:"),
        ("Old line:", "It should be:"),
        ("Change the return of `total`:", "so it becomes"),
        ("The old version", "Change it to:"),
    ],
)
def test_a_pair_is_an_edit(old: str, new: str) -> None:
    reading = read(old, "    return sum(items)\n", new, "    return sum(items, 0)\n")
    assert reading.after == FILE.replace("sum(items)", "sum(items, 0)")
    assert reading.risk == "low"


def test_an_example_may_follow_a_pair() -> None:
    use = f"Usage:\n```python\n{CALL}```\n"
    reading = read("Replace", "    return sum(items)\n", "with", "    return sum(items, 0)\n", use)
    assert reading.after == FILE.replace("sum(items)", "sum(items, 0)")
    assert "example left out" in [one.what for one in reading.repairs]


@pytest.mark.parametrize(
    ("old", "new", "second"),
    [
        ("The original code:", "An example of how to call it:", CALL),
        ("Original code:", "How to use it:", CALL),
        ("The old function:", "A call to it:", CALL),
        ("The old function:", "The call to it:", CALL),
        ("The function to change:", "A new helper:", "def price_of(item):\n    return item\n"),
        ("Before we begin, the current code:", "I would add a test to the file:", CALL),
        ("The original function:", "Here is how to call it:", CALL),
        ("The function to change:", "and I would add a new test:", CALL),
        ("From the docs:", "To run it with defaults:", CALL),
        ("Replace this:", "with", CALL),
        ("The function to change:", "The new function:", "def new(item):\n    return item\n"),
    ],
)
def test_a_definition_never_goes_unseen(old: str, new: str, second: str) -> None:
    try:
        reading = read(old, TOTAL, new, second)
    except UnreadableError:
        return
    assert reading.risk == "high" or TOTAL in reading.after
