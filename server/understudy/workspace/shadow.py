"""A private tree that stands for a project folder, with one document as it is in memory.

For tools that only read, and that want to see a file in its place. All else is linked, so that
making the tree costs no more than the entries of the folders above the document.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_ENTRIES = 20_000
"""How many neighbours a document may have; one link is made for each."""


@contextlib.contextmanager
def private_file(name: str, content: bytes) -> Iterator[Path]:
    """A file of that name in a folder of its own that only the user can read; gone at the end."""
    with _private_folder() as folder:
        path = folder / Path(name).name
        _write(path, content)
        yield path


@contextlib.contextmanager
def shadow(root: Path, path: Path, content: bytes) -> Iterator[tuple[Path, Path]]:
    """A tree like `root` in which `path` holds `content`; gone at the end.

    The folders on the way to the document are real, so that what a tool writes beside it stays in
    the tree. Everything beside the way is a link into the project: a tool that writes to files
    which it was not asked about must not be given this tree.

    Args:
        root: the project's folder.
        path: the document, below `root`; it need not exist.
        content: what it holds.

    Yields:
        The tree's root and the document in it.

    Raises:
        UnavailableError: when the tree can't be made, or has too many entries.
    """
    if not path.is_relative_to(root):
        raise UnavailableError(f"`{path}` does not lie in `{root}`.")
    parts = path.relative_to(root).parts
    with _private_folder() as tree:
        here, real = tree, root
        for part in parts[:-1]:
            _link_entries(real, here, part)
            here, real = here / part, real / part
            here.mkdir()
        _link_entries(real, here, parts[-1])
        _write(here / parts[-1], content)
        yield tree, here / parts[-1]


@contextlib.contextmanager
def _private_folder() -> Iterator[Path]:
    """`mkdtemp` lets nobody else in. Removing does not follow links."""
    try:
        folder = Path(os.path.realpath(tempfile.mkdtemp(prefix="understudy-")))
    except OSError as error:
        raise UnavailableError(f"No temporary folder can be made: {error.strerror}.") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except (OSError, ValueError) as error:
        raise UnavailableError(f"`{path.name}` can't be written: {error}.") from error


def _link_entries(real: Path, here: Path, but: str) -> None:
    """Links to everything in a folder but one entry, which gets a place of its own."""
    try:
        with os.scandir(real) as entries:
            for number, entry in enumerate(entries):
                if number >= _MAX_ENTRIES:
                    raise UnavailableError(f"`{real}` holds more than {_MAX_ENTRIES} entries.")
                if os.path.normcase(entry.name) != os.path.normcase(but):
                    link_to(Path(entry.path), here / entry.name, is_folder=entry.is_dir())
    except FileNotFoundError:
        return  # A document that is not saved yet may lie in a folder that is not there either.
    except OSError as error:
        raise UnavailableError(f"`{real}` can't be linked: {error.strerror}.") from error


def link_to(real: Path, link: Path, *, is_folder: bool) -> None:
    """Make a symbolic link. Windows lets few users make one, but everybody junctions and copies."""
    try:
        link.symlink_to(real, target_is_directory=is_folder)
    except OSError:
        if sys.platform == "win32":
            _link_on_windows(real, link, is_folder=is_folder)
        else:
            raise


def _link_on_windows(real: Path, link: Path, *, is_folder: bool) -> None:
    if not is_folder:
        shutil.copyfile(real, link)
    elif sys.platform == "win32":
        import _winapi

        _winapi.CreateJunction(str(real), str(link))
