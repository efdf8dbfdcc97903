"""Where `== None` may be a library's own."""

from __future__ import annotations

import pytest

from understudy.context.overloaded import may_be_overloaded
from understudy.core.text import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if x == None: pass", False),
        ("if self.x == None: pass", False),
        ("f(x == None)", False),
        ("f(self.x == None)", True),
        ("x = User.deleted == None", True),
        ("x = users.c.deleted == None", True),
        ("x = (d['π'] == None) & y", True),
        ("x = d[d.a == None]", True),
        ("if d['a'] == None: f(1)", False),
        ("x = 1", False),
        ("None", False),
    ],
)
def test_members_that_are_given_away_may_build_a_condition(text: str, *, expected: bool) -> None:
    start = max(text.find("None"), 0)
    assert may_be_overloaded(text, Span(start, start + 4)) is expected
