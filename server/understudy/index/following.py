"""The index of one workspace folder in a server: who reads it, and who keeps it up to date."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from understudy.core.failures import UnavailableError
from understudy.index.child import ask, start_worker
from understudy.index.on_disk import MAX_PARSED_HERE, OnDisk
from understudy.index.opened import Extracts, Opened, language_in
from understudy.index.packing import unpacked
from understudy.index.place import folder_for, make_room

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from understudy.workspace.line_child import LineChild
    from understudy.workspace.view import OpenDocument

log = logging.getLogger("understudy.index")

RESCAN_S = 300.0
"""After this time everything is looked at again: no editor tells of all changes."""
_GATHER_S = 0.1
_WAIT_FOR_WRITER_S = 2.0
_MANY = 500
"""When so many files changed at once, looking at all of them costs no more."""
_MAX_FAILURES = 5
_FIRST_PAUSE_S = 0.5
_STEADY_S = 60.0
"""A worker that ran for so long did not fail for the reason of the one before."""


class WorkspaceIndex:
    """The index of a workspace folder, with the process that keeps it.

    Everything but `over` is for the event loop, and none of it waits for long.

    Attributes:
        root: the workspace folder.
        idle: set while nothing is left to be read; until the first scan ended it is not.
        looked_at: how many files the scan that goes on has looked at.
    """

    def __init__(self, root: Path, *, exclude: Sequence[str] = (), told: bool = False) -> None:
        """Nothing is touched before `run`.

        Args:
            root: an absolute path.
            exclude: patterns of files that nobody may see (`privacy.exclude`).
            told: whether somebody tells of changes by `changed`, so that looking seldom will do.
        """
        self.root = root
        self.idle = asyncio.Event()
        self.looked_at = 0
        self._disk = OnDisk(root, partial(folder_for, root), exclude)
        self._disk.tell = self._is_late
        self._opening = threading.Lock()
        self._was_opened = False
        self._extracts = Extracts()
        self._rescan_s = RESCAN_S if told else RESCAN_S / 5
        self._child: LineChild | None = None
        self._asking = asyncio.Lock()
        self._changed: set[str] = set()
        self._read_again: list[str] = []
        self._everything = False
        self._wake = asyncio.Event()
        self._begun = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def ready(self) -> bool:
        """Whether every file was read as it is on the disk, as far as that is known."""
        return self._disk.ready

    @property
    def worker_id(self) -> int | None:
        """The number of the process that reads; None while there is none."""
        return None if self._child is None else self._child.process_id

    def over(self, documents: Iterable[OpenDocument] = ()) -> Opened:
        """What can be asked, with these documents in place of what is saved. Reads the disk.

        Before `run`, what was found out at an earlier time is known, and files are parsed when asked for.
        """
        self._open()
        if self._disk.shelf.is_damaged and self._loop is not None:
            self._loop.call_soon_threadsafe(self._wake.set)
        below = (one for one in documents if one.path.is_relative_to(self.root))
        by_path = {one.path.relative_to(self.root).as_posix(): one for one in below}
        return Opened(self._disk, by_path, self._extracts)

    def changed(self, paths: Iterable[Path]) -> None:
        """Files of the workspace changed on the disk, came or went."""
        for path in paths:
            if path.is_relative_to(self.root):
                self._changed.add(path.relative_to(self.root).as_posix())
        if self._changed:
            self.idle.clear()
            self._wake.set()

    def look_again(self) -> None:
        """So much may have changed that everything is looked at."""
        self._everything = True
        self.idle.clear()
        self._wake.set()

    async def prepare(self, document: OpenDocument) -> None:
        """Find out what an open document holds before somebody asks. A long one waits for `run`."""
        if len(document.text) <= MAX_PARSED_HERE:
            await asyncio.to_thread(self._look_at, document)
            return
        path = document.path.relative_to(self.root).as_posix()
        language = language_in(path, document)
        question = {"do": "facts", "path": path, "language": language, "text": document.text}
        with contextlib.suppress(UnavailableError, ValueError, TypeError):
            await self._begun.wait()
            answer = await self._ask(question)
            facts = await asyncio.to_thread(unpacked, answer.get("facts", ()))
            self._extracts.put(path, language, document.text, facts)

    async def run(self) -> None:
        """Keep the index until cancelled. Workers that end are replaced, as long as that helps."""
        self._loop = asyncio.get_running_loop()
        try:
            await asyncio.to_thread(self._open)
            await asyncio.to_thread(make_room)
            await self._keep()
        finally:
            self._loop = None
            await self._end_child()
            await asyncio.to_thread(self._disk.shelf.close)

    def _open(self) -> None:
        """Open the database the first time; from then on, `_follow` knows which one counts."""
        with self._opening:
            if not self._was_opened:
                self._disk.shelf.connect()
                self._was_opened = True

    async def _keep(self) -> None:
        loop, failures = asyncio.get_running_loop(), 0
        while failures < _MAX_FAILURES:
            began = loop.time()
            try:
                await self._follow()
            except UnavailableError as failure:
                log.info("The index of %s: %s", self.root, failure)
            failures = 1 if loop.time() - began > _STEADY_S else failures + 1
            await self._end_child()
            await asyncio.sleep(_FIRST_PAUSE_S * 2**failures)
        log.warning("The index of %s is not kept: its process ends again and again.", self.root)
        self.idle.set()

    async def _follow(self) -> None:
        """Start a worker and have it work.

        Raises:
            UnavailableError: when it ended.
        """
        folder = await asyncio.to_thread(folder_for, self.root)
        self._child = await start_worker(self.root, folder)
        self._begun.set()
        # The database may be another one than this process had open.
        shelf = self._disk.shelf
        await asyncio.to_thread(shelf.close)
        await self._ask({"do": "rebuild" if shelf.is_damaged else "scan"})
        await asyncio.to_thread(shelf.connect)
        while True:
            await self._scan()
            await self._wait()

    async def _scan(self) -> None:
        """Have everything looked at, and changes in between.

        Where another process writes, this one waits until that is through.
        """
        self.idle.clear()
        told = await self._ask({"do": "scan"})
        while True:
            if told.get("busy"):
                told = await self._ask(self._take_changes() or {"do": "step"})
                self.looked_at = int(told.get("looked_at", 0))
            elif await asyncio.to_thread(self._is_scanned) or told.get("writer"):
                break
            else:
                await asyncio.sleep(_WAIT_FOR_WRITER_S)
                told = await self._ask({"do": "scan"})
        self._disk.ready = True
        self._settle()

    async def _wait(self) -> None:
        """Until it is time to look at everything again; what changes until then is told."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._rescan_s):
                while True:
                    await self._wake.wait()
                    self._wake.clear()
                    await asyncio.sleep(_GATHER_S)
                    told = await self._ask(self._take_changes() or {"do": "step"})
                    if self._disk.shelf.is_damaged:
                        raise UnavailableError("its database is damaged, and made anew.")
                    if told.get("busy"):
                        return
                    self._settle()

    def _settle(self) -> None:
        """What was to be read was read."""
        self._disk.forget(self._read_again)
        self._read_again = []
        if not self._changed and not self._everything:
            self.idle.set()

    def _take_changes(self) -> dict[str, Any] | None:
        """The question about what changed since the last one."""
        paths, self._changed = sorted(self._changed), set()
        self._read_again += paths
        everything, self._everything = self._everything or len(paths) > _MANY, False
        if everything:
            return {"do": "scan"}
        return {"do": "update", "paths": paths} if paths else None

    async def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        async with self._asking:
            if self._child is None:
                raise UnavailableError("No indexing process runs.")
            return await ask(self._child, question)

    async def _end_child(self) -> None:
        child, self._child = self._child, None
        self._begun.clear()
        if child is not None:
            await child.close()

    def _look_at(self, document: OpenDocument) -> None:
        index = self.over((document,))
        index.facts(document.path.relative_to(self.root).as_posix())

    def _is_late(self, path: str) -> None:
        """A file is to be read again; told by the thread that asked about it."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.changed, [self.root / path])

    def _is_scanned(self) -> bool:
        """Whether whoever writes has looked at everything once."""
        shelf = self._disk.shelf
        return (shelf.is_open or shelf.connect()) and shelf.is_scanned()
