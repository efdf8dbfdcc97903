"""Edits that were offered: did they arrive, and what did the user make of them?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.engine.checking import forget_checks
from understudy.lsp.watching import Watching

if TYPE_CHECKING:
    from understudy.engine.outcome import Outcome
    from understudy.journal.records import What
    from understudy.lsp.app import App
    from understudy.lsp.documents import Document
    from understudy.lsp.ready import Ready


class Aftermath:
    """Follows every offered edit from the moment it is sent.

    Attributes:
        watching: what becomes of each in its document.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self.watching = Watching(app)

    def offer(self, ready: Ready) -> None:
        """Let an edit wait in the menu. From now on it may arrive with any change."""
        gone = self._app.session.ready.put(ready)
        for older in gone:
            self._forget(older.id)
        self.watching.outcomes[ready.id] = ready.outcomes
        document = self._app.session.document(ready.uri)
        if ready.places:
            # Imported here: while a document is typed in and nothing waits, it is not needed.
            from understudy.lsp.watch import watch_of

            edits = ready.edits(document.index)
            self.watching.add(ready.id, watch_of(_ids(ready), document, edits))
        self.explain()

    def explain(self, *uris: str) -> None:
        """Say what waits where that has changed, and what is to be said beside the text.

        Args:
            uris: documents with other failed runs or findings than before; those whose waiting edits
                are others, or stand elsewhere, are known.
        """
        touched = self._app.session.ready.touched()
        if not touched and not uris:
            return
        # Imported here: while a document is typed in and nothing waits, none of it is needed.
        from understudy.lsp.reasons import show_reasons

        for uri in touched.union(uris):
            show_reasons(self._app, uri)
        if touched and self._app.session.client.previews:
            from understudy.lsp.ready_shown import tell_ready

            for uri in touched:
                tell_ready(self._app, uri)

    def changed(self, document: Document, before: int) -> None:
        """Look at a document after a notification's changes.

        Args:
            document: as it is now.
            before: the version that the changes began with.
        """
        watched = self.watching.of(document.uri)
        changes = document.changes_since(before) if watched else ()
        for key, _ in watched:
            waited = self.watching.is_waiting(key)
            fate = self.watching.look(key, document, changes)
            if not waited:
                continue
            if fate is not None:
                self._app.session.ready.drop(key)
            elif self._app.session.ready.get(key) is None:
                # Something else was done to its lines, so it will not arrive any more.
                self._forget(key)
        if document.uri in self._app.session.failed:
            # Imported here, as are the reasons.
            from understudy.lsp.failed import follow

            follow(self._app, document, before)
        if document.uri in self._app.session.findings:
            from understudy.lsp.findings import follow as follow_findings

            follow_findings(self._app, document, before)
        self.explain(*({document.uri} & self._app.session.reasons.keys()))

    def opened(self, document: Document) -> None:
        """A document was opened, perhaps again."""
        self.watching.opened(document)

    def taken(self, uri: str) -> list[tuple[int, tuple[Outcome, ...]]]:
        """The edits of a document that arrived: the line where each begins, and what was proved."""
        return [
            (watch.places[0].start, self.watching.outcomes.get(key, ()))
            for key, watch in self.watching.of(uri)
            if watch.applied is not None and not watch.back and watch.places
        ]

    def lost(self, uri: str) -> None:
        """The document's text is unknown, and with it what became of its edits."""
        for key, _ in self.watching.of(uri):
            self._forget(key)
        self.explain(uri)

    def closed(self, uri: str) -> None:
        """The document is being closed."""
        self.watching.closed(uri)

    def arrived(self, ready: Ready) -> None:
        """The client took an edit that changes other documents alone, which nobody watches."""
        forget_checks()
        if self._app.session.ready.drop(ready.id) is not None:
            self.record(ready, "applied")
        self._forget(ready.id)
        self.explain()

    def renew(self, ready: Ready) -> None:
        """More is known about an edit that waits."""
        self._app.session.ready.put_back(ready)
        self.watching.outcomes[ready.id] = ready.outcomes
        self.explain()

    def gone(self, ready: Ready, what: What) -> None:
        """An edit fits no longer, or must not be taken any more."""
        if self._app.session.ready.drop(ready.id) is not None:
            self.record(ready, what)
        self._forget(ready.id)
        self.explain()

    def discard(self, key: str) -> bool:
        """The user does not want the edit; returns whether it was still waiting."""
        ready = self._app.session.ready.drop(key)
        self._forget(key)
        if ready is not None:
            self.record(ready, "discarded")
            self.explain()
        return ready is not None

    def record(self, ready: Ready, what: What) -> None:
        """Record what happened to an edit that was never applied."""
        self.watching.write(_ids(ready), what, None)

    def _forget(self, key: str) -> None:
        self.watching.forget(key)


def _ids(ready: Ready) -> tuple[str, ...]:
    return tuple(one.candidate.id for one in ready.outcomes if one.candidate)
