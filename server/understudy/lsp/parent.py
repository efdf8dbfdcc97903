"""End with the editor: a server whose client died has nobody left to serve."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.lsp.app import App

_LOOK_EVERY_S = 0.5


def watch_parent(app: App, process_id: int) -> None:
    """End the server when the process goes. Standard input usually tells first."""
    if process_id > 1:
        app.spawn(_watch(app, process_id), "parent")


async def _watch(app: App, process_id: int) -> None:
    if not is_alive(process_id):
        # The number means nothing here: the client lives in another namespace or machine.
        return
    descriptor = _open(process_id)
    if descriptor is not None:
        await _until_readable(descriptor)
    else:
        while is_alive(process_id):  # noqa: ASYNC110 - the system tells nobody here
            await asyncio.sleep(_LOOK_EVERY_S)
    app.protocol.exited.set()


def _open(process_id: int) -> int | None:
    """A descriptor that becomes readable when the process ends, buried or not; Linux has those."""
    if sys.platform != "linux":
        return None
    try:
        return os.pidfd_open(process_id)
    except OSError:
        return None


async def _until_readable(descriptor: int) -> None:
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(descriptor, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


def is_alive(process_id: int) -> bool:
    """Whether there is a process with this id, if only one that nobody has buried yet."""
    if sys.platform == "win32":
        return _is_alive_on_windows(process_id)
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_alive_on_windows(process_id: int) -> bool:
    import ctypes

    synchronize, still_waiting = 0x0010_0000, 0x0000_0102
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore] # on Windows alone
    handle = kernel.OpenProcess(synchronize, False, process_id)  # noqa: FBT003 - the Win32 signature
    if not handle:
        return False
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == still_waiting)
    finally:
        kernel.CloseHandle(handle)
