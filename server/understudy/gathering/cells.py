"""The cells of a notebook as one file: what one defines, the others use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.context.notebook import joined
from understudy.core.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View


@dataclass(frozen=True, slots=True)
class Whole:
    """A document with the other cells of its notebook, if it is a cell.

    Attributes:
        lines: the text as it is written, the cells one below the other.
        code: the same without what only IPython reads, every character where it was.
        above: how many lines stand above the document's own.
        before: how many characters.
    """

    lines: LineIndex
    code: str
    above: int = 0
    before: int = 0

    def moved(self, lines: range) -> range:
        """Some of the document's own lines among all."""
        return range(lines.start + self.above, lines.stop + self.above)

    def problems(self, problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Problems of the document as those of the whole text."""
        if not self.before:
            return tuple(problems)
        return tuple(replace(one, span=one.span.moved(self.before)) for one in problems)


def whole_of(view: View) -> Whole:
    """A document with the cells around it."""
    if view.notebook is None:
        return Whole(view.index, view.text)
    earlier = "".join(f"{cell}\n" for cell in view.notebook.earlier)
    text = earlier + view.text + "".join(f"\n{cell}" for cell in view.notebook.later)
    code = joined(view)[0] if view.language == "python" else text
    return Whole(LineIndex(text), code, len(LineIndex(earlier)) - 1, len(earlier))
