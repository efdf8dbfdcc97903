"""A language client that sends exactly what a test tells it to, well-formed or not."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Message = dict[str, Any]

LIMIT_S = 60.0
"""No wait of the suite takes longer; on a healthy machine none takes a tenth of it."""

SERVER = (sys.executable, "-m", "understudy", "serve")
NO_ANSWER = object()
"""As the result of an answerer: the client never replies to the request."""


class RefusalError(Exception):
    """Raised by an answerer: the client replies with an error."""


@dataclass
class Wire:
    """Messages to and from one server, over anything that takes and gives bytes.

    Attributes:
        seen: everything that came, oldest first.
        answers: method → what the client replies to the server's requests; null by default.
    """

    write: Callable[[bytes], None]
    answers: dict[str, Callable[[Any], Any]] = field(default_factory=dict)
    seen: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ended = False
        self.news = threading.Condition()
        self._pen = threading.Lock()
        self._last_id = 0

    def listen(self, read_line: Callable[[], bytes], read: Callable[[int], bytes]) -> None:
        """Take framed messages until the stream ends, in a thread."""

        def loop() -> None:
            with contextlib.suppress(OSError, ValueError):
                while (length := _length(read_line)) is not None:
                    self.take(json.loads(read(length)))
            self.end()

        threading.Thread(target=loop, daemon=True).start()

    def take(self, message: Message) -> None:
        """Reply to a message that came if it is a request, and note it, as one step for all who look.

        Whoever waited for a request may send what is to come after its reply, and whoever sees what a
        reply led to has seen the request.
        """
        reply = self._reply(message) if "method" in message and "id" in message else None
        with self.news:
            self.seen.append(message)
            if reply is not None:
                with contextlib.suppress(OSError, ValueError):
                    self.send(reply)
            self.news.notify_all()

    def end(self) -> None:
        """Nothing more will come."""
        with self.news:
            self.ended = True
            self.news.notify_all()

    def send(self, message: Any) -> None:
        """Send JSON of any shape, framed."""
        self.send_body(json.dumps(message).encode())

    def send_body(self, body: bytes) -> None:
        """Send a body of any content, framed."""
        with self._pen:
            self.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Any) -> int:
        """Send a request; returns its id."""
        self._last_id += 1
        self.send({"jsonrpc": "2.0", "id": self._last_id, "method": method, "params": params})
        return self._last_id

    def reply_to(self, msg_id: object) -> Message:
        """The reply to a request."""
        return self.wait(lambda one: "method" not in one and one.get("id", "") == msg_id)

    def request(self, method: str, params: Any = None) -> Any:
        """Send a request and give its result."""
        reply = self.reply_to(self.ask(method, params))
        assert "error" not in reply, reply["error"]
        return reply["result"]

    def refusal(self, method: str, params: Any = None) -> str:
        """Send a request that must fail; gives the error's message."""
        reply = self.reply_to(self.ask(method, params))
        return sentence_of(reply)

    def wait(self, fits: Callable[[Message], bool], *, after: int = 0) -> Message:
        """The first message that fits, seen already (from number `after` on) or to come."""
        deadline = time.monotonic() + LIMIT_S
        with self.news:
            while True:
                for message in self.seen[after:]:
                    if fits(message):
                        return message
                left = deadline - time.monotonic()
                if self.ended or left <= 0:
                    raise AssertionError(f"Never came. Seen: {self.seen[after:]}")
                self.news.wait(left)

    def wait_for(self, method: str, *, after: int = 0) -> Any:
        """The parameters of a request or notification of the server."""
        return self.wait(lambda one: one.get("method") == method, after=after).get("params")

    def came(self, method: str) -> list[Any]:
        """The parameters of all such requests and notifications so far."""
        with self.news:
            return [one.get("params") for one in self.seen if one.get("method") == method]

    def _reply(self, message: Message) -> Message | None:
        answer = self.answers.get(message["method"])
        reply: Message = {"jsonrpc": "2.0", "id": message["id"]}
        try:
            result = answer(message.get("params")) if answer is not None else None
        except RefusalError as refusal:
            return reply | {"error": {"code": -32803, "message": str(refusal)}}
        return None if result is NO_ANSWER else reply | {"result": result}


class Server:
    """A server process at our standard streams, and a wire to it.

    Attributes:
        home: its `UNDERSTUDY_HOME`.
        errors: the file that its standard error goes to.
    """

    def __init__(
        self,
        home: Path,
        *,
        arguments: Iterable[str] = (),
        path: str | None = None,
        command: Iterable[str] = SERVER,
    ) -> None:
        home.mkdir(exist_ok=True, parents=True)
        self.home = home
        self.errors = home / "stderr.txt"
        environment = {**os.environ, "UNDERSTUDY_HOME": str(home)}
        if path is not None:
            environment["PATH"] = path
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [*command, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment,
            )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._stdin = self.process.stdin
        self.wire = Wire(self._write)
        self.wire.listen(self.process.stdout.readline, self.process.stdout.read)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def _write(self, data: bytes) -> None:
        self._stdin.write(data)
        self._stdin.flush()

    def initialize(self, root: Path | None, **params: Any) -> Any:
        """Shake hands as a client that can do nothing, unless `params` say more."""
        result = self.wire.request("initialize", hello(root) | params)
        self.wire.notify("initialized", {})
        return result

    def leave(self) -> int:
        """Say goodbye as the specification demands; gives the exit code."""
        self.wire.request("shutdown")
        self.wire.notify("exit", None)
        return self.process.wait(LIMIT_S)

    def log(self) -> str:
        """What the server wrote to standard error."""
        return self.errors.read_text(encoding="utf-8")

    def kill(self) -> None:
        """End the process, whatever it is doing, and close our ends."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(LIMIT_S)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def hello(root: Path | None) -> Message:
    """The parameters of a bare `initialize`."""
    uri = root.as_uri() if root is not None else None
    return {"processId": os.getpid(), "rootUri": uri, "capabilities": {}}


def sentence_of(reply: Message) -> str:
    """The message of an error reply, which must be a sentence and tell nothing of our insides."""
    error = reply["error"]
    text: str = error["message"]
    assert set(error) == {"code", "message"}, error
    assert text.endswith((".", "?")), text
    assert text[0].isupper() or text[0].isdigit() or text[0] == "`", text
    assert "Traceback" not in text
    assert ".py" not in text or "file://" in text or "`" in text, text
    return text


def _length(read_line: Callable[[], bytes]) -> int | None:
    length = 0
    while (line := read_line()) != b"\r\n":
        if not line:
            return None
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return length
