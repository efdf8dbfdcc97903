"""A tool that waits for permission: it makes "during the run" a moment that a test can hold."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from pathlib import Path
from typing import Self

from tests.e2e.raw_client import LIMIT_S

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


def _let_go(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.sendall(b".")
    connection.close()
