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
        "As in `&lt;&lt;&lt;&lt;&lt;&lt;&lt; SEARCH`.\n",
        ">>>>>>> REPLACE\n",
        "",
    ],
)
def test_other_replies_stay(reply: str) -> None:
    assert unwrapped(reply) == (reply, ())
