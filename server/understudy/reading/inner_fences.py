"""Blocks of a text that holds fences itself, in a fence that is no longer than these.

By CommonMark such a block ends at the first fence inside of it. The old text shows that it goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.lines import split_lines
from understudy.reading import Refusal, unreadable
from understudy.reading.fences import between, fence_of
from understudy.reading.shape import contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading import UnreadableError
    from understudy.reading.fences import Answer, Fence

_SPILLED = 2
"""So many lines of the file, outside of the block that lacks them, are no coincidence."""
_LETTERS = 4


def around_inner_fences(text: str, old: str) -> Answer | None:
    """The text as one block from its first fence to its last, if those between are the old text's.

    Args:
        text: the reply.
        old: the text that is rewritten.
    """
    inner = [line.strip() for line in _fences(old)]
    if not inner:
        return None
    lines = split_lines(text)
    at = [number for number, line in enumerate(lines) if fence_of(line) is not None]
    if len(at) != len(inner) + 2 or [lines[number].strip() for number in at[1:-1]] != inner:
        return None
    first, last = at[0], at[-1]
    opening, closing = fence_of(lines[first]), fence_of(lines[last])
    if opening is None or closing is None or not _is_around(opening, closing, inner):
        return None
    return between(lines, first, last, opening)


def _is_around(opening: Fence, closing: Fence, inner: Sequence[str]) -> bool:
    """Whether two fences are a pair at the margin that one of the inner ones would close."""
    if closing.info or closing.marks != opening.marks or opening.lead or closing.lead:
        return False
    return any(line.startswith(opening.marks) for line in inner)


def spilled(prose: str, old: Sequence[str], new: Sequence[str]) -> UnreadableError | None:
    """The error for a block that ended before its text did, so that the rest stands behind it.

    Args:
        prose: what stands outside of the reply's blocks.
        old: the lines that are rewritten, without their ends.
        new: what the block holds.
    """
    there = {line.strip() for line in new}
    lost = {
        bare
        for line in old
        if (bare := line.strip()) not in there and sum(map(str.isalnum, bare)) >= _LETTERS
    }
    outside = [line for line in prose.split("\n") if line.strip() in lost] if lost else []
    if len(outside) < _SPILLED:
        return None
    return unreadable(
        Refusal.MALFORMED,
        "Lines of the text stand outside of its block, which a fence inside of it closed.",
        outside[0],
        "The text holds fences of its own: begin and end the block with a longer fence than these.",
    )


def _fences(text: str) -> list[str]:
    if "```" not in text and "~~~" not in text:
        return []
    return [line for line in contents(text) if fence_of(line) is not None]
