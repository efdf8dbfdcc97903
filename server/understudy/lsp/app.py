"""The server as a whole: handler table, state, and the ways to talk to the client."""

from __future__ import annotations

import asyncio
import logging
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from understudy import __version__
from understudy.lsp.clock import Clock
from understudy.lsp.handlers import initialize
from understudy.lsp.protocol import ClientSilentError, Protocol
from understudy.lsp.session import Session

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from tempfile import TemporaryDirectory

    from understudy.lsp.aftermath import Aftermath
    from understudy.lsp.alarm import Alarm
    from understudy.lsp.background import Background
    from understudy.lsp.handlers import Handler
    from understudy.lsp.indexing import Indexing
    from understudy.lsp.jobs import Jobs
    from understudy.lsp.speculating import Speculation
    from understudy.lsp.status import StatusBar

log = logging.getLogger("understudy.lsp")

T = TypeVar("T")


class App:
    """One server for one client.

    Attributes:
        session: all state that handlers write.
        background: what is opened after `initialize`: settings, journal; None before.
        clock: tells the time.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        server = LanguageServer("understudy", __version__, protocol_cls=Protocol)
        protocol = server.protocol
        assert isinstance(protocol, Protocol)  # noqa: S101 - pygls' signature forgets the class
        self.protocol = protocol
        self.session = Session()
        self.clock = clock or Clock()
        self.background: Background | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._scratch: TemporaryDirectory[str] | None = None
        self._serve(initialize.HANDLER)
        self.protocol.on_first_message = self._serve_all

    @cached_property
    def jobs(self) -> Jobs:
        """Running work."""
        from understudy.lsp.jobs import Jobs

        return Jobs(self)

    @cached_property
    def alarm(self) -> Alarm:
        """Tells when a model does worse."""
        from understudy.lsp.alarm import Alarm

        return Alarm(self)

    @cached_property
    def aftermath(self) -> Aftermath:
        """Watches what becomes of edits."""
        from understudy.lsp.aftermath import Aftermath

        return Aftermath(self)

    @cached_property
    def status(self) -> StatusBar:
        """Tells what a status bar shows."""
        from understudy.lsp.status import StatusBar

        return StatusBar(self)

    @cached_property
    def indexing(self) -> Indexing:
        """Keeps what is known of the workspace folders."""
        from understudy.lsp.indexing import Indexing

        return Indexing(self)

    @cached_property
    def speculation(self) -> Speculation:
        """Fixes problems before anyone asks, where the user switched that on."""
        from understudy.lsp.speculating import Speculation

        return Speculation(self)

    def _serve_all(self) -> None:
        """Import the other handlers, once `initialize` was answered: an editor waits for that."""
        from understudy.lsp.changes import failed
        from understudy.lsp.handlers import all_handlers

        for handler in all_handlers().values():
            self._serve(handler)
        self.protocol.on_failed_notification = partial(failed, self)

    def _serve(self, handler: Handler) -> None:
        self.protocol.handlers[handler.id] = partial(handler.run, self)
        if handler.raw:
            self.protocol.raw.add(handler.id)

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        self.protocol.notify(method, params)

    async def ask(self, method: str, params: object, timeout_s: float) -> Any:
        """Send a request and wait for the client's result.

        Raises:
            ClientRefusedError: when the client answers with an error.
            ClientSilentError: when it does not answer within `timeout_s`.
        """
        future = self.protocol.send_request(method, params)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), timeout_s)
        except TimeoutError:
            text = f"The editor did not answer `{method}` within {timeout_s:g} s."
            raise ClientSilentError(text) from None
        finally:
            self.protocol.forget(future)

    def say(self, text: str, *, warning: bool = False) -> None:
        """Show the user one sentence."""
        kind = lsp.MessageType.Warning if warning else lsp.MessageType.Info
        self.notify(lsp.WINDOW_SHOW_MESSAGE, lsp.ShowMessageParams(type=kind, message=text))

    def write_log(self, text: str) -> None:
        """Write a line into the editor's log of this server."""
        params = lsp.LogMessageParams(type=lsp.MessageType.Info, message=text)
        self.notify(lsp.WINDOW_LOG_MESSAGE, params)

    def scratch(self) -> str:
        """A private folder for files that are shown; it goes when the server ends."""
        if self._scratch is None:
            from understudy.lsp.scratch import scratch_folder

            self._scratch = scratch_folder()
        return self._scratch.name

    def is_scratch(self, uri: str) -> bool:
        """Whether a document is one of the files that are shown."""
        # The system may call the folder's own folder by another name, but never the folder.
        return self._scratch is not None and f"/{Path(self._scratch.name).name}/" in uri

    def spawn(self, work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """Run something beside the jobs; it is cancelled when the server ends."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (failure := task.exception()) is not None:
            log.error("The task %s failed.", task.get_name(), exc_info=failure)

    async def close(self) -> None:
        """Cancel all work, end the tools, write what is still to be written."""
        try:
            await self.jobs.close()
            await self.indexing.close()
            await self.aftermath.watching.close()
            tasks = list(self._tasks)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self.background is not None:
                await self.background.close()
        finally:
            if self._scratch is not None:
                self._scratch.cleanup()
