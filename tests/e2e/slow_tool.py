"""A tool that waits for permission: it makes "during the run" a moment that a test can hold."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psutil

from tests.e2e.raw_client import LIMIT_S

if TYPE_CHECKING:
    from collections.abc import Iterable

_STUB = Path(__file__).with_name("slow_tool_stub.py")


class SlowTool:
    """Programs that were started through `command` wait until `release` lets them all go on."""

    def __init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self._waiting: list[socket.socket] = []
        self._lock = threading.Lock()
        self._came = threading.Semaphore(0)
        self._open = False
        threading.Thread(target=self._welcome, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
        self._door.close()

    @property
    def command(self) -> tuple[str, ...]:
        """To be followed by the program that is held up."""
        return (sys.executable, str(_STUB), str(self._door.getsockname()[1]))

    def wait_until_started(self) -> None:
        """Until one more program has been started."""
        assert self._came.acquire(timeout=LIMIT_S), "The tool was never started."

    def programs(self, among: Iterable[psutil.Process]) -> list[psutil.Process]:
        """Those of some processes that wait for permission."""
        return [one for one in among if self.command[-1] in _arguments(one)]

    def release(self) -> None:
        """Let everybody go on, now and from now on."""
        with self._lock:
            self._open = True
            for connection in self._waiting:
                _let_go(connection)
            self._waiting.clear()

    def _welcome(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._door.accept()
                with self._lock:
                    if self._open:
                        _let_go(connection)
                    else:
                        self._waiting.append(connection)
                self._came.release()


def _arguments(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def _let_go(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.sendall(b".")
    connection.close()
