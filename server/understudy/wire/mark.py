"""Whether an answer bears the mark of its end, though its stream stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.wire.reader import Reader


class Mark:
    """Follows a reader of a family in which no event is the last one.

    Some servers tell a reason for the end with every piece. So a reason proves nothing when it
    comes with the very first piece, or when more is said after it.

    Attributes:
        is_there: whether the answer is complete as far as anybody can tell.
    """

    __slots__ = ("_reader", "_reasoned", "_said", "is_there")

    def __init__(self, reader: Reader) -> None:
        """Follow a reader from its beginning."""
        self._reader = reader
        self._said = 0
        self._reasoned = self.is_there = False

    def look(self) -> None:
        """Take in what one event has changed."""
        reader, before = self._reader, self._said
        self._said = reader.pieces
        if self._reasoned and self._said > before:
            self.is_there = False
        elif reader.finish and not self._reasoned:
            self._reasoned = True
            self.is_there = reader.ends_by_reason and before > 0
