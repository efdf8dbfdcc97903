from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest

from understudy.core.failures import FailureCategory, UnavailableError
from understudy.workspace.processes import clean_environment, end, spawn
from understudy.workspace.tools import ToolTimeoutError, run_tool

if TYPE_CHECKING:
    from pathlib import Path


async def run(source: str, stdin: bytes = b"", **limits: float) -> tuple[int, bytes, bytes]:
    finished = await run_tool(
        (sys.executable, "-c", source),
        stdin=stdin,
        cwd=None,
        timeout_s=limits.get("timeout_s", 30),
        max_output_bytes=int(limits.get("max_output_bytes", 1_000_000)),
    )
    return finished.returncode, finished.stdout, finished.stderr


async def test_input_goes_in_and_both_streams_and_the_exit_code_come_out() -> None:
    source = "import sys; sys.stderr.write('e'); print(sys.stdin.read()[::-1]); sys.exit(3)"
    code, stdout, stderr = await run(source, b"abc")
    assert (code, stdout.strip(), stderr) == (3, b"cba", b"e")


async def test_much_input_and_output_at_once_block_nobody() -> None:
    source = "import sys\nfor line in sys.stdin.buffer: sys.stdout.buffer.write(line)"
    content = b"x" * 79 + b"\n"
    assert (await run(source, content * 10_000))[1] == content * 10_000


async def test_a_tool_that_does_not_read_its_input_is_no_error() -> None:
    assert (await run("pass", b"x" * 1_000_000))[0] == 0


async def test_keys_and_variables_that_load_code_do_not_reach_a_tool(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dangerous = ["OPENAI_API_KEY", "GITHUB_TOKEN", "MY_SECRETS", "DB_PASSWORD", "AWS_PROFILE"]
    dangerous += ["PYTHONSTARTUP", "PYTHONPATH", "NODE_OPTIONS", "LD_PRELOAD", "DATABASE_URL"]
    dangerous += ["XDG_ACCESS_TOKEN", "PYTHONBREAKPOINT", "BASH_ENV", "DYLD_INSERT_LIBRARIES"]
    dangerous += ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"]
    for name in dangerous:
        monkeypatch.setenv(name, "planted-value")
    monkeypatch.setenv("LC_MESSAGES", "C")
    _, stdout, _ = await run("import json, os; print(json.dumps(dict(os.environ)))")
    seen = json.loads(stdout)
    assert "planted-value" not in stdout.decode()
    assert seen["PATH"] == os.environ["PATH"]
    assert seen["LC_MESSAGES"] == "C"


def test_names_of_kept_variables_are_compared_without_case() -> None:
    assert clean_environment({"SystemRoot": "a", "Path": "b", "other": "c"}) == {
        "SystemRoot": "a",
        "Path": "b",
    }


GRANDCHILD = """
import socket, sys
connection = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
print("!", flush=True)
connection.recv(1)
"""
FAMILY = """
import subprocess, sys
quiet = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
child = subprocess.Popen([sys.executable, "-c", {grandchild!r}, "{port}"], **quiet)
child.stdout.read(1)
{then}
child.wait()
"""


class Line:
    """A loopback port. A grandchild calls it and hangs; the line goes dead when it is ended."""

    def __init__(self) -> None:
        self.called = asyncio.Event()
        self.dead = asyncio.Event()
        self.port = 0
        self._writer: asyncio.StreamWriter

    async def open(self) -> asyncio.Server:
        server = await asyncio.start_server(self._listen, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self.called.set()
        with contextlib.suppress(ConnectionError):
            await reader.read()
        self.dead.set()
        writer.close()

    def hang_up(self) -> None:
        """Let the grandchild end by itself."""
        self._writer.write(b"!")

    def family(self, then: str = "") -> str:
        return FAMILY.format(grandchild=GRANDCHILD, port=self.port, then=then)


async def test_a_tool_that_hangs_is_ended_in_time_with_its_grandchildren() -> None:
    line = Line()
    async with await line.open():
        with pytest.raises(ToolTimeoutError, match="within 3 s") as raised:
            await run(line.family(), timeout_s=3)
        assert line.called.is_set()
        await line.dead.wait()
    assert raised.value.category is FailureCategory.TIMEOUT


async def test_a_cancelled_tool_is_ended_with_its_grandchildren() -> None:
    line = Line()
    async with await line.open():
        task = asyncio.create_task(run(line.family()))
        await line.called.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await line.dead.wait()


@pytest.mark.skipif(os.name == "nt", reason="Only on POSIX are an ended parent's children known.")
async def test_a_tool_that_ends_leaves_no_grandchild_behind() -> None:
    line = Line()
    async with await line.open():
        await run(line.family("import os; os._exit(0)"))
        await line.dead.wait()


@pytest.mark.skipif(os.name == "nt", reason="Only on POSIX are there sessions.")
async def test_a_grandchild_that_left_the_group_and_holds_the_pipes_blocks_nobody() -> None:
    line = Line()
    async with await line.open():
        source = line.family().replace("**quiet", "start_new_session=True")
        source = source.replace("child.stdout.read(1)", "sys.exit()")
        with pytest.raises(ToolTimeoutError):
            await run(source, timeout_s=2)
        assert line.called.is_set()
        line.hang_up()
        await line.dead.wait()


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
async def test_a_tool_that_writes_without_end_is_ended(stream: str) -> None:
    source = f"import sys\nwhile True: sys.{stream}.write('x' * 10_000)"
    with pytest.raises(UnavailableError, match="more than 50000 bytes"):
        await run(source, max_output_bytes=50_000)


async def test_output_as_long_as_the_limit_is_taken() -> None:
    _, stdout, _ = await run("print('x' * 100, end='')", max_output_bytes=100)
    assert len(stdout) == 100


async def test_a_program_that_does_not_exist_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="can't be started"):
        await run_tool((str(tmp_path / "none"),), stdin=b"", cwd=None, timeout_s=5)


async def test_a_folder_that_does_not_exist_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="can't be started"):
        await run_tool((sys.executable,), stdin=b"", cwd=tmp_path / "none", timeout_s=5)


@pytest.mark.skipif(sys.platform != "linux", reason="Only on Linux is a running child limited.")
async def test_a_tool_that_takes_too_much_memory_fails_alone() -> None:
    source = "import sys; sys.stdin.read(); bytearray(5 * 1024**3)"
    code, _, stderr = await run(source)
    assert code != 0
    assert b"MemoryError" in stderr


async def test_no_process_is_left_after_many_runs() -> None:
    for _ in range(5):
        await run("pass")
    assert psutil.Process().children(recursive=True) == []


@pytest.mark.skipif(os.name == "nt", reason="Only on POSIX are programs collected.")
async def test_a_program_that_is_ended_is_collected_by_the_loop_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    collected: list[int] = []
    monkeypatch.setattr(subprocess.Popen, "poll", lambda self: collected.append(self.pid))
    program = (sys.executable, "-S", "-c", "import time; time.sleep(60)")
    process = await spawn(program, cwd=None, stderr=asyncio.subprocess.DEVNULL)
    await end(process)
    assert process.returncode is not None
    assert collected == []


async def test_ending_a_program_is_seen_through_though_it_is_cancelled_again_and_again() -> None:
    process = await spawn(
        (sys.executable, "-c", "import time; time.sleep(60)"), cwd=None, stderr=subprocess.PIPE
    )
    ending = asyncio.create_task(end(process))
    for _ in range(3):
        await asyncio.sleep(0)
        ending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await ending
    assert process.returncode is not None
