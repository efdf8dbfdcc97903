"""What is kept running goes with us, even when nobody can say goodbye."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.e2e.processes import wait_until_gone
from understudy.core.failures import UnavailableError
from understudy.workspace.processes import end, spawn_for_long

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Only on POSIX")

_OWNER = """
import asyncio, sys
from understudy.workspace.processes import spawn_for_long

async def main():
    process = await spawn_for_long((sys.executable, "-c", sys.argv[1]), cwd=None)
    print((await process.stdout.readline()).decode(), flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""
_BUSY = """
import subprocess, sys
below = subprocess.Popen([sys.executable, "-c", "while True: pass"])
print(below.pid, flush=True)
while True:
    pass
"""


def test_busy_children_and_theirs_go_with_a_process_that_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _OWNER, _BUSY], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
    ) as owner:
        assert owner.stdout is not None
        below = psutil.Process(int(owner.stdout.readline()))
        family = [below, *psutil.Process(owner.pid).children(recursive=True)]
        group = os.getpgid(below.pid)
        assert len(set(family)) == 2
        os.kill(owner.pid, signal.SIGKILL)
        wait_until_gone(family)
        wait_until_gone([one for one in psutil.process_iter() if _group(one) == group])


def _group(process: psutil.Process) -> int:
    try:
        return os.getpgid(process.pid)
    except OSError:
        return 0


async def test_it_talks_as_if_it_was_started_itself_and_leaves_nothing(tmp_path: Path) -> None:
    echo = "import os, sys; print(os.getcwd(), os.getpid(), sys.stdin.readline(), sep='|')"
    process = await spawn_for_long((sys.executable, "-c", echo), cwd=tmp_path)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"hello\n")
    told = (await process.stdout.read()).decode().strip().split("|")
    assert told == [str(tmp_path), str(process.pid), "hello"]
    group = [one for one in psutil.process_iter() if _group(one) == process.pid]
    await end(process)
    wait_until_gone(group)


async def test_what_is_no_program_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="can't be started"):
        await spawn_for_long((str(tmp_path / "nothing"),), cwd=tmp_path)
