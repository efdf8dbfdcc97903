"""What became of an edit after it was sent: did it arrive, was it kept, changed or undone?"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from understudy.core.rebase import LineChange, rebase_lines
from understudy.core.text import after_spans, apply, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.core.lines import LineIndex
    from understudy.core.text import Edit
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
    """A run of lines of the edit: as they were, as they became, and where they stand now."""

    before: list[str]
    after: list[str]
    lines: range


@dataclass
class Watch:
    """Follows one edit in one document.

    Attributes:
        edit_ids: of the edits in the journal; several when one edit mends several diagnostics.
        expected: the whole text once the edit has arrived.
        sent_at / applied_at: monotonic seconds.
    """

    edit_ids: tuple[str, ...]
    uri: str
    expected: str
    hunks: list[Hunk]
    sent_at: float
    applied_at: float | None = field(default=None)

    def arrived(self, document: Document, now: float) -> bool:
        """Whether the edit arrived with the change that was just carried out."""
        if self.applied_at is None and document.text == self.expected:
            self.applied_at = now
            return True
        return False

    def follow(self, changes: Iterable[LineChange]) -> bool:
        """Carry the hunks' places along; returns whether a change touched one of them."""
        touched = False
        for change in changes:
            for hunk in self.hunks:
                moved = rebase_lines(hunk.lines, (change,))
                touched = touched or moved is None
                hunk.lines = moved if moved is not None else _stretched(hunk.lines, change)
        return touched

    def undone(self, document: Document, now: float) -> bool:
        """Whether the old text is back, soon after the edit arrived."""
        if self.applied_at is None or now - self.applied_at > UNDO_WINDOW_S:
            return False
        return all(_lines(document, hunk.lines) == hunk.before for hunk in self.hunks)

    def survived(self, document: Document) -> float:
        """The share of the edit's lines that are still there, 0 to 1."""
        there = total = 0
        for hunk in self.hunks:
            present = _lines(document, hunk.lines)
            total += max(len(hunk.after), 1)
            if not hunk.after:
                there += not present
            for line in hunk.after:
                if line in present:
                    present.remove(line)
                    there += 1
        return there / total if total else 1.0


def watch_of(
    edit_ids: tuple[str, ...], uri: str, index: LineIndex, edits: tuple[Edit, ...], now: float
) -> Watch:
    """A watch for `edits`, given in the coordinates of `index`, which are sent now."""
    from understudy.core.lines import LineIndex as Index

    after = Index(apply(index.text, edits))
    hunks = []
    for edit, span in zip(in_order(edits), after_spans(edits), strict=True):
        old, new = index.lines_of(edit.span), after.lines_of(span)
        hunks.append(
            Hunk(index.lines[old.start : old.stop], after.lines[new.start : new.stop], new)
        )
    return Watch(edit_ids, uri, after.text, hunks, sent_at=now)


def _stretched(lines: range, change: LineChange) -> range:
    start = min(lines.start, change.start)
    stop = max(lines.stop, change.start + change.removed) + change.added - change.removed
    return range(start, max(start, stop))


def _lines(document: Document, lines: range) -> list[str]:
    return [document.line(number) for number in lines]
