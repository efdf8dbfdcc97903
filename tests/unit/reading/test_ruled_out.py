"""What a model is told whose lines stand elsewhere than it said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Region, all_edit_formats
from understudy.reading import Refusal, UnreadableError
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = """\
class Cart:
    def total(self):
        result = 0
        for item in self.items:
            result += item.prise
        return result

    def clear(self):
        self.items = []
"""
OLD, NEW = "            result += item.prise", "            result += item.price"


def refused(form: str, reply: str) -> UnreadableError:
    view = View("file:///a.py", FILE, Policy())
    with pytest.raises(UnreadableError) as caught:
        all_edit_formats()[form].read(reply, Region(view, range(len(view.index))))
    assert caught.value.refusal is Refusal.NOT_FOUND
    return caught.value


def patch(old: str) -> str:
    return f"*** Begin Patch\n*** Update File: a.py\n@@ def clear(self):\n-{old}\n+{NEW}\n*** End Patch\n"


def contract(old: str) -> str:
    edit = {"path": "a.py", "kind": "replace", "anchor": "def clear(self):", "old": old, "new": NEW}
    return json.dumps({"version": 1, "edits": [edit], "done": True})


@pytest.mark.parametrize(("form", "write"), [("apply_patch", patch), ("json", contract)])
def test_the_anchor_is_named_where_it_alone_is_wrong(
    form: str, write: Callable[[str], str]
) -> None:
    error = refused(form, write(OLD))
    assert "They begin at line 5, and not in `def clear(self):`" in error.teaching
    assert "not in the file" not in f"{error}{error.teaching}"
    assert error.teaching.count(OLD.strip()) == 1


@pytest.mark.parametrize(("form", "write"), [("apply_patch", patch), ("json", contract)])
def test_lines_that_are_nowhere_are_told_as_before(form: str, write: Callable[[str], str]) -> None:
    error = refused(form, write(OLD.replace("+=", "-=").replace("prise", "nothing_like_it")))
    assert "not in the file" in str(error)
    assert "def clear" not in error.teaching.split("Did you mean")[0].split("most similar")[0]
