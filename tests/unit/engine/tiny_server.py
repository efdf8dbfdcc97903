"""A real HTTP server on loopback that answers fixed JSON by path, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class TinyServer:
    """Answers by `path`, or by `path` and the `model` that was posted: `/api/show qwen3`."""

    answers: dict[str, Any]
    url: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def tiny_server(answers: dict[str, Any]) -> Iterator[TinyServer]:
    """Answers are JSON values, or a number: that status without a word."""
    tiny = TinyServer(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(self.path)

        def do_POST(self) -> None:
            posted = json.loads(self.rfile.read(int(self.headers["content-length"])))
            named = f"{self.path} {posted.get('model')}"
            self._answer(named if named in tiny.answers else self.path)

        def _answer(self, path: str) -> None:
            tiny.asked.append((path, {k.lower(): v for k, v in self.headers.items()}))
            found = tiny.answers.get(path, 404)
            body = b"{}" if isinstance(found, int) else json.dumps(found).encode()
            self.send_response(found if isinstance(found, int) else 200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        tiny.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield tiny
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
