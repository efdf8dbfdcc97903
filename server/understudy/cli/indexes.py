"""The indexes of workspace folders for a command that runs once."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING, Protocol

from understudy.index.following import WorkspaceIndex
from understudy.models.registry import known_models

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from understudy.config.settings import Settings
    from understudy.engine.setup import Setup
    from understudy.index.facts import Index
    from understudy.workspace.view import View

SOON_S = 1.0
"""So long a command waits that can do without; what was read before is there at once."""
_QUIET_S = 1.0
_TOLD_EVERY_S = 5.0
_CLOSE_S = 5.0


class Folder(Protocol):
    """A workspace folder with its settings."""

    @property
    def root(self) -> Path | None:
        """The folder; None for a file outside of any."""

    @property
    def setup(self) -> Setup:
        """What counts there."""


@contextlib.asynccontextmanager
async def indexed(folders: Sequence[Folder]) -> AsyncIterator[Indexes]:
    """The indexes of folders whose code models may see.

    They are hardly waited for: what was read before is there at once, and the rest comes meanwhile.
    """
    async with Indexes() as indexes:
        for one in folders:
            settings = one.setup.settings
            asked = any(model.locality != "built-in" for model in known_models(settings).values())
            if asked and one.setup.policy.may_ask_models:
                indexes.start(one.root, settings)
        await indexes.wait([one.root for one in folders if one.root is not None], SOON_S)
        yield indexes


class Indexes:
    """One index for each workspace folder that is asked about; all end with the `async with`."""

    def __init__(self) -> None:
        self._kept: dict[Path, tuple[WorkspaceIndex, asyncio.Task[None]]] = {}

    async def __aenter__(self) -> Indexes:
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _where: TracebackType | None,
    ) -> None:
        tasks = [task for _, task in self._kept.values()]
        self._kept.clear()
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=_CLOSE_S)

    def start(self, root: Path | None, settings: Settings) -> None:
        """Start to read a folder, unless that is under way or the settings don't want it."""
        if root is None or root in self._kept or not settings.context.index:
            return
        index = WorkspaceIndex(root, exclude=settings.privacy.exclude, told=True)
        self._kept[root] = index, asyncio.create_task(index.run(), name="index")

    async def wait(self, roots: Sequence[Path], seconds: float, *, tell: bool = False) -> None:
        """Wait until folders were read, for a while at most.

        Args:
            roots: those that are not read are passed over.
            seconds: after them, work goes on with what is known.
            tell: whether the user hears how far it is, if it takes long.
        """
        found = [self._kept[root] for root in dict.fromkeys(roots) if root in self._kept]
        waiting = asyncio.gather(*(self._until_ready(*one) for one in found))
        telling = asyncio.create_task(_tell([index for index, _ in found])) if tell else None
        try:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(waiting, seconds)
        finally:
            if telling is not None:
                telling.cancel()

    def over(self, view: View) -> Index | None:
        """What can be asked about the folder of a view, with the view's own text. Reads the disk."""
        from understudy.workspace.view import OpenDocument

        kept = self._kept.get(view.root) if view.root is not None else None
        if kept is None:
            return None
        if view.path is None:
            return kept[0].over()
        return kept[0].over(
            [OpenDocument(view.uri, view.path, view.language, view.version, view.text)]
        )

    async def _until_ready(self, index: WorkspaceIndex, task: asyncio.Task[None]) -> None:
        """Until everything was read, or nobody reads any more."""
        idle = asyncio.create_task(index.idle.wait())
        try:
            await asyncio.wait((idle, task), return_when=asyncio.FIRST_COMPLETED)
        finally:
            idle.cancel()


async def _tell(indexes: Sequence[WorkspaceIndex]) -> None:
    await asyncio.sleep(_QUIET_S)
    while True:
        number = sum(index.looked_at for index in indexes)
        sys.stderr.write(f"understudy: Reading the workspace: {number:,} files so far.\n")
        sys.stderr.flush()
        await asyncio.sleep(_TOLD_EVERY_S)
