"""The fence of a Markdown text that some of its lines stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from understudy.reading.fences import fence_of, word_of
from understudy.reading.languages import language_of_word
from understudy.reading.markdown import closes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.fences import Fence


class Enclosing(NamedTuple):
    """What lines stand in.

    Attributes:
        language: the language id that the fence names; empty for none.
        lines: those between the fences, from 0.
    """

    language: str
    lines: range


def enclosing(text: Sequence[str], lines: range) -> Enclosing | None:
    """The fence that all of some lines stand in, its own two lines not counted; None for none.

    Args:
        text: all lines, without their ends.
        lines: some of them, from 0.
    """
    opened: tuple[int, Fence] | None = None
    for at, line in enumerate(text):
        fence = fence_of(line)
        if opened is None:
            if at >= lines.start:
                return None
            opened = (at, fence) if fence is not None else None
        elif fence is not None and closes(fence, opened[1]):
            if at >= lines.stop:
                return Enclosing(
                    language_of_word(word_of(opened[1].info)), range(opened[0] + 1, at)
                )
            opened = None
    return None
