"""Names of other cells: what a cell alone can't tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.nearness import near
from understudy.engine.kinds import is_undefined_name

if TYPE_CHECKING:
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_WORD = re.compile(r"[^\W\d]\w*")


class Doubts:
    """Undefined names of a cell that another cell may spell right.

    A fix looks for names in the cell alone, and would settle for the second best there. So these are
    left to the user, in words.

    Attributes:
        left: what was left, in the order of asking.
    """

    def __init__(self, view: View) -> None:
        self._text = view.text
        notebook = view.notebook
        others = (*notebook.earlier, *notebook.later) if notebook is not None else ()
        here = set(_WORD.findall(view.text))
        self._elsewhere = {word for cell in others for word in _WORD.findall(cell)} - here
        self.left: dict[str, str] = {}

    def allow(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic may be worked on; those that may not are noted."""
        if not self._elsewhere or not is_undefined_name(diagnostic.code, diagnostic.message):
            return True
        name = next(iter(re.findall(r"[`'\"](\w+)[`'\"]", diagnostic.message)), "")
        meant = near(name, self._elsewhere) if name else []
        if meant:
            self.left[name] = meant[0][1]
        return not meant

    def told(self) -> str:
        """A sentence on what was left; empty when nothing was."""
        words = ", ".join(f"`{name}` (`{meant}`?)" for name, meant in self.left.items())
        return (
            f" Left to you, since another cell may define what is meant: {words}." if words else ""
        )
