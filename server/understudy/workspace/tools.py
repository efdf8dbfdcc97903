"""Find an outside tool and run it once."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import sysconfig
import time
from asyncio.subprocess import PIPE
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.config.trust_record import may_run_command
from understudy.core.failures import FailureCategory, UnavailableError
from understudy.workspace.processes import end, spawn
from understudy.workspace.python_env import USUAL_NAMES, find_environment

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from asyncio.subprocess import Process
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from understudy.config.settings import CheckerSettings
    from understudy.workspace.view import View

MAX_OUTPUT_BYTES = 16 * 1024 * 1024
_CHUNK_BYTES = 64 * 1024


class ToolMissingError(UnavailableError):
    """The tool is not installed, or policy does not let it run."""


class ToolTimeoutError(UnavailableError):
    """The tool did not finish in time and was ended."""

    category = FailureCategory.TIMEOUT


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a tool finds around it.

    Attributes:
        folder: where it runs.
        variables: environment variables in addition to the clean ones.
    """

    folder: Path | None
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Finished:
    """A tool that ran to its end, whatever its exit code."""

    returncode: int
    stdout: bytes
    stderr: bytes
    seconds: float


def find_tool(
    name: str, view: View, settings: CheckerSettings, *, bundled: bool = False
) -> tuple[str, ...]:
    """The command that starts a tool for a view: a full path, and the arguments that settings add.

    Looked up in this order: the command of the settings; the workspace's own environment, if the
    policy trusts it; beside our own interpreter, for a tool that is or may be installed with
    Understudy (`bundled`); `PATH`, where programs inside a workspace that is not trusted don't count.

    Raises:
        ToolMissingError: when it can't be had; the sentence says why.
    """
    if not view.policy.may_run_tools:
        raise ToolMissingError(f"The workspace is not trusted, so `{name}` was not run.")
    if settings.command:
        return (str(_chosen(settings, view)), *settings.command[1:])
    path = next(_places(name, view, bundled=bundled), None)
    if path is None:
        raise ToolMissingError(f"`{name}` is not installed, or not where Understudy may run it.")
    return (str(path),)


async def run_tool(
    command: Sequence[str],
    *,
    stdin: bytes,
    cwd: Path | Surroundings | None,
    timeout_s: float,
    max_output_bytes: int = MAX_OUTPUT_BYTES,
) -> Finished:
    """Run a tool to its end; whatever happens, nothing that it started is left behind.

    Args:
        command: a full path and arguments.
        stdin: what it reads.
        cwd: where it runs; `Surroundings` for a tool that needs variables of its own as well.
        timeout_s: after this time it is ended.
        max_output_bytes: how much it may write to either stream.

    Raises:
        ToolTimeoutError: when it took longer than `timeout_s`.
        UnavailableError: when it can't be started, or wrote more than `max_output_bytes` to
            either stream.
    """
    started = time.monotonic()
    around = cwd if isinstance(cwd, Surroundings) else Surroundings(cwd, {})
    process = await spawn(command, cwd=around.folder, stderr=PIPE, extra=around.variables)
    name = Path(command[0]).name
    try:
        async with asyncio.timeout(timeout_s):
            streams = await _talk(process, stdin, max_output_bytes)
            returncode = await process.wait() if streams else 0
    except TimeoutError as error:
        raise ToolTimeoutError(f"`{name}` did not finish within {timeout_s:g} s.") from error
    finally:
        await end(process)
    if streams is None:
        raise UnavailableError(f"`{name}` wrote more than {max_output_bytes} bytes and was ended.")
    return Finished(returncode, *streams, time.monotonic() - started)


class _TooMuchError(Exception):
    """A stream grew past its limit."""


async def _talk(process: Process, stdin: bytes, limit: int) -> tuple[bytes, bytes] | None:
    """Write and read at once, so that no full pipe blocks; None when the output is too long."""
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise UnavailableError("The tool was started without pipes.")
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_write(process.stdin, stdin))
            stdout = group.create_task(_read(process.stdout, limit))
            stderr = group.create_task(_read(process.stderr, limit))
    except* _TooMuchError:
        pass
    else:
        return stdout.result(), stderr.result()
    return None


