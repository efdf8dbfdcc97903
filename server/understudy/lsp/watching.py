"""The edits that were offered, watched until ten minutes after they arrived, open or closed.

An edit whose document is closed is looked for on the disk when its time comes, and in the document once
that is open again. One whose server ended is taken up by the next one.
"""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.clock import SECOND_US

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.core.rebase import LineChange
    from understudy.engine.looking_again import Seen
    from understudy.engine.outcome import Outcome
    from understudy.engine.survival import Left
    from understudy.engine.watched_files import Held, Shelf
    from understudy.journal.records import OutcomeRow, What
    from understudy.lsp.app import App
    from understudy.lsp.documents import Document
    from understudy.lsp.watch import Fate, Watch

_CHECK_AGAIN_S = 60.0
"""After this time the checkers look whether the diagnostics are really gone."""
_STOPS_S = (30.0, _CHECK_AGAIN_S, 120.0, 600.0)
_NEVER_S = float("inf")


class Watching:
    """All watches by the ids of the edits that were ready.

    Attributes:
        outcomes: what was proved of each edit.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._watches: dict[str, Watch] = {}
        self.outcomes: dict[str, tuple[Outcome, ...]] = {}
        self._closed = False
        self._shelf: Shelf | None = None
        # Of those who use the shelf, each in a thread.
        self._files = asyncio.Lock()

    def add(self, key: str, watch: Watch) -> None:
        """Watch an edit that is sent now."""
        self._watches[key] = watch

    def forget(self, key: str) -> None:
        """Nobody wants to know any more what becomes of an edit."""
        watch = self._watches.pop(key, None)
        self.outcomes.pop(key, None)
        if watch is not None and watch.held is not None:
            self._app.spawn(asyncio.to_thread(watch.held.drop), f"drop {key}")

    def of(self, uri: str) -> list[tuple[str, Watch]]:
        """The watches of a document."""
        return [(key, one) for key, one in self._watches.items() if one.uri == uri]

    def look(
        self, key: str, document: Document, changes: tuple[LineChange, ...] | None
    ) -> Fate | None:
        """Look at a document after its changes; None for changes that are not known."""
        watch, now = self._watches[key], self._app.clock.now_s()
        began = watch.applied is None
        if changes is None:
            self._look_anew(key, watch, document)
            return None
        fate = watch.look(document, changes, now)
        if fate is not None:
            detail = now - watch.put_at if fate == "undone" else None
            self.write(watch.trace.edits, fate.value, detail)
        if began and watch.applied is not None:
            self._app.spawn(self._follow(key, watch, watch.applied.applied_us), f"watch {key}")
        return fate

    def is_waiting(self, key: str) -> bool:
        """Whether an edit has not arrived."""
        return key in self._watches and self._watches[key].applied is None

    def is_in(self, key: str) -> bool:
        """Whether an edit arrived and is in the text still."""
        watch = self._watches.get(key)
        return watch is not None and watch.applied is not None and not watch.back

    def opened(self, document: Document) -> None:
        """Take up what was watched in a document that was closed, here or by another process."""
        for key, watch in list(self._watches.items()):
            if watch.is_of(document.uri):
                self._look_anew(key, watch, document)
        if document.uri.startswith("file:"):
            self._app.spawn(self._look_behind(document.uri), f"look behind {document.uri}")

    def closed(self, uri: str) -> None:
        """A document is being closed: what is left of its edits is what was kept, for now."""
        document = self._app.session.documents.get(uri)
        for key, watch in self.of(uri):
            if watch.applied is None or document is None:
                self.forget(key)
            else:
                self._say(watch, watch.left(document), final=True)

    async def take_up(self, within: Path) -> None:
        """Take up the edits of a folder's files, or of a file, that nobody watches any more."""
        async with self._files:
            if self._closed:
                return
            if not self._is_recorded(None):
                await asyncio.to_thread(_forget_left)
                return
            if not self._is_recorded(within):
                return
            shelf, now_us = self._opened_shelf(), self._app.clock.now_us()
            held, rows = await asyncio.to_thread(_behind, shelf, within, now_us)
            self._record(rows)
            for one in held:
                self._adopt(one)

    async def close(self) -> None:
        """Leave what is still watched to the next process."""
        for key, watch in list(self._watches.items()):
            await self._hold(key, watch)
            if watch.held is not None and watch.applied is not None:
                await asyncio.to_thread(watch.held.update, watch.applied)
        async with self._files:
            self._closed = True
            self._watches.clear()
            if self._shelf is not None:
                await asyncio.to_thread(self._shelf.close)

    def write(self, edit_ids: tuple[str, ...], what: What, detail: float | None) -> None:
        """Tell the journal."""
        # Imported here: nothing has become of any edit when the server starts.
        from understudy.journal.records import OutcomeRow

        now_us = self._app.clock.now_us()
        self._record(tuple(OutcomeRow(one, now_us, what, detail) for one in edit_ids))

    def _record(self, rows: Iterable[OutcomeRow]) -> None:
        if self._app.background is not None:
            for row in rows:
                self._app.background.record(row)

    def _is_recorded(self, path: Path | None) -> bool:
        """Whether the user wants anything recorded, and the folder of a file does not refuse it."""
        session = self._app.session
        roots = {None, session.root_of(path)}
        return all(session.settings_for(root).journal.enabled for root in roots)

    async def _look_behind(self, uri: str) -> None:
        from understudy.workspace.paths import path_of

        path = path_of(uri)
        if self._app.background is not None and path is not None:
            await self._app.background.settled.wait()
            await self.take_up(path)

    def _adopt(self, held: Held) -> None:
        from understudy.lsp.watch import watch_again

        watch = watch_again(held)
        key = watch.trace.edits[0]
        self._watches[key] = watch
        for document in self._app.session.documents.values():
            if watch.is_of(document.uri):
                self._look_anew(key, watch, document)
        self._app.spawn(self._follow(key, watch, held.watched.applied_us), f"watch {key}")

    def _look_anew(self, key: str, watch: Watch, document: Document) -> None:
        if watch.applied is None:
            self.forget(key)
        elif (left := watch.resume(document)) is not None:
            self._say(watch, left, final=False)

    async def _follow(self, key: str, watch: Watch, applied_us: int) -> None:
        """Look at an edit when its times come, and judge it at the last one."""
        await self._hold(key, watch)
        for stop, following in pairwise((*_STOPS_S, _NEVER_S)):
            await self._app.clock.sleep(max(stop - self._since(applied_us), 0.0))
            if self._watches.get(key) is not watch:
                return
            if stop == _CHECK_AGAIN_S:
                await self._look_at_diagnostics(key, watch)
            elif self._since(applied_us) < following:
                await self._look_later(watch, final=following == _NEVER_S)
        self.forget(key)

    async def _hold(self, key: str, watch: Watch) -> None:
        """Have the edit outlive this process."""
        async with self._files:
            if self._closed or watch.held is not None or watch.applied is None or not watch.path:
                return
            if self._is_recorded(Path(watch.path)):
                watch.held = await asyncio.to_thread(self._opened_shelf().hold, watch.applied)
            if watch.held is not None and self._watches.get(key) is not watch:
                await asyncio.to_thread(watch.held.drop)

    def _opened_shelf(self) -> Shelf:
        from understudy.engine.watched_files import Shelf as Opened

        if self._shelf is None:
            self._shelf = Opened()
        return self._shelf

    def _since(self, then_us: int) -> float:
        return (self._app.clock.now_us() - then_us) / SECOND_US

    async def _look_later(self, watch: Watch, *, final: bool) -> None:
        from understudy.engine.looking_again import seen_on_disk

        document = self._app.session.documents.get(watch.uri)
        if document is not None and not document.lost:
            self._say(watch, watch.left(document), final=final)
        elif watch.applied is not None and watch.path:
            known, now_us = watch.applied, self._app.clock.now_us()
            found = await asyncio.to_thread(seen_on_disk, known, now_us, final=final)
            if watch.applied is known:
                self._take(watch, found)
        if watch.held is not None and watch.applied is not None:
            await asyncio.to_thread(watch.held.update, watch.applied)

    def _say(self, watch: Watch, left: Left, *, final: bool) -> None:
        from understudy.engine.looking_again import seen

        if watch.applied is not None:
            self._take(watch, seen(watch.applied, left, self._app.clock.now_us(), final=final))

    def _take(self, watch: Watch, found: Seen) -> None:
        watch.applied = found.watched
        self._record(found.rows)

    async def _look_at_diagnostics(self, key: str, watch: Watch) -> None:
        """Whether the problems are still gone that the edit was made for."""
        from understudy.engine.checking import check
        from understudy.lsp.problem_back import is_back

        if watch.back or watch.uri not in self._app.session.documents:
            return
        view = self._app.session.view(watch.uri)
        places = list(watch.places)
        reports = await check(view, self._app.session.settings_for(view.root))
        for outcome in self.outcomes.get(key, ()):
            back = is_back(outcome, reports, view, places)
            if back is not None and outcome.candidate is not None:
                self.write(
                    (outcome.candidate.id,), "diagnostic_back" if back else "diagnostic_gone", None
                )


def _forget_left() -> None:
    from understudy.engine.watched_files import forget_left

    forget_left()


def _behind(shelf: Shelf, within: Path, now_us: int) -> tuple[list[Held], list[OutcomeRow]]:
    """The edits to be watched, taken over, and what is said of those whose time is over."""
    from understudy.engine.looking_again import is_over, seen_on_disk

    held: list[Held] = []
    rows: list[OutcomeRow] = []
    for one in shelf.left_behind(within, now_us):
        if is_over(one.watched, now_us):
            rows += seen_on_disk(one.watched, now_us, final=True).rows
            one.drop()
        else:
            held.append(one)
    return held, rows
