"""How the parts of an answer follow each other."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.wire.reader import Reader

_MOST = 20_000
"""An answer in so many parts says enough about how fast they come."""


class Chunks:
    """Notes when a reader has more of the answer or the thinking than before.

    What is read from the network at once is one part, however many events it holds: nothing can be
    said about the time between those.

    Attributes:
        between_s: from each part to the next one.
    """

    __slots__ = ("_before", "_last", "_reader", "between_s")

    def __init__(self, reader: Reader) -> None:
        self.between_s = array("d")
        self._reader = reader
        self._before = 0
        self._last = 0.0

    def look(self, now: float) -> None:
        """Note the time, if more has come."""
        pieces = self._reader.pieces
        if pieces == self._before:
            return
        if self._before and len(self.between_s) < _MOST:
            self.between_s.append(now - self._last)
        self._before, self._last = pieces, now
