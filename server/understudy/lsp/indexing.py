"""The indexes of the workspace folders: when they are kept, and what they are told."""

from __future__ import annotations

import asyncio
import importlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from understudy.gathering.history import look_at_history
from understudy.models.tokens import waiting
from understudy.workspace.paths import path_of
from understudy.workspace.source_files import MAX_BYTES
from understudy.workspace.view import OpenDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from understudy.index.facts import Index
    from understudy.index.following import WorkspaceIndex
    from understudy.lsp.app import App
    from understudy.lsp.documents import Document
    from understudy.workspace.view import View

_AFTER_S = 1.0
"""So long after the settings are known, the workspace is read: the first fixes go before it. What was
read earlier is known to them all the same."""
_QUIET_S = 0.25
"""After this time without a keystroke, what a document holds is found out."""
_MOST_LINES = MAX_BYTES
"""Longer documents are no sources that anybody indexes: a line has its end at least."""
_MOST_CHANGES = 1_000
_CLOSE_S = 1.0
_CALM_S = 2.0
"""After this time without a keystroke nobody minds that nothing is answered for 150 ms."""
_HISTORY_S = 30.0
"""So often the repository is asked at most whether there are new commits."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """One index, and what it was started with."""

    index: WorkspaceIndex
    exclude: tuple[str, ...]
    task: asyncio.Task[None]


class Indexing:
    """Keeps an index of each workspace folder in which a document is open.

    An index can be asked as soon as a document is; the process that reads everything begins later. It
    only reads and parses. A folder that the user does not trust has none all the same: no model is told
    anything of it, so nobody would ask.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._kept: dict[Path, _Kept] = {}
        self._due: dict[str, asyncio.TimerHandle] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self._history_due: dict[Path, float] = {}
        self._calm: asyncio.TimerHandle | None = None
        self._begins: float | None = None

    def at_hand(self) -> Callable[[View], Index | None]:
        """`over`, with the indexes of documents that were opened just now."""
        self.follow()
        return self.over

    def over(self, view: View) -> Index | None:
        """What can be asked about the folder of a view, with all documents as the view has them.

        None for a document outside of every folder, and where no index is kept.
        """
        kept = self._kept.get(view.root) if view.root is not None else None
        if kept is None:
            return None
        documents = list(view.beside)
        if view.path is not None:
            here = OpenDocument(view.uri, view.path, view.language, view.version, view.text)
            documents.append(here)
        return kept.index.over(documents)

    def follow(self) -> None:
        """Start and stop indexes as settings, folders and open documents have it."""
        background, session = self._app.background, self._app.session
        if background is None or not background.settled.is_set():
            return
        if self._begins is None:
            self._begins = asyncio.get_running_loop().time() + _AFTER_S
        in_use = {session.root_of_uri(uri) for uri in session.documents}
        wanted: dict[Path, tuple[str, ...]] = {}
        for root in session.roots:
            settings, policy = session.settings_for(root), session.policy_for(root)
            is_for_models = settings.context.index and policy.may_ask_models
            if is_for_models and (root in in_use or root in self._kept):
                wanted[root] = settings.privacy.exclude
        for root in [one for one, kept in self._kept.items() if kept.exclude != wanted.get(one)]:
            self._stop(root)
        for root in wanted.keys() - self._kept.keys():
            self._start(root, wanted[root])

    def touched(self, uri: str) -> None:
        """A document was opened or changed; it is looked at once nobody types any more."""
        self._forget(uri)
        loop = asyncio.get_running_loop()
        self._due[uri] = loop.call_later(_QUIET_S, self._look_at, uri)
        if self._calm is not None:
            self._wait_for_calm()

    def closed(self, uri: str) -> None:
        """From now on, what is saved counts."""
        self._forget(uri)
        self.saved(uri)

    def saved(self, uri: str) -> None:
        """A document was written to the disk."""
        path = path_of(uri)
        self.changed_on_disk([path] if path is not None and self._kept else [])

    def changed_on_disk(self, paths: Iterable[Path]) -> None:
        """Files changed, came or went."""
        told = list(paths)
        for kept in self._kept.values() if told else ():
            kept.index.changed(told)

    def told_of(self, uris: list[str]) -> None:
        """What the client says that changed on the disk."""
        if len(uris) > _MOST_CHANGES:
            for kept in self._kept.values():
                kept.index.look_again()
            return
        self.changed_on_disk(path for uri in uris if (path := path_of(uri)) is not None)

    async def close(self) -> None:
        """End all indexes."""
        waiting.end()
        if self._calm is not None:
            self._calm.cancel()
        for uri in list(self._due):
            self._forget(uri)
        for root in list(self._kept):
            self._stop(root)
        if self._ending:
            await asyncio.wait(self._ending, timeout=_CLOSE_S)

    def _start(self, root: Path, exclude: tuple[str, ...]) -> None:
        from understudy.index.following import WorkspaceIndex

        loop = asyncio.get_running_loop()
        waiting.begin(partial(loop.call_soon_threadsafe, self._wait_for_calm))
        told = self._app.session.client.watches_files
        index = WorkspaceIndex(root, exclude=exclude, told=told)
        task = loop.create_task(self._run(index), name="index")
        self._kept[root] = _Kept(index, exclude, task)
        self._app.spawn(_get_ready(index), "context")

    async def _run(self, index: WorkspaceIndex) -> None:
        await asyncio.sleep(self._waits_s())
        for uri in self._app.session.documents:
            self.touched(uri)
        await index.run()

    def _waits_s(self) -> float:
        """How long it is until workspaces are read."""
        begins, now = self._begins, asyncio.get_running_loop().time()
        return max(begins - now, 0.0) if begins is not None else _AFTER_S

    def _stop(self, root: Path) -> None:
        task = self._kept.pop(root).task
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        task.cancel()

    def _forget(self, uri: str) -> None:
        timer = self._due.pop(uri, None)
        if timer is not None:
            timer.cancel()

    def _look_at(self, uri: str) -> None:
        self._due.pop(uri, None)
        document = self._app.session.documents.get(uri)
        if document is None:
            return
        self.follow()
        self._prepare(uri, document)

    def _prepare(self, uri: str, document: Document) -> None:
        path = path_of(uri)
        root = self._app.session.root_of(path)
        kept = self._kept.get(root) if root is not None else None
        if path is None or kept is None or self._waits_s():
            return
        if document.lost or document.line_count > _MOST_LINES:
            return
        frozen = OpenDocument(uri, path, document.language, document.version, document.text)
        self._app.spawn(kept.index.prepare(frozen), "outline")
        now = asyncio.get_running_loop().time()
        if now >= self._history_due.get(kept.index.root, now):
            self._history_due[kept.index.root] = now + _HISTORY_S
            self._app.spawn(look_at_history(self._app.session.view(uri)), "history")

    def _wait_for_calm(self) -> None:
        """Have the vocabularies that are wanted loaded once nobody types for a while."""
        if self._calm is not None:
            self._calm.cancel()
        self._calm = asyncio.get_running_loop().call_later(_CALM_S, self._load)

    def _load(self) -> None:
        self._calm = None
        self._app.spawn(asyncio.to_thread(waiting.load), "vocabularies")


async def _get_ready(index: WorkspaceIndex) -> None:
    """Load what shows context once there is time for it: the first who asks waits for less."""
    await index.idle.wait()
    await asyncio.to_thread(importlib.import_module, "understudy.lsp.context_shown")
