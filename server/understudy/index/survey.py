"""The index for a command that runs once: brought up to date, asked, and told about in figures."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from understudy.index.child import ask, start_worker
from understudy.index.on_disk import OnDisk
from understudy.index.place import database_in, folder_for, size_of
from understudy.index.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@contextlib.contextmanager
def saved_index(root: Path, exclude: Sequence[str] = ()) -> Iterator[OnDisk]:
    """What can be asked about a workspace folder, without a process that keeps it. Reads files.

    Answers are true whether or not there is an index; without one, fewer things are found.

    Args:
        root: an absolute path.
        exclude: patterns of files that nobody may see (`privacy.exclude`).
    """
    folder = folder_for(root)
    disk = OnDisk(root, lambda: folder, exclude)
    if database_in(folder).is_file():
        disk.shelf.connect()
        disk.ready = disk.shelf.is_scanned()
    try:
        yield disk
    finally:
        disk.shelf.close()


async def survey(root: Path, *, rebuild: bool = False) -> dict[str, Any]:
    """Look through a workspace folder and tell what there is, as plain values.

    Args:
        root: an absolute path.
        rebuild: whether every file is read again.

    Raises:
        UnavailableError: when it can't be done.
    """
    folder = folder_for(root)
    child = await start_worker(root, folder)
    try:
        told = await ask(child, {"do": "rebuild" if rebuild else "scan"})
        while told["busy"]:
            told = await ask(child, {"do": "step"})
    finally:
        await child.close()
    figures = await asyncio.to_thread(figures_of, root)
    return {"root": str(root), "own": told["writer"], "read": told["read"], **figures}


def figures_of(root: Path) -> dict[str, Any]:
    """What is in the index of a workspace folder now, as plain values. Reads files."""
    folder = folder_for(root)
    shelf = Shelf(lambda: folder)
    if database_in(folder).is_file():
        shelf.connect()
    try:
        return {"bytes": size_of(folder), **shelf.figures()}
    finally:
        shelf.close()
