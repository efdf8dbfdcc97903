"""Patches in replies: in fences, or bare between paragraphs.

A fence inside a patch is a line of some file. It closes the patch only when it stands exactly
where the opening one does, in front of which a patch has a sign or a blank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from understudy.reading.fences import fence_of, word_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from understudy.reading.fences import Fence


class Block(NamedTuple):
    """Lines of a reply that may hold a patch.

    Attributes:
        lines: without their ends, and without fences.
        first: the number of the first one in the reply, from 1.
        fenced: whether they stand in a fence.
        closed: whether it is closed.
        word: the fence's language.
    """

    lines: Sequence[str]
    first: int
    fenced: bool = False
    closed: bool = False
    word: str = ""


def marked_blocks(
    lines: Sequence[str], starts: Callable[[Sequence[str], int], bool]
) -> tuple[list[Block], list[str]]:
    """The fenced blocks, the bare patches, and the lines of prose around both.

    Args:
        lines: the reply's, without their ends.
        starts: whether a bare patch starts at a line.
    """
    blocks: list[Block] = []
    prose: list[str] = []
    at = 0
    while at < len(lines):
        opening = fence_of(lines[at])
        if opening is not None:
            stop = closing_fence(lines, at + 1, opening)
            end = len(lines) if stop is None else stop
            body = _moved_out(lines[at + 1 : end], opening.lead)
            blocks.append(
                Block(
                    body, at + 2, fenced=True, closed=stop is not None, word=word_of(opening.info)
                )
            )
            at = end + 1
        elif starts(lines, at):
            end = next((n for n in range(at + 1, len(lines)) if _is_fence(lines[n])), len(lines))
            blocks.append(Block(lines[at:end], at + 1))
            at = end
            if at < len(lines) and lines[at].strip("`~") == "":
                # The closing fence of a block whose opening is missing.
                at += 1
        else:
            prose.append(lines[at])
            at += 1
    return blocks, prose


def _is_fence(line: str) -> bool:
    return line.startswith(("```", "~~~")) and fence_of(line) is not None


def closing_fence(lines: Sequence[str], start: int, opening: Fence) -> int | None:
    """The line at which a block of lines ends that an opening fence began; None for none."""
    depth = 1
    for at in range(start, len(lines)):
        fence = fence_of(lines[at])
        if fence is None or fence.lead != opening.lead or fence.marks[0] != opening.marks[0]:
            continue
        if len(fence.marks) < len(opening.marks):
            continue
        if not fence.info:
            depth -= 1
        elif len(fence.marks) == len(opening.marks):
            depth += 1
        if not depth:
            return at
    return None


def _moved_out(lines: Sequence[str], lead: str) -> Sequence[str]:
    """The lines without the blanks in front of their fence."""
    if not lead or not all(line.startswith(lead) for line in lines if line.strip()):
        return lines
    return [line.removeprefix(lead) for line in lines]
