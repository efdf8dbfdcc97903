"""An answer that can't become one is stopped: far longer than was asked for, or the same for ever."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from understudy.wire.trouble import TroubleError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.wire import Request
    from understudy.wire.reader import Reader

_PER_TOKEN = 16
"""Characters that no tokens have on average, even where most of them are long indents."""
_SLACK = 20_000
_BYTES_PER_TOKEN = 4 * 1024
"""What the event of one token never has: some tell of filters and probabilities in each."""
_BYTES_SLACK = 1024 * 1024
_THOUGHTS = 4
"""By how much thinking may be longer: some servers do not count it among the tokens of the answer."""
_UNBOUNDED = frozenset({"max_tokens", "max_completion_tokens"})
"""What a request without both of them does not limit."""
_LEAST_TAIL = 16_000
"""So many characters that only repeat themselves are no code that anybody asked for."""
_TAIL_PER_TOKEN = 4
"""Where more is asked for, as many as it takes: a long table may have nothing but equal rows."""
_PERIOD = 400
_LOOKS = 8
"""How often a tail is looked at while one of its length arrives."""


class Bounds:
    """Follows one answer on its way.

    Attributes:
        most_bytes: that the body may have, with all that is wrapped around the answer.
    """

    __slots__ = ("_text", "_thoughts", "most_bytes")

    def __init__(self, request: Request, reader: Reader) -> None:
        """Begin with what was asked for, and with how long the answer may be."""
        asked = [message.text for message in request.messages]
        most = _PER_TOKEN * request.max_output + _SLACK
        self.most_bytes = _BYTES_PER_TOKEN * request.max_output + _BYTES_SLACK
        if request.without >= _UNBOUNDED:
            most = self.most_bytes = sys.maxsize
        tail = max(_LEAST_TAIL, _TAIL_PER_TOKEN * request.max_output)
        self._text = _Flow(reader.texts, asked, most, tail)
        self._thoughts = _Flow(reader.thoughts, asked, _THOUGHTS * most, tail)

    def look(self) -> None:
        """Take in what is new.

        Raises:
            TroubleError: nothing good can follow.
        """
        self._text.look()
        self._thoughts.look()


class _Flow:
    """The answer, or the thinking, as a growing list of pieces."""

    __slots__ = ("_asked", "_looked", "_most", "_pieces", "_seen", "_size", "_tail")

    def __init__(self, pieces: list[str], asked: Iterable[str], most: int, tail: int) -> None:
        self._pieces = pieces
        self._asked = asked
        self._most = most
        self._tail = tail
        self._seen = self._looked = self._size = 0

    def look(self) -> None:
        pieces = self._pieces
        if len(pieces) == self._seen:
            return
        for number in range(self._seen, len(pieces)):
            self._size += len(pieces[number])
        self._seen = len(pieces)
        if self._size > self._most:
            raise TroubleError("too_large", "an answer far longer than was asked for")
        if self._size - self._looked >= self._tail // _LOOKS:
            self._looked = self._size
            if self._repeats():
                raise TroubleError(
                    "repeats", f"{self._tail} characters that only repeat themselves"
                )

    def _repeats(self) -> bool:
        """Whether the end says the same again and again, and the request did not say it before."""
        tail = self._last()
        # Whatever repeats itself within so many characters has its beginning once more there.
        period = tail.find(tail[:_PERIOD], 1, 2 * _PERIOD)
        if len(tail) < self._tail or period < 0 or tail[period:] != tail[:-period]:
            return False
        return not any(tail in text for text in self._asked)

    def _last(self) -> str:
        found: list[str] = []
        left = self._tail
        for piece in reversed(self._pieces):
            if left <= 0:
                break
            found.append(piece[-left:])
            left -= len(piece)
        return "".join(reversed(found))
