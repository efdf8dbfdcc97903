"""Comments that stand for code which a model left out: "... rest of file unchanged"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.engine.hunks import real_lines
from understudy.failures.elision import is_elision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.hunks import Hunk


def leaves_code_out(hunks: Iterable[Hunk]) -> str:
    """The first new placeholder that took the place of real lines; empty when there is none.

    Words are needed: an `Ellipsis`, a spread and a `TODO` are code and plans, not gaps. A comment
    of dots alone counts too. Where no line went away, a placeholder stands for nothing.
    """
    for hunk in hunks:
        added = [line for line in hunk.new if line not in hunk.old]
        found = [line for line in added if is_elision(line)]
        if found and real_lines(hunk.old) > real_lines(hunk.new) - len(found):
            return found[0].strip()
    return ""
