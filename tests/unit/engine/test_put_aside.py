"""Comments that an edit leaves open."""

from __future__ import annotations

from tests.unit.engine.test_evasions import changed
from understudy.engine.evasions import silenced


def test_a_comment_whose_end_goes_is_told_by_that_end() -> None:
    before = "int a; /* the first\n one */\nint b;\n/* last */\n"
    assert silenced(changed(before, before.replace(" one */\n", ""), "c")) == "one */"
    assert silenced(changed("a */\n*/ b\n", "a\nb\n", "c")) == "a */"
    assert silenced(changed(before, before.replace("the first", "first"), "c")) == ""
