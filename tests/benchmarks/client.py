"""A language client of one thread: whoever measures waits for the server and for nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import psutil

from tests.e2e.editor import initialize_params

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

Message = dict[str, Any]

EDITOR = "vscode"
"""Whose `initialize` is sent. It pulls diagnostics, so that no server publishes any unasked."""
_LIMIT_S = 600.0
"""A server that lives longer hangs: it is ended, and the measurement fails."""


@dataclass(frozen=True, slots=True)
class Timed:
    """How long something took.

    Attributes:
        wall_s: on the wall's clock.
        result: what came of it.
    """

    wall_s: float
    result: Any


class Client:
    """One server process at our standard streams.

    Attributes:
        started: when the process was asked for, by `time.perf_counter`.
        answers: method → what we reply to the server's requests; null by default.
    """

    def __init__(self, command: Sequence[str], home: Path) -> None:
        environment = {**os.environ, "UNDERSTUDY_HOME": str(home)}
        self.answers: dict[str, Callable[[Any], Any]] = {}
        self._last_id = 0
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._watchdog = threading.Timer(_LIMIT_S, self._process.kill)
        self._watchdog.daemon = True
        self._watchdog.start()
        self._seen = psutil.Process(self._process.pid)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._watchdog.cancel()
        self._process.kill()
        self._process.communicate()

    def initialize(self, root: Path, options: Message | None = None) -> Timed:
        """Ask for the server's abilities as a real editor does; timed from the process's start."""
        params = initialize_params(EDITOR, root)
        if options is not None:
            params["initializationOptions"] = options
        result = self.request("initialize", params).result
        return Timed(time.perf_counter() - self.started, result)

    def initialized(self) -> None:
        """Tell the server that it may begin."""
        self.notify("initialized", {})

    def open(self, uri: str, text: str, version: int = 1) -> None:
        """Show a Python document to the server."""
        item = {"uri": uri, "languageId": "python", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def close(self, uri: str) -> None:
        """Close a document."""
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Any) -> Timed:
        """Send a request and wait for its result."""
        msg_id, body = self._encoded(method, params)
        started = time.perf_counter()
        self._write(body)
        reply = self._reply_to(msg_id)
        wall_s = time.perf_counter() - started
        if "error" in reply:
            raise RuntimeError(f"`{method}` was refused: {reply['error']}")
        return Timed(wall_s, reply["result"])

    def settle(self, method: str, params: Any) -> float:
        """Send a notification; how long until the server can answer again, in seconds."""
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode()
        started = time.perf_counter()
        self._write(body)
        self.barrier()
        return time.perf_counter() - started

    def barrier(self) -> None:
        """Wait until the server has seen all that was sent: it refuses a method nobody knows."""
        msg_id, body = self._encoded("benchmark/barrier", {})
        self._write(body)
        self._reply_to(msg_id)

    def next(self) -> Message:
        """The server's next message; requests are answered before they are given out."""
        message = self._read()
        if "method" in message and "id" in message:
            answer = self.answers.get(message["method"])
            result = answer(message.get("params")) if answer is not None else None
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": result})
        return message

    def cpu_s(self) -> float:
        """Processor time that the server and the children that it waited for have used so far."""
        used = self._seen.cpu_times()
        children = getattr(used, "children_user", 0.0) + getattr(used, "children_system", 0.0)
        return used.user + used.system + children

    def rss_mib(self) -> float:
        """Resident memory of the server process."""
        return self._seen.memory_info().rss / 2**20

    def _encoded(self, method: str, params: Any) -> tuple[int, bytes]:
        """A request's id and body. Making the body is not the server's work, so nobody times it."""
        self._last_id += 1
        message = {"jsonrpc": "2.0", "id": self._last_id, "method": method, "params": params}
        return self._last_id, json.dumps(message).encode()

    def _reply_to(self, msg_id: int) -> Message:
        while True:
            message = self.next()
            if "method" not in message and message.get("id") == msg_id:
                return message

    def _send(self, message: Message) -> None:
        self._write(json.dumps(message).encode())

    def _write(self, body: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> Message:
        assert self._process.stdout is not None
        length = 0
        while (line := self._process.stdout.readline()) != b"\r\n":
            if not line:
                raise RuntimeError("The server ended, or hung and was ended.")
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: Message = json.loads(self._process.stdout.read(length))
        return message
