"""Questions to something on this machine that may never answer."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class OneAtATime(Generic[T]):
    """One thread that asks one question after the other, from any event loop.

    The thread is a daemon: a question that hangs keeps no process alive. The threads of
    `asyncio.to_thread` would, and there are only a few of them for everything else.
    """

    def __init__(self, name: str) -> None:
        """Ask on a thread of this name, which is started with the first question."""
        self._name = name
        self._waiting: SimpleQueue[tuple[Callable[[], T], Future[T]]] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._current: Future[T] | None = None
        self._late: Future[T] | None = None

    @property
    def hangs(self) -> bool:
        """Whether a question that was too late is still not answered."""
        return self._late is not None and self._late is self._current

    async def ask(self, question: Callable[[], T], timeout_s: float) -> T:
        """The answer; the wait for earlier questions counts.

        Raises:
            TimeoutError: it came too late, or an earlier question still hangs; then this one is
                not asked at all.
        """
        if self.hangs:
            raise TimeoutError
        answer: Future[T] = Future()
        self._start()
        self._waiting.put((question, answer))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(answer), timeout_s)
        except TimeoutError:
            self._late = self._current
            raise

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            question, answer = self._waiting.get()
            # One that nobody waits for any more is not asked.
            if not answer.set_running_or_notify_cancel():
                continue
            self._current = answer
            try:
                found = question()
            except BaseException as error:  # noqa: BLE001 - it belongs to whoever asked
                self._current = None
                answer.set_exception(error)
            else:
                self._current = None
                answer.set_result(found)
