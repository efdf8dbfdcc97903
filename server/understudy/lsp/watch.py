"""What became of an edit after it was sent: did it arrive, was it kept, changed or undone?

Everything is told by the edit's own lines: a watch is asked after every keystroke.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from understudy.core.rebase import LineChange, rebase_lines
from understudy.core.text import after_spans, apply, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.core.lines import LineIndex
    from understudy.core.text import Edit, Span
    from understudy.lsp.documents import Document

UNDO_WINDOW_S = 60.0
"""An edit whose old text is back within this time was undone."""
KEEP_WINDOW_S = 600.0
"""After this time what is left of an edit is what was kept."""


class Fate(StrEnum):
    """What became of an edit; the journal's words."""

    APPLIED = "applied"
    KEPT = "kept"
    CHANGED = "changed"
    UNDONE = "undone"


@dataclass
class Hunk:
    """A run of lines of the edit.

    Attributes:
        before / after: the lines without and with the edit.
        lines: where they stand now: the old ones, and once the edit arrived, the new ones.
        drift: by how many lines the edits above this one move it.
    """

    before: list[str]
    after: list[str]
    lines: range
    drift: int


@dataclass
class Watch:
    """Follows one edit in one document.

    Attributes:
        edit_ids: of the edits in the journal; several when one edit mends several diagnostics.
        line_count: of the document, as it was when it was last looked at.
        applied_at: monotonic seconds; None until the edit arrived.
    """

    edit_ids: tuple[str, ...]
    uri: str
    hunks: list[Hunk]
    line_count: int
    applied_at: float | None = field(default=None)

    def look(self, document: Document, changes: Iterable[LineChange], now: float) -> Fate | None:
        """Look at the document after a change; returns `applied` or `undone` if it was that."""
        waits = self.applied_at is None
        if self._turned(document):
            self.line_count = document.line_count
            if waits:
                self.applied_at = now
                return Fate.APPLIED
            return self._undone_if_soon(now)
        touched = self._follow(changes)
        self.line_count = document.line_count
        back = touched and all(_lines(document, one.lines) == one.before for one in self.hunks)
        return self._undone_if_soon(now) if back and not waits else None

    def survived(self, document: Document) -> float:
        """The share of the edit's lines that are still there, 0 to 1."""
        there = total = 0
        for hunk in self.hunks:
            present = _lines(document, hunk.lines)
            total += len(hunk.after)
            for line in hunk.after:
                if line in present:
                    present.remove(line)
                    there += 1
        return there / total if total else 1.0

    def _undone_if_soon(self, now: float) -> Fate | None:
        soon = self.applied_at is not None and now - self.applied_at <= UNDO_WINDOW_S
        return Fate.UNDONE if soon else None

    def _turned(self, document: Document) -> bool:
        """Whether the change was the edit itself, or was the edit taken back.

        The lines alone do not tell: one of two equal lines may have been deleted.
        """
        forth = self.applied_at is None
        sign = 1 if forth else -1
        growth = sum(len(one.after) - len(one.before) for one in self.hunks)
        if document.line_count != self.line_count + sign * growth:
            return False
        turned = []
        for hunk in self.hunks:
            start = hunk.lines.start + sign * hunk.drift
            wanted = hunk.after if forth else hunk.before
            turned.append(range(start, start + len(wanted)))
            if _lines(document, turned[-1]) != wanted:
                return False
        for hunk, lines in zip(self.hunks, turned, strict=True):
            hunk.lines = lines
        return True

    def _follow(self, changes: Iterable[LineChange]) -> bool:
        """Carry the hunks' places along; returns whether a change touched one of them."""
        touched = False
        for change in changes:
            for hunk in self.hunks:
                moved = rebase_lines(hunk.lines, (change,))
                touched = touched or moved is None
                hunk.lines = moved if moved is not None else _stretched(hunk.lines, change)
        return touched


def watch_of(edit_ids: tuple[str, ...], uri: str, index: LineIndex, edits: Iterable[Edit]) -> Watch:
    """A watch for `edits`, given in the coordinates of `index`, which are sent now."""
    from understudy.core.lines import LineIndex as Index

    ordered = in_order(edits)
    after = Index(apply(index.text, ordered))
    hunks = []
    for edit, span in zip(ordered, after_spans(ordered), strict=True):
        old, new = _whole_lines(index, edit.span), _whole_lines(after, span)
        hunks.append(
            Hunk(
                before=index.lines[old.start : old.stop],
                after=after.lines[new.start : new.stop],
                lines=old,
                drift=new.start - old.start,
            )
        )
    return Watch(edit_ids, uri, hunks, len(index))


def _whole_lines(index: LineIndex, span: Span) -> range:
    """The lines from a span's start to its end; the same number of them stands around each side."""
    return range(index.line_of(span.start), index.line_of(span.end) + 1)


def _stretched(lines: range, change: LineChange) -> range:
    start = min(lines.start, change.start)
    stop = max(lines.stop, change.start + change.removed) + change.added - change.removed
    return range(start, max(start, stop))


def _lines(document: Document, lines: range) -> list[str]:
    return [document.line(number) for number in lines]
