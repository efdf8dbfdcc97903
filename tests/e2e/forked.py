"""Commands of `understudy` as processes that need not read its modules first."""

from __future__ import annotations

import atexit
import functools
import json
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
_ROOT = Path(__file__).parents[2]


def run_forked(
    arguments: list[str], folder: Path, environment: Mapping[str, str], limit_s: float
) -> tuple[int, str, str]:
    """Run a command to its end; gives its exit code, output and errors.

    Raises:
        TimeoutError: it took longer than `limit_s`; it was ended.
    """
    ours, theirs = socket.socketpair()
    out, out_end = os.pipe()
    errors, errors_end = os.pipe()
    nothing = os.open(os.devnull, os.O_RDONLY)
    given = [nothing, out_end, errors_end, theirs.fileno()]
    with ours, open(out, encoding="utf-8") as told, open(errors, encoding="utf-8") as complained:  # noqa: PTH123 - numbers of files
        socket.send_fds(_server(), [b"."], given)
        for file in (nothing, out_end, errors_end):
            os.close(file)
        theirs.close()
        ours.settimeout(limit_s)
        order = {"folder": str(folder), "arguments": arguments, "environment": dict(environment)}
        ours.sendall(json.dumps(order).encode() + b"\n")
        with ours.makefile("r") as report, ThreadPoolExecutor(2) as readers:
            number = int(report.readline())
            texts = [readers.submit(pipe.read) for pipe in (told, complained)]
            try:
                code = int(report.readline())
            except TimeoutError:
                os.kill(number, signal.SIGKILL)
                raise
            return code, texts[0].result(), texts[1].result()


@functools.cache
def _server() -> socket.socket:
    ours, theirs = socket.socketpair()
    flags = ("-W", "error", "-X", "utf8")
    process = subprocess.Popen(
        [sys.executable, *flags, "-m", "tests.e2e.fork_server", str(theirs.fileno())],
        cwd=_ROOT,
        pass_fds=[theirs.fileno()],
    )
    theirs.close()

    def end() -> None:
        ours.close()
        process.wait(10)

    atexit.register(end)
    return ours
