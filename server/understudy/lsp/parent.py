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
    while is_alive(process_id):  # noqa: ASYNC110 - the system tells nobody when a stranger ends
        await asyncio.sleep(_LOOK_EVERY_S)
    app.protocol.exited.set()


def is_alive(process_id: int) -> bool:
    """Whether a process with this id runs. A zombie does not."""
    if sys.platform == "win32":
        return _is_alive_on_windows(process_id)
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(process_id)


def _is_zombie(process_id: int) -> bool:
    try:
        with open(f"/proc/{process_id}/stat", "rb") as stat:  # noqa: PTH123 - twice a second
            return stat.read().rpartition(b")")[2].split()[0] == b"Z"
    except (OSError, IndexError):
        return False


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
