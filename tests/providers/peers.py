"""Starts servers that nobody here wrote, from the folder that `.ci/peers` fills.

Each listens on loopback at a port of the system's choice, and ends with its standard input, so
that none outlives the tests whatever becomes of them.
"""

from __future__ import annotations

import json
import os
import queue
import re
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.providers.tiny_model import write_tiny_model
from tests.support import missing, require

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "sk-peer-0123456789"
"""What both servers ask for."""

WINDOW = 256
"""Tokens that fit into llama.cpp's model."""

_START_S = 30.0


@dataclass(frozen=True, slots=True)
class Peer:
    """A server that runs."""

    url: str


@contextmanager
def llama(folder: Path) -> Iterator[Peer]:
    """Llama.cpp's server with a tiny model that is made on the spot."""
    python = _installed("llama/bin/python", "llama/Scripts/python.exe")
    model = folder / "tiny.gguf"
    write_tiny_model(model)
    stub = Path(__file__).with_name("llama_stub.py")
    with _running([str(python), str(stub), str(model), str(WINDOW), KEY]) as peer:
        yield peer


@contextmanager
def aimock(folder: Path, fixtures: list[dict[str, Any]]) -> Iterator[Peer]:
    """The mock server of CopilotKit with its own idea of all five families."""
    program = _installed("aimock/node_modules/@copilotkit/aimock/dist/cli.js")
    file = folder / "fixtures.json"
    file.write_text(json.dumps({"fixtures": fixtures}), encoding="utf-8")
    ending = "process.stdin.on('end', () => process.exit(0)).resume();"
    script = f"{ending} import({json.dumps(program.as_uri())})"
    options = ["--port", "0", "--fixtures", str(file), "--validate-on-load"]
    with _running([require("node"), "-e", script, "--", *options], AIMOCK_API_KEYS=KEY) as peer:
        yield peer


def _installed(*places: str) -> Path:
    folder = os.environ.get("UNDERSTUDY_PEERS", "")
    found = [Path(folder) / place for place in places if (Path(folder) / place).exists()]
    return (
        found[0]
        if folder and found
        else missing("Servers of others are not installed; `.ci/peers` installs them.")
    )


@contextmanager
def _running(command: list[str], **environment: str) -> Iterator[Peer]:
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    assert process.stdin is not None
    try:
        yield Peer(_address(process))
    finally:
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[str]) -> str:
    """The first address that is printed; everything after it is read and thrown away."""
    found: queue.Queue[str] = queue.Queue()
    printed: list[str] = []

    def read() -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                address = re.search(r"http://127\.0\.0\.1:\d+", line)
                if address:
                    found.put(address[0])
                printed.append(line)
        found.put("")

    threading.Thread(target=read, daemon=True).start()
    address = found.get(timeout=_START_S)
    assert address, "".join(printed)
    return address
