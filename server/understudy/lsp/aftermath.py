"""Edits that were offered: did they arrive, and what did the user make of them?"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Literal

from understudy.lsp.watch import KEEP_WINDOW_S, Fate, Watch, watch_of

if TYPE_CHECKING:
    from understudy.journal.records import What
    from understudy.lsp.app import App
    from understudy.lsp.documents import Document
    from understudy.lsp.ready import Ready

_CHECK_AGAIN_S = 60.0
"""After this time the checkers look whether the diagnostics are really gone."""


class Aftermath:
    """Watches every offered edit from the moment it is sent."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._watches: dict[str, Watch] = {}

    def expect(self, ready: Ready) -> None:
        """From now on the edit may arrive with any change."""
        document = self._app.session.document(ready.uri)
        ids = tuple(one.candidate.id for one in ready.outcomes if one.candidate)
        index = document.index
        self._watches[ready.id] = watch_of(ids, ready.uri, index, ready.edits(index))

    def changed(self, document: Document, before: int) -> None:
        """Look at a document after a notification's changes.

        Args:
            document: as it is now.
            before: the version that the changes began with.
        """
        if not self._watches:
            return
        now = time.monotonic()
        changes = document.changes_since(before) or ()
        for key, watch in list(self._watches.items()):
            if watch.uri != document.uri:
                continue
            fate = watch.look(document, changes, now)
            if fate is Fate.UNDONE:
                self._end(key, fate, now - (watch.applied_at or now))
            elif fate is Fate.APPLIED:
                self._app.session.ready.drop(key)
                self._write(watch.edit_ids, "applied", None)
                self._app.spawn(self._look_later(key), f"watch {key}")
            elif watch.applied_at is None and self._app.session.ready.get(key) is None:
                # Something else was done to its lines, so it will not arrive any more.
                del self._watches[key]

    async def _look_later(self, key: str) -> None:
        await asyncio.sleep(_CHECK_AGAIN_S)
        await self._look_at_diagnostics(key)
        await asyncio.sleep(KEEP_WINDOW_S - _CHECK_AGAIN_S)
        self._settle(key)

    async def _look_at_diagnostics(self, key: str) -> None:
        """Whether the text as it is now still has as few problems as was proved."""
        from understudy.engine.checking import check
        from understudy.engine.problems import problems

        watch = self._watches.get(key)
        if watch is None or watch.uri not in self._app.session.documents:
            return
        view = self._app.session.view(watch.uri)
        lines = [hunk.lines for hunk in watch.hunks]
        reports = await check(view, self._app.session.settings_for(view.root))
        back = any(
            view.index.line_of(found.span.start) in span
            for found in problems(reports)
            for span in lines
        )
        self._write(watch.edit_ids, "diagnostic_back" if back else "diagnostic_gone", None)

    def closed(self, uri: str) -> None:
        """The document is being closed: what is left of its edits is what was kept."""
        for key, watch in list(self._watches.items()):
            if watch.uri == uri:
                self._settle(key)

    def _settle(self, key: str) -> None:
        watch = self._watches.get(key)
        if watch is None:
            return
        document = self._app.session.documents.get(watch.uri)
        if watch.applied_at is None or document is None:
            self._watches.pop(key)
            return
        share = watch.survived(document)
        self._end(key, Fate.KEPT if share == 1.0 else Fate.CHANGED, share)

    def discard(self, key: str) -> bool:
        """The user does not want the edit; returns whether it was still waiting."""
        ready = self._app.session.ready.drop(key)
        self._watches.pop(key, None)
        if ready is not None:
            self.record(ready, "discarded")
        return ready is not None

    def record(self, ready: Ready, what: What) -> None:
        """Record what happened to an edit that was never applied."""
        ids = tuple(one.candidate.id for one in ready.outcomes if one.candidate)
        self._write(ids, what, None)

    def _end(self, key: str, fate: Fate, detail: float) -> None:
        watch = self._watches.pop(key)
        self._write(watch.edit_ids, fate.value, detail)

    def _write(
        self,
        edit_ids: tuple[str, ...],
        what: What | Literal["applied", "kept", "changed", "undone"],
        detail: float | None,
    ) -> None:
        if self._app.background is None:
            return
        # Imported here: nothing has become of any edit when the server starts.
        from understudy.engine.record import now_us
        from understudy.journal.records import OutcomeRow

        for edit_id in edit_ids:
            self._app.background.record(OutcomeRow(edit_id, now_us(), what, detail))
