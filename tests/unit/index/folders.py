"""Workspaces for these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.index.keeper import Keeper
from understudy.index.on_disk import OnDisk
from understudy.index.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def write(root: Path, **files: str) -> None:
    """Files by their names, in which `__` stands for `/` and a last `_` for the dot."""
    for name, text in files.items():
        stem, _, suffix = name.replace("__", "/").rpartition("_")
        path = root / f"{stem}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


class Kept:
    """A workspace and its index, kept in this process."""

    def __init__(self, root: Path, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.root = root
        self.folder = folder
        self.store = Store.open(folder)
        self.keeper = Keeper(root, self.store)

    def scan(self) -> int:
        """Look at everything; how many files were read."""
        before = self.keeper.read
        self.store.begin()
        for _ in self.keeper.scan():
            pass
        self.store.commit()
        return self.keeper.read - before

    def update(self, *paths: str) -> bool:
        """Look at some files."""
        self.store.begin()
        needs_scan = self.keeper.update(paths)
        self.store.commit()
        return needs_scan

    def disk(self, *exclude: str, ready: bool = True) -> OnDisk:
        """What can be asked."""
        disk = OnDisk(self.root, lambda: self.folder, exclude)
        disk.shelf.connect()
        disk.ready = ready
        return disk

    def left_out(self) -> dict[str, str]:
        """What is left out, each with its reason."""
        return {path: one.reason for path, one in self.store.left_out().items()}
