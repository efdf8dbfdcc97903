"""Start outside programs so that nothing of them outlives us and no key reaches them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.workspace.lifeline import bound

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Mapping, Sequence

MAX_MEMORY_BYTES = 4 * 1024**3
"""How much private writable memory one outside program may hold, where the system can limit it."""

_REAP_S = 2.0
"""How long a killed program is waited for when the one who ended it was cancelled."""

_KEPT = re.compile(
    "APPDATA|COMSPEC|CONDA_PREFIX|HOME|HOMEDRIVE|HOMEPATH|LANG|LANGUAGE|"
    "LOCALAPPDATA|LOGNAME|NO_COLOR|NUMBER_OF_PROCESSORS|OS|PATH|PATHEXT|PROCESSOR_ARCHITECTURE|"
    "PROGRAMDATA|SHELL|SYSTEMDRIVE|SYSTEMROOT|TEMP|TMP|TMPDIR|TZ|USER|USERNAME|USERPROFILE|"
    "VIRTUAL_ENV|WINDIR|CARGO_HOME|GOPATH|GOROOT|"
    "(COMMONPROGRAM|PROGRAMFILES|LC_|NVM_|PYENV_|RUSTUP_|XDG_).*"
)
_SECRET = re.compile(r"KEY|TOKEN|SECRET|PASSW|CREDENTIAL|AUTH")
_WINDOWS_FLAGS: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(
    subprocess, "CREATE_NO_WINDOW", 0
)
"""On Windows: a group of its own, and no console window that flashes up."""


def clean_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables that an outside program needs to run, and no other.

    The list says what is kept, not what is dropped: a key under a name that nobody thought of,
    and a variable that makes a program load foreign code (`PYTHONPATH`, `NODE_OPTIONS`,
    `LD_PRELOAD`, `LD_LIBRARY_PATH`, `DYLD_...`), stay out.
    """
    return {name: value for name, value in environ.items() if _is_kept(name.upper())}


async def spawn(
    command: Sequence[str], *, cwd: Path | None, stderr: int, extra: Mapping[str, str] | None = None
) -> Process:
    """Start a program in a process group of its own, without a shell, with pipes to talk to it.

    Args:
        command: the program's full path and its arguments.
        cwd: where it runs.
        stderr: `asyncio.subprocess.PIPE` or `DEVNULL`.
        extra: environment variables in addition to the clean ones.

    Raises:
        UnavailableError: when it can't be started.
    """
    return await _spawn(_Start(tuple(command), cwd, stderr, dict(extra or {})))


async def spawn_for_long(
    command: Sequence[str], *, cwd: Path | None, extra: Mapping[str, str] | None = None
) -> Process:
    """As `spawn`, for what is kept running: it goes with us even when we are killed.

    A program that reads its input would see that by itself, but not while it computes. This costs
    the start of one more interpreter. On Windows it is a plain start: there the program goes once
    it reads again.
    """
    if not await asyncio.to_thread(os.access, command[0], os.X_OK):
        raise UnavailableError(f"`{command[0]}` can't be started: it is no program.")
    wrapped, inherited = bound(command)
    return await _spawn(_Start(wrapped, cwd, subprocess.DEVNULL, dict(extra or {}), inherited))


@dataclass(frozen=True, slots=True)
class _Start:
    """What is started, and how."""

    command: tuple[str, ...]
    cwd: Path | None
    stderr: int
    extra: dict[str, str]
    inherited: tuple[int, ...] = ()


async def _spawn(start: _Start) -> Process:
    command, environment = start.command, clean_environment(os.environ) | start.extra
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=start.stderr,
            cwd=start.cwd,
            env=environment,
            pass_fds=start.inherited,
            start_new_session=os.name == "posix",
            creationflags=_WINDOWS_FLAGS,
        )
    except (OSError, ValueError) as error:
        raise UnavailableError(f"`{command[0]}` can't be started: {error}.") from error
    _limit_memory(process.pid)
    return process


async def end(process: Process) -> None:
    """Kill a program with everything that it started, and wait until it is gone.

    Our ends of its pipes are closed before the wait: it would else last as long as anybody holds
    the other ends, and a program that left the group may do so for ever. Cancelled meanwhile it waits
    on, for a killed program is gone in a moment, and the loop may be closed right after.
    """
    if os.name == "posix":
        _kill_group(process)
    elif process.returncode is None:
        await _end_windows_tree(process)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    transport: asyncio.SubprocessTransport = process._transport  # type: ignore[attr-defined]  # noqa: SLF001 - it has no public name
    for number in range(3):
        pipe = transport.get_pipe_transport(number)
        if isinstance(pipe, asyncio.WriteTransport) and pipe.get_write_buffer_size():
            pipe.abort()  # Closing would wait until somebody reads what is left.
        elif pipe is not None:
            pipe.close()
    try:
        await _gone(process)
    finally:
        transport.close()


async def _gone(process: Process) -> None:
    """Wait until a killed program is gone, even when nobody wants to wait any more.

    Raises:
        asyncio.CancelledError: once it is gone, or does not go, if that was asked for.
    """
    waiting = asyncio.ensure_future(process.wait())
    try:
        await asyncio.shield(waiting)
    except asyncio.CancelledError:
        # Unlike `shield` it takes a second cancellation for the same one.
        until = asyncio.get_running_loop().time() + _REAP_S
        while not waiting.done() and (left := until - asyncio.get_running_loop().time()) > 0:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait((waiting,), timeout=left)
        waiting.cancel()
        raise


def _kill_group(process: Process) -> None:
    """By number and not by `process.kill`, which collects a program that is dead already.

    asyncio, which waits for it in a thread, would then complain about an unknown child.
    """
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    except PermissionError:
        # One of the group is not ours to end, or is ending: then the program alone.
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process.pid, signal.SIGKILL)


def _is_kept(name: str) -> bool:
    return _KEPT.fullmatch(name) is not None and _SECRET.search(name) is None


def _limit_memory(pid: int) -> None:
    """Limit a running child's memory on Linux; elsewhere nobody can from the outside.

    `RLIMIT_DATA`, not `RLIMIT_AS`: JavaScript engines reserve far more addresses than they use.
    A `preexec_fn` would set it earlier, but may deadlock in a program with threads.
    """
    if sys.platform != "linux":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.prlimit(pid, resource.RLIMIT_DATA)
        limit = MAX_MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MAX_MEMORY_BYTES, hard)
        resource.prlimit(pid, resource.RLIMIT_DATA, (limit, limit))


async def _end_windows_tree(process: Process) -> None:
    """Windows has no group to signal; `taskkill` follows parents to their children."""
    taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "taskkill.exe"
    with contextlib.suppress(OSError):
        killer = await asyncio.create_subprocess_exec(
            str(taskkill),
            *("/T", "/F", "/PID", str(process.pid)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        await killer.wait()
