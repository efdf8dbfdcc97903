"""Problems are fixed before anyone asks: off by default, one at a time, by models that cost nothing.

It begins after a pause in typing and ends with the next keystroke. What it proves waits as if it had
been asked for; nothing is said about what it does not.
"""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING

from understudy.core.ids import new_id
from understudy.lsp.editable import is_editable
from understudy.lsp.jobs import Job
from understudy.lsp.progress import NoProgress

if TYPE_CHECKING:
    from understudy.config.settings import FixSettings
    from understudy.lsp.app import App
    from understudy.lsp.documents import Document

_WHY = "Cancelled: the user went on."


class Speculation:
    """Decides when documents are looked at, and that only one is at a time."""

    def __init__(self, app: App) -> None:
        self._app = app
        # By document, the line that was changed last; the document that is next stands last.
        self._due: dict[str, int] = {}
        self._tried: dict[str, set[bytes]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._job: Job | None = None
        self._near = 0

    def touched(self, document: Document, before: int) -> None:
        """A document was opened or changed: what is under way ends, and this one comes next.

        Args:
            document: as it is now.
            before: the version that the changes began with.
        """
        uri = document.uri
        if self._is_settled and not self._how(uri).speculate:
            return
        self.give_way()
        changes = document.changes_since(before)
        self._due.pop(uri, None)
        self._due[uri] = changes[-1].start if changes else 0
        self._wait()

    def closed(self, uri: str) -> None:
        """Forget a document."""
        self._due.pop(uri, None)
        self._tried.pop(uri, None)

    def settled(self) -> None:
        """It is known now what the user wants of documents that were opened before."""
        self._due = {uri: line for uri, line in self._due.items() if self._how(uri).speculate}
        self._wait()

    def give_way(self) -> None:
        """End what is under way; it begins anew after a pause."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._job is not None and self._app.jobs.supersede(self._job.id, _WHY):
            self._due.setdefault(self._job.uri, self._near)

    def forget(self) -> None:
        """End what is under way; nothing begins before somebody types again."""
        self.give_way()
        self._due.clear()

    def ended(self, job: Job) -> None:
        """A job is over, ours or another one, which we may have given way to."""
        if job is self._job:
            self._job = None
        self._wait()

    @property
    def _is_settled(self) -> bool:
        background = self._app.background
        return background is not None and background.settled.is_set()

    def _how(self, uri: str) -> FixSettings:
        session = self._app.session
        return session.settings_for(session.root_of_uri(uri)).fix

    def _wait(self) -> None:
        if self._due and self._timer is None and self._is_settled:
            delay_s = self._how(next(reversed(self._due))).speculate_after_s
            self._timer = asyncio.get_running_loop().call_later(delay_s, self._begin)

    def _begin(self) -> None:
        self._timer = None
        # Whatever is under way will tell us of its end.
        if self._due and not self._app.jobs.at_work() and self._job is None:
            uri, self._near = self._due.popitem()
            name = uri.rpartition("/")[2]
            job_id, title = new_id(), f"Looking ahead in {name}"
            progress = NoProgress(self._app, job_id, title)
            self._job = Job(job_id, uri, title, None, progress, asked=False)
            self._app.jobs.start(self._job, self._look)

    async def _look(self, job: Job) -> str:
        """Fix what is wrong with the job's document, unless it is one that nobody edits."""
        uri, session = job.uri, self._app.session
        is_ours = uri in session.mends or uri in session.desks
        if is_editable(uri) and not is_ours:
            # The engine is heavy, and most users never need this.
            ahead = await asyncio.to_thread(importlib.import_module, "understudy.lsp.looking_ahead")
            tried = self._tried.setdefault(uri, set())
            await ahead.look_ahead(self._app, job, self._near, tried)
        return "Done."
