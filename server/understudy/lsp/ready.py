"""Verified edits that wait to be taken, carried along while the user types elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.rebase import rebase_lines
from understudy.core.text import Edit, shift

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.core.lines import LineIndex
    from understudy.core.rebase import LineChange
    from understudy.engine.outcome import Outcome

_MAX_READY = 200
"""Edits that wait at the same time; beyond that the oldest goes."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A verified edit of one document.

    Attributes:
        id: the name under which it is taken or discarded.
        edits: in code points of the document at `version`.
        lines: the lines that the edit and its diagnostics touch at `version`.
        outcomes: what was proved; several when one edit mends several diagnostics.
        moved: how many changes it was carried over.
    """

    id: str
    uri: str
    version: int
    edits: tuple[Edit, ...]
    lines: range
    outcomes: tuple[Outcome, ...]
    title: str
    moved: int = 0

    def at(self, version: int) -> Ready:
        """The same edit, known to fit this version."""
        return replace(self, version=version)


def touched_lines(index: LineIndex, edits: Iterable[Edit]) -> range:
    """From the first to past the last line that the edits touch."""
    spans = [index.lines_of(edit.span) for edit in edits]
    return range(min(one.start for one in spans), max(one.stop for one in spans))


def rebase(
    ready: Ready, changes: tuple[LineChange, ...] | None, old: LineIndex, new: LineIndex
) -> Ready | None:
    """The edit in the document's present text; None when a touched line was changed.

    Args:
        ready: the edit as it was.
        changes: what happened since `ready.version`; None when that is unknown.
        old: the lines at `ready.version`.
        new: the lines now.
    """
    if changes is None:
        return None
    pieces: list[Edit] = []
    for edit in ready.edits:
        lines = old.lines_of(edit.span)
        now = rebase_lines(lines, changes)
        if now is None or _lines(old, lines) != _lines(new, now):
            return None
        pieces += shift((edit,), new.start(now.start) - old.start(lines.start))
    lines = rebase_lines(ready.lines, changes) or touched_lines(new, pieces)
    return replace(ready, edits=tuple(pieces), lines=lines, moved=ready.moved + len(changes))


def _lines(index: LineIndex, lines: range) -> list[str]:
    return index.lines[lines.start : lines.stop]


class ReadyEdits:
    """All waiting edits, by their id, oldest first."""

    def __init__(self) -> None:
        self._edits: dict[str, tuple[Ready, LineIndex]] = {}

    def put(self, ready: Ready, index: LineIndex) -> None:
        """Keep an edit; `index` holds the text at its version. An equal older one makes way."""
        for other in self.of(ready.uri):
            if other.lines == ready.lines:
                self.drop(other.id)
        self._edits[ready.id] = (ready, index)
        while len(self._edits) > _MAX_READY:
            self.drop(next(iter(self._edits)))

    def get(self, edit_id: str) -> Ready | None:
        """The edit with this id, if it still waits."""
        return self._edits.get(edit_id, (None, None))[0]

    def of(self, uri: str) -> list[Ready]:
        """The waiting edits of a document."""
        return [ready for ready, _ in self._edits.values() if ready.uri == uri]

    def drop(self, edit_id: str) -> Ready | None:
        """Forget an edit; returns it if it was there."""
        return self._edits.pop(edit_id, (None, None))[0]

    def follow(
        self, uri: str, version: int, changes: tuple[LineChange, ...] | None, index: LineIndex
    ) -> list[Ready]:
        """Carry the document's edits over one notification's changes; returns the dropped ones.

        Without knowing the changes (None), all are dropped.
        """
        dropped = []
        for ready in self.of(uri):
            old = self._edits[ready.id][1]
            kept = rebase(ready, changes, old, index)
            if kept is None:
                dropped.append(ready)
                self.drop(ready.id)
            else:
                self._edits[ready.id] = (kept.at(version), index)
        return dropped
