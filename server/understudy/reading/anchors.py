"""Lines that a patch names to say where a hunk belongs: a class, and a method in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.places import Place

_CLOSERS = (")", "]", "}")
_MOST = 30
"""An anchor that more lines fit says nothing about a place."""


def anchored(file: Sequence[str], anchors: Sequence[str]) -> list[int]:
    """The lines that the innermost anchor may be, each in the block of the anchor before it.

    An anchor that no line fits, or too many, is left out.

    Args:
        file: the document's lines, without their ends.
        anchors: the outermost first; whole lines, or how they begin.
    """
    scopes = [range(len(file))]
    found: list[int] = []
    for anchor in anchors:
        lines = sorted({at for scope in scopes for at in _lines_with(file, anchor, scope)})
        if 0 < len(lines) <= _MOST:
            found = lines
            scopes = [_block(file, at) for at in lines]
    return found


def within(file: Sequence[str], places: Sequence[Place], anchors: Sequence[str]) -> list[Place]:
    """The places in the block of an anchor, or that hold it."""
    scopes = [_block(file, at) for at in anchored(file, anchors)]
    return [
        place
        for place in places
        if any(place.lines.start in scope or scope.start in place.lines for scope in scopes)
    ]


def _lines_with(file: Sequence[str], anchor: str, scope: range) -> list[int]:
    """The lines that are the anchor, or else that begin with it."""
    wanted = anchor.strip()
    same = [at for at in scope if file[at].strip() == wanted]
    return same or [at for at in scope if file[at].strip().startswith(wanted)]


def _block(file: Sequence[str], at: int) -> range:
    """A line, and those below it that are indented further."""
    depth = len(indent_of(file[at]))
    for number in range(at + 1, len(file)):
        line = file[number].strip()
        if line and len(indent_of(file[number])) <= depth and not line.startswith(_CLOSERS):
            return range(at, number)
    return range(at, len(file))
