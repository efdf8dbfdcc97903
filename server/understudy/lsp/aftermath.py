"""Edits that were offered: did they arrive, and what did the user make of them?"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Literal

from understudy.lsp.watch import KEEP_WINDOW_S, Fate, Watch, watch_of

if TYPE_CHECKING:
    from understudy.core.rebase import LineChange
    from understudy.engine.evidence import CheckReport
    from understudy.engine.outcome import Outcome
    from understudy.journal.records import What
    from understudy.lsp.app import App
    from understudy.lsp.documents import Document
    from understudy.lsp.ready import Ready
    from understudy.workspace.view import View

_CHECK_AGAIN_S = 60.0
"""After this time the checkers look whether the diagnostics are really gone."""


class Aftermath:
    """Watches every offered edit from the moment it is sent."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._watches: dict[str, Watch] = {}
        self._outcomes: dict[str, tuple[Outcome, ...]] = {}

    def offer(self, ready: Ready) -> None:
        """Let an edit wait in the menu. From now on it may arrive with any change."""
        gone = self._app.session.ready.put(ready)
        for older in gone:
            self._forget(older.id)
        self._outcomes[ready.id] = ready.outcomes
        document = self._app.session.document(ready.uri)
        ids = tuple(one.candidate.id for one in ready.outcomes if one.candidate)
        index = document.index
        if ready.places:
            self._watches[ready.id] = watch_of(ids, ready.uri, index, ready.edits(index))
        self.explain({ready.uri, *(older.uri for older in gone)})

    def explain(self, uris: set[str]) -> None:
        """Have what is to be said about edits for review and failed runs stand beside them."""
        # Imported here: while a document is typed in and nothing waits, none of it is needed.
        from understudy.lsp.reasons import show_reasons

        for uri in uris:
            show_reasons(self._app, uri)
            if self._app.session.client.previews:
                from understudy.lsp.ready_shown import tell_ready

                tell_ready(self._app, uri)

    def changed(self, document: Document, before: int) -> None:
        """Look at a document after a notification's changes.

        Args:
            document: as it is now.
            before: the version that the changes began with.
        """
        watched = [(key, one) for key, one in self._watches.items() if one.uri == document.uri]
        changes = document.changes_since(before) if watched else ()
        for key, watch in watched:
            if changes is None:
                self._forget(key)
            else:
                self._look(key, watch, document, changes)
        if document.uri in self._app.session.failed:
            # Imported here, as are the reasons.
            from understudy.lsp.failed import follow

            follow(self._app, document, before)
        if document.uri in self._app.session.findings:
            from understudy.lsp.findings import follow as follow_findings

            follow_findings(self._app, document, before)
        if watched or document.uri in self._app.session.reasons:
            self.explain({document.uri})

    def _look(
        self, key: str, watch: Watch, document: Document, changes: tuple[LineChange, ...]
    ) -> None:
        now = time.monotonic()
        fate = watch.look(document, changes, now)
        if fate is Fate.UNDONE:
            self._end(key, fate, now - (watch.applied_at or now))
        elif fate is Fate.APPLIED:
            self._app.session.ready.drop(key)
            self._write(watch.edit_ids, "applied", None)
            self._app.spawn(self._look_later(key), f"watch {key}")
        elif watch.applied_at is None and self._app.session.ready.get(key) is None:
            # Something else was done to its lines, so it will not arrive any more.
            self._forget(key)

    async def _look_later(self, key: str) -> None:
        await asyncio.sleep(_CHECK_AGAIN_S)
        await self._look_at_diagnostics(key)
        await asyncio.sleep(KEEP_WINDOW_S - _CHECK_AGAIN_S)
        self._settle(key)

    async def _look_at_diagnostics(self, key: str) -> None:
        """Whether the problems are still gone that the edit was made for."""
        from understudy.engine.checking import check

        watch = self._watches.get(key)
        if watch is None or watch.uri not in self._app.session.documents:
            return
        view = self._app.session.view(watch.uri)
        lines = [hunk.lines for hunk in watch.hunks]
        reports = await check(view, self._app.session.settings_for(view.root))
        if key not in self._watches:
            return
        for outcome in self._outcomes.get(key, ()):
            back = is_back(outcome, reports, view, lines)
            if back is not None and outcome.candidate is not None:
                what: What = "diagnostic_back" if back else "diagnostic_gone"
                self._write((outcome.candidate.id,), what, None)

    def taken(self, uri: str) -> list[tuple[int, tuple[Outcome, ...]]]:
        """The edits of a document that arrived: the line where each begins, and what was proved."""
        return [
            (watch.hunks[0].lines.start, self._outcomes.get(key, ()))
            for key, watch in self._watches.items()
            if watch.uri == uri and watch.applied_at is not None and watch.hunks
        ]

    def lost(self, uri: str) -> None:
        """The document's text is unknown, and with it what became of its edits."""
        for key, watch in list(self._watches.items()):
            if watch.uri == uri:
                self._forget(key)
        if uri in self._app.session.reasons:
            self.explain({uri})

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
            self._forget(key)
            return
        share = watch.survived(document)
        self._end(key, Fate.KEPT if share == 1.0 else Fate.CHANGED, share)

    def arrived(self, ready: Ready) -> None:
        """The client took an edit that changes other documents alone, which nobody watches."""
        if self._app.session.ready.drop(ready.id) is not None:
            self.record(ready, "applied")
        self._forget(ready.id)
        self.explain({ready.uri})

    def renew(self, ready: Ready) -> None:
        """More is known about an edit that waits."""
        self._app.session.ready.put_back(ready)
        self._outcomes[ready.id] = ready.outcomes
        self.explain({ready.uri})

    def gone(self, ready: Ready, what: What) -> None:
        """An edit fits no longer, or must not be taken any more."""
        if self._app.session.ready.drop(ready.id) is not None:
            self.record(ready, what)
        self._forget(ready.id)
        self.explain({ready.uri})

    def discard(self, key: str) -> bool:
        """The user does not want the edit; returns whether it was still waiting."""
        ready = self._app.session.ready.drop(key)
        self._forget(key)
        if ready is not None:
            self.record(ready, "discarded")
            self.explain({ready.uri})
        return ready is not None

    def record(self, ready: Ready, what: What) -> None:
        """Record what happened to an edit that was never applied."""
        ids = tuple(one.candidate.id for one in ready.outcomes if one.candidate)
        self._write(ids, what, None)

    def _end(self, key: str, fate: Fate, detail: float) -> None:
        watch = self._watches[key]
        self._forget(key)
        self._write(watch.edit_ids, fate.value, detail)

    def _forget(self, key: str) -> None:
        self._watches.pop(key, None)
        self._outcomes.pop(key, None)

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


def is_back(
    outcome: Outcome, reports: tuple[CheckReport, ...], view: View, lines: list[range]
) -> bool | None:
    """Whether a mended problem is on the edit's lines again; None when its checker did not look.

    Args:
        outcome: names the problem, and the checker that saw it go.
        reports: what the checkers say now.
        view: the text that they looked at.
        lines: where the edit stands in it.
    """
    from understudy.engine.evidence import CheckStatus
    from understudy.engine.identity import identity

    target, candidate = outcome.diagnostic, outcome.candidate
    if target is None or candidate is None:
        return None
    judge = candidate.comparison.target_judged_by
    for report in reports:
        if report.checker == judge and report.status is CheckStatus.DONE:
            return any(
                identity(found) == identity(target)
                and any(view.index.line_of(found.span.start) in span for span in lines)
                for found in report.diagnostics
            )
    return None
