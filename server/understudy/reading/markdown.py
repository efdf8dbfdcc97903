"""Replies that hold a whole Markdown text in one fence, with fences of the same length inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.lines import split_lines
from understudy.core.markup import MARKUP
from understudy.reading.fences import Answer, Fence, between, fence_of, word_of
from understudy.reading.languages import language_of_word

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = MARKUP


def outermost(text: str, old: str) -> Answer | None:
    """The text as one block from its first fence to its last, bare fences inside taken in pairs.

    That is the meaning when the old text has bare fences too, and the first fence is called
    Markdown. None when it is another one, so that the text is to be read as usual.

    Args:
        text: the reply.
        old: the document that is rewritten.
    """
    lines = split_lines(text)
    fences = [(at, fence) for at, line in enumerate(lines) if (fence := fence_of(line))]
    if len(fences) < 4 or not _has_bare_fence(old):
        return None
    (first, opening), (last, closing) = fences[0], fences[-1]
    if language_of_word(word_of(opening.info)) not in LANGUAGES or not closes(closing, opening):
        return None
    if not is_paired([fence for _, fence in fences[1:-1]]):
        return None
    return between(lines, first, last, opening)


def _has_bare_fence(text: str) -> bool:
    opened: Fence | None = None
    for line in split_lines(text):
        fence = fence_of(line)
        if fence is None:
            continue
        if opened is None:
            if not fence.info:
                return True
            opened = fence
        elif closes(fence, opened):
            opened = None
    return False


def is_paired(fences: Iterable[Fence]) -> bool:
    """Whether each of some fences that opens a block is closed by another one."""
    opened: Fence | None = None
    for fence in fences:
        if opened is None:
            opened = fence
        elif closes(fence, opened):
            opened = None
    return opened is None


def closes(fence: Fence, opened: Fence) -> bool:
    """Whether a fence may end a block that another one began."""
    longer = len(fence.marks) >= len(opened.marks)
    return not fence.info and fence.marks[0] == opened.marks[0] and longer
