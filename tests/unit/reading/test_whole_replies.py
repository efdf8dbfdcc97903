"""Replies that are a quotation as a whole, or whose marks were written as entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Progress, Region, all_edit_formats
from understudy.engine.reader import read_as_asked, read_reply, watch_as_asked
from understudy.reading.whole_replies import unwrapped
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = "def f(a):\n    if a > 1:\n        return 1\n\n    return a\n"
AFTER = FILE.replace("a > 1", "a < 1")
SEARCH = "<<<<<<< SEARCH\n    if a > 1:\n=======\n    if a < 1:\n>>>>>>> REPLACE\n"
REGION = Region(View("file:///a.py", FILE, Policy()), range(6))


def quoted(reply: str) -> str:
    return "".join(f"> {line}\n" if line else ">\n" for line in reply.split("\n"))


def escaped(reply: str) -> str:
    return reply.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("wrap", [quoted, escaped])
@pytest.mark.parametrize(
    ("edit_format", "reply"),
    [
        ("search_replace", SEARCH),
        ("search_replace", f"Here it is.\n\n```python\n{SEARCH}```\n"),
    ],
)
def test_a_wrapped_reply_is_read(wrap: Callable[[str], str], edit_format: str, reply: str) -> None:
    asked = all_edit_formats()[edit_format]
    for read in (
        read_reply(wrap(reply), REGION),
        read_reply(wrap(reply), REGION, edit_format),
        read_as_asked(wrap(reply), REGION, asked),
    ):
        assert (read.edit_format, read.reading.after) == (edit_format, AFTER)
        assert read.reading.risk == "low"
    assert watch_as_asked(wrap(reply), REGION, asked) == Progress()


@pytest.mark.parametrize(
    "reply",
    [
        SEARCH,
        f"> fix it\n\n{SEARCH}",
        f"```python\n{SEARCH.replace('a < 1', 'a &lt; 1')}```\n",
        escaped(SEARCH).replace("a &lt; 1", "a.replace('&', '&amp;')"),
        "As in `&lt;&lt;&lt;&lt;&lt;&lt;&lt; SEARCH`.\n",
        ">>>>>>> REPLACE\n",
        "",
    ],
)
def test_other_replies_stay(reply: str) -> None:
    assert unwrapped(reply) == (reply, ())


PATCH = """\
*** Begin Patch
*** Update File: a.py
@@
-    if a > 1:
+    if a < 1:
*** End Patch
"""


@pytest.mark.parametrize(
    ("edit_format", "edit"), [("search_replace", SEARCH), ("apply_patch", PATCH)]
)
@pytest.mark.parametrize("fence", ["```python\n{}```\n", "{}"])
def test_an_edit_in_a_quotation_among_words_is_read(
    edit_format: str, edit: str, fence: str
) -> None:
    reply = f"Here you go:\n\n{quoted(fence.format(edit))}\nThat is all.\n"
    read = read_reply(reply, REGION)
    assert (read.edit_format, read.reading.after) == (edit_format, AFTER)
    asked = all_edit_formats()[edit_format]
    assert read_as_asked(reply, REGION, asked).reading.after == AFTER
    assert watch_as_asked(reply, REGION, asked) == Progress()


def test_an_edit_of_quoted_lines_keeps_their_marks() -> None:
    reply = f"Here you go:\n\n> As asked.\n\n{SEARCH}"
    assert unwrapped(reply) == (reply, ())
    inner = SEARCH.replace("    if", "> if")
    assert unwrapped(inner) == (inner, ())


def test_an_edit_that_is_only_quoted_gives_way_to_code_outside_of_the_quotation() -> None:
    wrong = SEARCH.replace("a < 1", "a < 0")
    reply = f"You wrote:\n\n{quoted(wrong)}\nIt is rather:\n\n```python\n{AFTER}```\n"
    assert unwrapped(reply) == (reply, ())
    assert read_reply(reply, REGION).reading.after == AFTER
