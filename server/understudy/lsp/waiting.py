"""The edits that wait: kept, carried along, found and dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.lsp.ready import is_of, rebase

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.core.rebase import LineChange
    from understudy.engine.other_files import Other
    from understudy.lsp.ready import Ready

_MAX_READY = 200
"""Edits that wait at the same time; beyond that the oldest goes."""


class ReadyEdits:
    """All waiting edits, by their id, oldest first.

    Attributes:
        on_their_way: the ids of those that were sent to the client, which has not answered.
        accepted: the ids of those that it said it took. They wait until the text tells that it did.
    """

    def __init__(self) -> None:
        self._edits: dict[str, Ready] = {}
        self._touched: set[str] = set()
        self.on_their_way: set[str] = set()
        self.accepted: set[str] = set()

    def put(self, ready: Ready) -> list[Ready]:
        """Keep an edit that fits its document now; returns those that make way for it.

        An older edit makes way when the newer one says the same, or is the newer answer to the same
        problems. Whoever asks for it later gets nothing: what the user agreed to was that edit.
        """
        gone = [other for other in self.of(ready.uri) if _is_answered_by(other, ready)]
        self._keep(ready)
        gone += list(self._edits.values())[: max(len(self._edits) - _MAX_READY, 0)]
        for other in gone:
            self.drop(other.id)
        return gone

    def get(self, edit_id: str) -> Ready | None:
        """The edit with this id, if it still waits."""
        return self._edits.get(edit_id)

    def require(self, edit_id: str) -> Ready:
        """The edit with this id.

        Raises:
            BadRequestError: when it waits no longer.
        """
        ready = self.get(edit_id)
        if ready is None:
            raise BadRequestError(
                "The edit waits no longer: its lines have changed, or it was taken or discarded."
            )
        return ready

    def of(self, uri: str) -> list[Ready]:
        """The waiting edits of a document."""
        return [ready for ready in self._edits.values() if ready.uri == uri]

    def with_file(self, uri: str) -> list[tuple[Ready, Other]]:
        """The waiting edits of other documents that change this one as well, each with it."""
        return [
            (ready, file)
            for ready in self._edits.values()
            for file in ready.files
            if is_of(file, uri)
        ]

    def put_back(self, ready: Ready) -> None:
        """Keep what is known anew about an edit that still waits."""
        if ready.id in self._edits:
            self._keep(ready)

    def accept(self, edit_id: str) -> None:
        """Note that the client said it took an edit, unless the text has told so already."""
        if edit_id in self._edits:
            self.accepted.add(edit_id)

    def drop(self, edit_id: str) -> Ready | None:
        """Forget an edit; returns it if it was there."""
        ready = self._edits.pop(edit_id, None)
        self.accepted.discard(edit_id)
        if ready is not None:
            self._touched.add(ready.uri)
        return ready

    def touched(self) -> set[str]:
        """The documents for which other edits wait, or other places of them, since this was asked last."""
        found, self._touched = self._touched, set()
        return found

    def follow(
        self,
        uri: str,
        version: int,
        changes: tuple[LineChange, ...] | None,
        line: Callable[[int], str],
    ) -> None:
        """Carry the document's edits over one notification's changes, or drop them.

        Args:
            uri: the document.
            version: its version after the changes.
            changes: None when they are unknown; then all edits are dropped.
            line: the text of a line after the changes, by its number.
        """
        for ready in self.of(uri):
            kept = rebase(ready, changes, line)
            if kept is None:
                self.drop(ready.id)
            else:
                self._keep(kept.at(version))

    def _keep(self, ready: Ready) -> None:
        self._edits[ready.id] = ready
        self._touched.add(ready.uri)


def _is_answered_by(older: Ready, newer: Ready) -> bool:
    """Whether nobody needs an edit any more when there is another one."""
    if newer.part_of in (older.id, older.part_of or "-"):
        return False
    return older.lines == newer.lines and (
        (older.places == newer.places and older.files == newer.files)
        or _problems(older) == _problems(newer)
    )


def _problems(ready: Ready) -> list[tuple[object, ...]]:
    """What an edit mends. Lines above may come and go; a problem's own line stays as it is."""
    return [
        (found.source, found.code, found.message, one.view.index.position(found.span.start)[1])
        for one in ready.outcomes
        if (found := one.diagnostic) is not None
    ]