async def _write(stream: StreamWriter, content: bytes) -> None:
    """A tool may end without reading everything; that is its own business."""
    with contextlib.suppress(ConnectionError):
        stream.write(content)
        await stream.drain()
    stream.close()
    with contextlib.suppress(ConnectionError):
        await stream.wait_closed()


async def _read(stream: StreamReader, limit: int) -> bytes:
    content = bytearray()
    while chunk := await stream.read(_CHUNK_BYTES):
        content += chunk
        if len(content) > limit:
            raise _TooMuchError
    return bytes(content)


def _chosen(settings: CheckerSettings, view: View) -> Path:
    """The program of the command that settings name."""
    given = settings.command[0]
    if not may_run_command(view.policy, view.root, settings):
        raise ToolMissingError(
            f"The workspace's own command `{given}` is not trusted yet, so it was not run."
        )
    try:
        path = Path(given).expanduser()
    except RuntimeError as error:
        raise ToolMissingError(f"The command `{given}` names a home that is not there.") from error
    if path.name == given:
        candidates = programs_on_path(given)
    else:
        candidates = iter((path if path.is_absolute() else (view.root or Path.home()) / path,))
    for candidate in candidates:
        if _is_program(candidate):
            if is_outside(candidate, view):
                return candidate
            raise ToolMissingError(
                f"`{given}` lies inside a workspace that is not trusted, so it was not run."
            )
    raise ToolMissingError(f"The command `{given}` of the settings does not exist.")


def _places(name: str, view: View, *, bundled: bool) -> Iterator[Path]:
    """Where a tool may be, in the order of preference; programs that may not run are left out."""
    if view.root is not None and view.policy.may_run_workspace_tools:
        scripts = "Scripts" if os.name == "nt" else "bin"
        yield from _programs(name, [view.root / usual / scripts for usual in USUAL_NAMES])
    if view.environment is not None:
        chosen = find_environment(view.root, view.environment)
        folders = [] if chosen is None else [chosen.prefix / "bin", chosen.prefix / "Scripts"]
        for path in _programs(name, folders):
            if view.policy.may_run_workspace_tools or is_outside(path, view):
                yield path
    if bundled:
        beside = [Path(sys.executable).parent, Path(sysconfig.get_path("scripts"))]
        yield from _programs(name, beside)
    yield from (path for path in programs_on_path(name) if is_outside(path, view))


def programs_on_path(name: str) -> Iterator[Path]:
    """The programs of that name on `PATH`; entries that depend on the current folder don't count.

    `shutil.which` would look into the current folder first on Windows, and an empty entry means
    the current folder elsewhere; either may be the workspace.
    """
    yield from _programs(name, path_folders())


def path_folders() -> Iterator[Path]:
    """The folders of `PATH` that don't depend on the current one."""
    entries = os.environ.get("PATH", "").split(os.pathsep)
    folders = (Path(entry.strip('"')) for entry in entries if entry)
    return (folder for folder in folders if folder.is_absolute())


def _programs(name: str, folders: Iterable[Path]) -> Iterator[Path]:
    """Batch files don't count on Windows: they run in a shell, which reads their arguments."""
    suffixes = (".exe", ".com") if os.name == "nt" and not Path(name).suffix else ("",)
    for folder in folders:
        for suffix in suffixes:
            path = folder / f"{name}{suffix}"
            if _is_program(path):
                yield path


def _is_program(path: Path) -> bool:
    try:
        return path.is_file() and os.access(path, os.X_OK)
    except (OSError, ValueError):
        return False


def is_outside(path: Path, view: View) -> bool:
    """Whether a program may run as far as its place goes: trusted workspace, or not inside one."""
    if view.policy.may_run_workspace_tools:
        return True
    return not any(path.is_relative_to(home) or _is_really_in(path, home) for home in _homes(view))


def _homes(view: View) -> tuple[Path, ...]:
    """The folders whose content may be anybody's.

    Of a document without a place only the open folders are known. When there are none either, the
    current folder counts, because editors start us in the workspace; the root of a disk is none.
    """
    known = {*view.roots, *([view.root] if view.root is not None else [])}
    if view.root is None and view.path is not None:
        known.add(view.path.parent)
    if not known:
        with contextlib.suppress(OSError):
            known |= {Path.cwd()} - {Path(Path.cwd().anchor)}
    return tuple(known)


def _is_really_in(path: Path, folder: Path) -> bool:
    """With every link followed; what can't be resolved counts as inside."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True
