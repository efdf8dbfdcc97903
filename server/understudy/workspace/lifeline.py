"""End what we started when we are killed, on POSIX.

A killed process can't tell anybody, but the system closes its files. So everything that is to go
with us gets a companion in its process group, which does nothing but read from a pipe whose other
end only we hold; when that closes, it kills the group. It works on every POSIX system and reaches
the whole group, which a parent-death signal (Linux alone, and only for a direct child) does not.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMPANION = """
import os, signal, sys
pipe, command = int(sys.argv[1]), sys.argv[2:]
if not (middle := os.fork()):
    if not os.fork():
        for stream in range(3):
            os.close(stream)
        os.read(pipe, 1)
        os.killpg(0, signal.SIGKILL)
    os._exit(0)
os.waitpid(middle, 0)
os.close(pipe)
os.execv(command[0], command)
"""
"""Starts the companion, which nobody has to bury, and then becomes the command."""


@cache
def _pipe() -> tuple[int, int]:
    """Both ends, open for as long as we run; no program inherits the one for writing."""
    return os.pipe()


def bound(command: Sequence[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """A command that ends when this process does, and the files that it must inherit.

    The command must become the leader of its own process group. Where this can't be done, it comes
    back as it is.
    """
    if os.name != "posix" or not sys.executable:
        return tuple(command), ()
    reading, _ = _pipe()
    wrapped = (sys.executable, "-I", "-S", "-c", _COMPANION, str(reading), *command)
    return wrapped, (reading,)
