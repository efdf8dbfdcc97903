"""Ask a language server for one file's diagnostics, with no client library in between."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import IO

    Locate = Callable[[str], str]
    """The path of a program by its name; ends the test where there is none."""

Json = dict[str, Any]

_CAPABILITIES = {
    "textDocument": {
        "diagnostic": {},
        "publishDiagnostics": {"dataSupport": True, "relatedInformation": True},
    }
}


def pull_diagnostics(command: list[str], path: Path, language: str) -> list[Json]:
    """What the server answers to `textDocument/diagnostic` for a file on disk, right after it."""
    document = {"uri": path.as_uri(), "languageId": language, "version": 1}
    root = path.parent.as_uri()
    start = {"processId": None, "rootUri": root, "capabilities": _CAPABILITIES}
    process = subprocess.Popen(
        command,
        cwd=path.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        wire = process.stdin, process.stdout
        _ask(wire, 1, "initialize", start)
        _send(wire[0], {"method": "initialized", "params": {}})
        opened = {"textDocument": {**document, "text": path.read_text("utf-8")}}
        _send(wire[0], {"method": "textDocument/didOpen", "params": opened})
        found = _ask(wire, 2, "textDocument/diagnostic", {"textDocument": {"uri": path.as_uri()}})
        items: list[Json] = found["items"]
        return items
    finally:
        process.kill()
        process.communicate()


def _ask(wire: tuple[IO[bytes], IO[bytes]], number: int, method: str, params: Json) -> Json:
    _send(wire[0], {"id": number, "method": method, "params": params})
    while True:
        message = _receive(wire[1])
        if "method" not in message and message.get("id") == number:
            result: Json = message["result"]
            return result
        if "method" in message and "id" in message:
            _send(wire[0], {"id": message["id"], "result": _reply(message)})


def _reply(request: Json) -> list[None] | None:
    """Nothing is configured and everything is allowed."""
    if request["method"] == "workspace/configuration":
        return [None] * len(request["params"]["items"])
    return None


def _send(to: IO[bytes], message: Json) -> None:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    to.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    to.flush()


def _receive(source: IO[bytes]) -> Json:
    length = 0
    while line := source.readline().strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    if not length:
        raise EOFError("The language server ended before it answered.")
    message: Json = json.loads(source.read(length))
    return message
