"""What became of an edit after it was sent: did it arrive, is it there still, was it undone?

Everything is told by the edit's own lines: a watch is asked after every keystroke.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.clock import SECOND_US
from understudy.core.rebase import LineChange, rebase_lines
from understudy.engine.edit_trace import places_in, trace_of
from understudy.engine.looking_again import UNDO_WINDOW_S
from understudy.engine.survival import left_of
from understudy.engine.watched_files import Watched
from understudy.workspace.paths import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.core.lines import LineIndex
    from understudy.core.text import Edit
    from understudy.engine.edit_trace import Digests, Trace
    from understudy.engine.survival import Left
    from understudy.engine.watched_files import Held
    from understudy.lsp.documents import Document

_WIDER = 50
"""An edit whose place grew by more lines is looked for by the lines around it."""


class Fate(StrEnum):
    """What became of an edit; the journal's words."""

    APPLIED = "applied"
    UNDONE = "undone"


@dataclass
class Watch:
    """Follows one edit in one document.

    Attributes:
        trace: the edit; its ids are those of the edits in the journal.
        path: of the document's file, absolute; empty where there is none.
        places: where its passages stand: the old lines, and once the edit arrived, the new ones.
        line_count: of the document, as it was when it was last looked at.
        applied: what is known of it since it arrived; None until then.
        put_at: when it came into the text last, in seconds.
        back: whether it was taken out of the text again.
        held: its file, so that it is looked at later when this process has ended.
    """

    trace: Trace
    uri: str
    path: str
    places: list[range]
    line_count: int
    applied: Watched | None = field(default=None)
    put_at: float = field(default=0.0)
    back: bool = field(default=False)
    held: Held | None = field(default=None)

    def look(self, document: Document, changes: Iterable[LineChange], now: float) -> Fate | None:
        """Look at the document after a change; returns `applied` or `undone` if it was that."""
        comes = self.applied is None or self.back
        turned = self._turned(document, comes=comes)
        touched = turned or self._follow(changes)
        self.line_count = document.line_count
        if not turned and touched and self.applied is not None:
            turned = self._reads(document, comes=comes)
        if not turned:
            return None
        return self._come(now) if comes else self._go(now)

    def left(self, document: Document) -> Left:
        """What is left of the edit."""
        lines = document.index.lines
        sizes = zip(self.places, self.trace.passages, strict=True)
        if any(len(place) > len(passage.after) + _WIDER for place, passage in sizes):
            self.places = places_in(self.trace, lines) or self.places
        return left_of(self.trace, self.places, lines)

    def is_of(self, uri: str) -> bool:
        """Whether it is an edit of this document, in whichever way the client spells it."""
        return uri == self.uri or (bool(self.path) and path_of(uri) == Path(self.path))

    def resume(self, document: Document) -> Left | None:
        """Go on in a document that was not watched for a while; None where the edit isn't found."""
        places = places_in(self.trace, document.index.lines)
        self.uri, self.line_count = document.uri, document.line_count
        if places is None:
            return None
        self.places = places
        left = self.left(document)
        self.back = left.back
        return left

    def _come(self, now: float) -> Fate | None:
        self.back, self.put_at = False, now
        if self.applied is None:
            self.applied = Watched(self.trace, self.path, int(now * SECOND_US))
            return Fate.APPLIED
        if not self.applied.undone:
            return None
        self.applied = replace(self.applied, undone=False, said=("", 0.0))
        return Fate.APPLIED

    def _go(self, now: float) -> Fate | None:
        self.back = True
        if self.applied is None or now - self.put_at > UNDO_WINDOW_S:
            return None
        self.applied = replace(
            self.applied, undone=True, said=(Fate.UNDONE.value, now - self.put_at)
        )
        return Fate.UNDONE

    def _turned(self, document: Document, *, comes: bool) -> bool:
        """Whether the change was the edit itself, or was the edit taken back.

        The lines alone do not tell: one of two equal lines may have been deleted.
        """
        sign = 1 if comes else -1
        passages = self.trace.passages
        growth = sum(len(one.after) - len(one.before) for one in passages)
        if document.line_count != self.line_count + sign * growth:
            return False
        turned = []
        for passage, place in zip(passages, self.places, strict=True):
            start = place.start + sign * passage.drift
            wanted = passage.after if comes else passage.before
            turned.append(range(start, start + len(wanted)))
            if self._lines(document, turned[-1]) != wanted:
                return False
        self.places = turned
        return True

    def _reads(self, document: Document, *, comes: bool) -> bool:
        return all(
            self._lines(document, place) == (passage.after if comes else passage.before)
            for passage, place in zip(self.trace.passages, self.places, strict=True)
        )

    def _follow(self, changes: Iterable[LineChange]) -> bool:
        """Carry the places along; returns whether a change touched one of them."""
        touched = False
        for change in changes:
            for at, place in enumerate(self.places):
                moved = rebase_lines(place, (change,))
                touched = touched or moved is None
                self.places[at] = moved if moved is not None else _stretched(place, change)
        return touched

    def _lines(self, document: Document, lines: range) -> Digests:
        return self.trace.exact(document.line(number) for number in lines)


def watch_of(edit_ids: tuple[str, ...], document: Document, edits: Iterable[Edit]) -> Watch:
    """A watch for `edits` of a document as it is now, which are sent now."""
    index: LineIndex = document.index
    path = path_of(document.uri)
    trace = trace_of(edit_ids, document.language, index, edits)
    places = [
        range(one.first - one.drift, one.first - one.drift + len(one.before))
        for one in trace.passages
    ]
    return Watch(trace, document.uri, str(path or ""), places, len(index))


def watch_again(held: Held) -> Watch:
    """A watch for an edit that another process watched, in a document that may not be open."""
    watched = held.watched
    return Watch(
        trace=watched.trace,
        uri=Path(watched.path).as_uri(),
        path=watched.path,
        places=[range(one.first, one.first + len(one.after)) for one in watched.trace.passages],
        line_count=0,
        applied=watched,
        put_at=watched.applied_us / SECOND_US,
        held=held,
    )


def _stretched(lines: range, change: LineChange) -> range:
    start = min(lines.start, change.start)
    stop = max(lines.stop, change.start + change.removed) + change.added - change.removed
    return range(start, max(start, stop))
