"""Lines put into a file, and lines taken out of it, with every line's own end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from understudy.reading import Match, Refusal, unreadable
from understudy.reading.ellipsis import is_gap
from understudy.reading.replaced import in_file_style
from understudy.reading.shape import taken_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.reading.hunks import Hunk, HunkLine
    from understudy.reading.places import Place
    from understudy.reading.placing import Placed


class _Line(NamedTuple):
    """A line and its end; None for the end that the file's lines have."""

    text: str
    end: str | None


@dataclass(frozen=True, slots=True)
class FileLines:
    """The lines of a file. A file that ends with a line's end has no further, empty line.

    Attributes:
        texts: without their ends.
        ends: one for each line; empty at the end of a file without a last one.
    """

    texts: list[str]
    ends: list[str]

    @staticmethod
    def of(text: str) -> FileLines:
        """The lines of a text."""
        return FileLines(*taken_apart(text))

    @property
    def end(self) -> str:
        """How most lines end."""
        counted = Counter(end for end in self.ends if end)
        return counted.most_common(1)[0][0] if counted else "\n"

    @property
    def ends_open(self) -> bool:
        """Whether the last line has no end."""
        return bool(self.ends) and not self.ends[-1]

    def written(self, lines: Sequence[HunkLine]) -> str:
        """The text of new lines in place of all there are."""
        return self._text([_Line(line.text, line.end) for line in lines], is_open=self.ends_open)

    def _text(self, lines: Sequence[tuple[str, str | None]], *, is_open: bool) -> str:
        """The lines with their ends; `is_open`: whether a new last line goes without one."""
        usual = self.end
        parts = [text + (end or usual) for text, end in lines[:-1]]
        if lines:
            text, end = lines[-1]
            default = "" if is_open else usual
            parts.append(text + (default if end is None else end))
        return "".join(parts)

    def with_lines(self, splices: Sequence[tuple[range, Sequence[_Line]]], *, is_open: bool) -> str:
        """The text with new lines in place of others; ranges rise and do not overlap."""
        lines: list[tuple[str, str | None]] = []
        at = 0
        for place, new in splices:
            lines += zip(self.texts[at : place.start], self.ends[at : place.start], strict=True)
            lines += new
            at = place.stop
        lines += zip(self.texts[at:], self.ends[at:], strict=True)
        return self._text(lines, is_open=is_open)


def spliced(file: FileLines, hunks: Sequence[Placed]) -> str:
    """The file's text with all hunks carried out that are not in it already.

    A hunk that was sent twice counts once.

    Raises:
        UnreadableError: two hunks change the same lines.
    """
    # Two empty ranges are equal wherever they are, so that their borders stand for them.
    found = {
        (
            one.core.start,
            one.core.stop,
            tuple(_new_lines(file, one.hunk, one.place, one.core)),
        ): None
        for one in hunks
        if one.place is not None
    }
    splices = [
        (range(start, stop), lines) for start, stop, lines in sorted(found, key=itemgetter(0, 1))
    ]
    for (earlier, _), (later, _) in pairwise(splices):
        if later.start < earlier.stop:
            raise unreadable(
                Refusal.OVERLAPPING,
                f"Two hunks change line {later.start + 1}.",
                teaching=f"Two hunks change line {later.start + 1} of the file: write one hunk for"
                " lines that stand together.",
            )
    told = any(line.end == "" for one in hunks for line in one.hunk.lines if line.sign != "+")
    return file.with_lines(splices, is_open=file.ends_open and not told)


def _new_lines(file: FileLines, hunk: Hunk, place: Place, core: range) -> Iterator[_Line]:
    """What stands in the core afterwards: kept lines as the file has them, new ones in its style."""
    styled = iter(in_file_style(file.texts, place, hunk.old, hunk.new))
    rows = iter(place.rows)
    before, dropping = core.start, False
    for line in hunk.lines:
        if line.sign == "+":
            text = next(styled)
            yield _Line(text, line.end)
            continue
        row = next(rows)
        if line.sign == "-" and place.match is Match.ELISION and is_gap(line.text):
            raise unreadable(
                Refusal.ELIDED,
                f"`{line.text.strip()[:80]}` stands for lines that are to be removed.",
                line.text,
            )
        if line.sign == " ":
            next(styled)
        if row.stop <= core.start or row.start >= core.stop:
            continue
        # Blank lines that only the file has go away between two lines that do.
        first = row.start if line.sign == "-" and dropping else before
        stop = row.start if line.sign == "-" else row.stop
        yield from map(_Line, file.texts[first:stop], file.ends[first:stop])
        before, dropping = row.stop, line.sign == "-"
