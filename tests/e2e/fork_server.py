"""A process that has read all of the program once, and gives every command a copy of itself.

Reading its modules is nearly all that a short command does, and the tests give hundreds of them. A
copy has a folder, an environment and streams of its own, as a process that was started anew.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import socket
import sys
from typing import Any

FILES = 4
"""How many come with each order: standard input, output and error, and a socket to report to."""

Order = dict[str, Any]


def main() -> int:
    """Start what is ordered at the socket of the given number, until nobody is left to order.

    In the copy for a program it gives the program's exit code.
    """
    import understudy

    for module in pkgutil.walk_packages(understudy.__path__, "understudy."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    # A collector that passes all modules in each copy would write to most of their pages.
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as control:
        order = _next_order(control)
    return _run(order) if order else 0


def _next_order(control: socket.socket) -> Order | None:
    """The order for this copy; None where this is not a copy."""
    while True:
        sign, files, _, _ = socket.recv_fds(control, 1, FILES)
        if not sign:
            return None
        watcher = os.fork()
        if not watcher:
            return _watched(files)
        for file in files:
            os.close(file)
        _reap()


def _reap() -> None:
    """Forget copies that have ended. None is waited for: a program may run for long."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _watched(files: list[int]) -> Order:
    """Copy this process once more for the program, and report its number and exit code."""
    *streams, number = files
    report = socket.socket(fileno=number)
    with report.makefile("r") as lines:
        order: Order = json.loads(lines.readline())
    program = os.fork()
    if program:
        for stream in streams:
            os.close(stream)
        report.sendall(f"{program}\n".encode())
        code = os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])
        report.sendall(f"{code}\n".encode())
        os._exit(0)
    report.close()
    for place, stream in enumerate(streams):
        os.dup2(stream, place)
        os.close(stream)
    return order


def _run(order: Order) -> int:
    from understudy.cli import main as program

    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - the streams of a process
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    return program(order["arguments"])


if __name__ == "__main__":
    raise SystemExit(main())
