"""Open documents, as the client says they are.

pygls' documents are not used: they cut lines at characters that no editor counts as line ends,
misplace insertions behind the last line, and copy the whole text for every change. Here a change
costs what the lines cost that it touches.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.lines import LineIndex, split_lines, units_to_column
from understudy.core.rebase import LineChange, line_change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.core.lines import Encoding

_LOG_LENGTH = 5_000
"""How many changes are remembered; an edit made before the oldest one can't be carried over."""


@dataclass(frozen=True, slots=True)
class Change:
    """A content change: positions in the client's units; no start means the whole text."""

    text: str
    start: tuple[int, int] | None = None
    end: tuple[int, int] | None = None


class Document:
    """One open document. Mutable: only the session writes it, nobody keeps it over an `await`.

    Attributes:
        lost: a change could not be carried out, so the client's text is another one, until the
            client sends all of it.
    """

    def __init__(self, uri: str, language: str, version: int, text: str) -> None:
        self.uri = uri
        self.language = language
        self.version = version
        self._lines = split_lines(text)
        self._text: str | None = text
        self._index: LineIndex | None = None
        self._log: deque[tuple[int, LineChange]] = deque(maxlen=_LOG_LENGTH)
        self._forgotten = version
        """Changes up to this version are not in the log."""
        self.lost = False

    @property
    def text(self) -> str:
        """The whole text; joined once for each version that is looked at."""
        if self._text is None:
            self._text = "".join(self._lines)
        return self._text

    @property
    def index(self) -> LineIndex:
        """The lines of the text as it is now; a later change makes another index."""
        if self._index is None:
            self._index = LineIndex(self.text)
        return self._index

    @property
    def line_count(self) -> int:
        """How many lines there are; an empty document has one."""
        return len(self._lines)

    def line(self, number: int) -> str:
        """A line with its end; empty past the last one."""
        return self._lines[number] if 0 <= number < len(self._lines) else ""

    def change(self, version: int, changes: Iterable[Change], encoding: Encoding) -> None:
        """Carry out the changes of one notification, in order, and take over its version.

        A version that is not above the last one breaks the protocol, and says nothing about what
        came when: then everything before is unknown.
        """
        if version <= self.version:
            self._log.clear()
            self._forgotten = max(version, self.version) + 1
        for one in self._fitting(changes):
            if one.start is None or one.end is None:
                logged = self._replace_all(one.text)
            else:
                logged = self._replace(one.start, one.end, one.text, encoding)
            if logged is not None:
                if len(self._log) == _LOG_LENGTH:
                    self._forgotten = self._log[0][0]
                self._log.append((version, logged))
        self._text = self._index = None
        self.version = version

    def lose(self) -> None:
        """A change was not carried out: from now on only the whole text can be taken."""
        self.lost = True
        self._log.clear()

    def _fitting(self, changes: Iterable[Change]) -> list[Change]:
        """The changes that can be carried out: while the text is unknown, from a whole one on."""
        found = list(changes)
        if self.lost:
            whole = (number for number, one in enumerate(found) if one.start is None)
            found = found[next(whole, len(found)) :]
            self.lost = not found
            # What came before can't be told from what is here now.
            self._forgotten = self.version + 1
        return found

    def changes_since(self, version: int) -> tuple[LineChange, ...] | None:
        """What happened after `version`; None when that is no longer known."""
        if self.lost or version < self._forgotten or version > self.version:
            return None
        found = []
        for at, change in reversed(self._log):
            if at <= version:
                break
            found.append(change)
        return tuple(reversed(found))

    def _replace_all(self, text: str) -> LineChange | None:
        lines = split_lines(text)
        change = line_change(0, self._lines, lines)
        self._lines = lines
        return change

    def _replace(
        self, start: tuple[int, int], end: tuple[int, int], text: str, encoding: Encoding
    ) -> LineChange | None:
        first, first_column = self._place(start, encoding)
        last, last_column = max(self._place(end, encoding), (first, first_column))
        new = self._lines[first][:first_column] + text + self._lines[last][last_column:]
        if first and new.startswith("\n") and self._lines[first - 1].endswith("\r"):
            # The line feed joins the carriage return before it: together they are one line end.
            first -= 1
            new = self._lines[first] + new
        if not new.endswith(("\n", "\r")) and last + 1 < len(self._lines):
            # The change swallowed the line end, so the next line belongs to this one now.
            last += 1
            new += self._lines[last]
        pieces = split_lines(new)
        if last + 1 < len(self._lines):
            pieces.pop()
        change = line_change(first, self._lines[first : last + 1], pieces)
        self._lines[first : last + 1] = pieces
        return change

    def _place(self, position: tuple[int, int], encoding: Encoding) -> tuple[int, int]:
        """`(line, column)` in code points, clamped to the document."""
        line, units = position
        if line >= len(self._lines):
            last = len(self._lines) - 1
            return last, len(self._lines[last])
        if line < 0:
            return 0, 0
        return line, units_to_column(self._lines[line], units, encoding)
