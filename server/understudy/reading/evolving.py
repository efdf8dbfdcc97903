"""A file's lines while a reply's edits are carried out on them one after the other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from understudy.core.runs import changed_runs
from understudy.reading.shape import taken_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.core.runs import Run

_BOM = "\ufeff"
_WRITTEN, _SETTLED = 1, 2


class Evolving:
    """A text, line by line, that knows which lines a reply wrote.

    Attributes:
        before: the text that it started with.
        lines: without their ends. A text that ends with a line's end has no further, empty line.
    """

    def __init__(self, text: str) -> None:
        self.before = text
        self._take(text)

    def _take(self, text: str) -> None:
        self._bom = _BOM if text.startswith(_BOM) else ""
        self.lines, self._ends = taken_apart(text.removeprefix(_BOM))
        counted = Counter(filter(None, self._ends))
        self._usual = counted.most_common(1)[0][0] if counted else "\n"
        self._is_open = bool(self.lines) and not self._ends[-1]
        if self._is_open:
            self._ends[-1] = self._usual
        self._marks = bytearray(len(self.lines))

    @property
    def text(self) -> str:
        """The text as it is now."""
        parts = [line + end for line, end in zip(self.lines, self._ends, strict=True)]
        if self._is_open and parts:
            parts[-1] = self.lines[-1]
        return self._bom + "".join(parts)

    @property
    def is_open(self) -> bool:
        """Whether the last line has no end."""
        return self._is_open

    @property
    def written(self) -> set[int]:
        """The lines that the reply wrote."""
        return self._marked(_WRITTEN)

    @property
    def settled(self) -> set[int]:
        """The lines that an edit of the reply wants and that were there already."""
        return self._marked(_SETTLED)

    def _marked(self, mark: int) -> set[int]:
        if mark not in self._marks:
            return set()
        return {number for number, one in enumerate(self._marks) if one == mark}

    def rewrite(self, text: str) -> None:
        """Put a whole text in place of this one, as it stands."""
        self._take(text)
        self._marks = bytearray([_WRITTEN]) * len(self.lines)

    def settle(self, wanted: Sequence[str], new: Sequence[str], place: range) -> None:
        """Note that an edit's result stands at a place: what it added is not to be touched."""
        runs = list(changed_runs(wanted, new)) if len(place) == len(new) else []
        added = [range(place.start + run.new_start, place.start + run.new_stop) for run in runs]
        for lines in added if runs else [place]:
            for number in lines:
                self._marks[number] = self._marks[number] or _SETTLED

    def replace(self, place: range, new: Sequence[str]) -> None:
        """Put lines in place of others. Those that are equal stay untouched, with their ends."""
        old = self.lines[place.start : place.stop]
        ends: list[str] = []
        marks = bytearray()
        at = place.start
        for run in changed_runs(old, new):
            stop = place.start + run.old_start
            ends += self._ends[at:stop]
            ends += self._new_ends(place.start, run)
            marks += self._marks[at:stop] + bytearray([_WRITTEN]) * (run.new_stop - run.new_start)
            at = place.start + run.old_stop
        ends += self._ends[at : place.stop]
        marks += self._marks[at : place.stop]
        self.lines[place.start : place.stop] = new
        self._ends[place.start : place.stop] = ends
        self._marks[place.start : place.stop] = marks

    def close(self, *, is_open: bool) -> None:
        """Say whether the last line has no end."""
        self._is_open = is_open

    def _new_ends(self, base: int, run: Run) -> Iterator[str]:
        """The ends of new lines: of the lines that they replace, or else of the line above."""
        for number in range(run.new_stop - run.new_start):
            at = base + min(run.old_start + number, run.old_stop - 1)
            if run.old_start == run.old_stop:
                at = max(base + run.old_start - 1, 0)
            yield self._ends[at] if at < len(self._ends) else self._usual
