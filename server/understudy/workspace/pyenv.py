"""Which installation a shim of pyenv stands for, told by pyenv's own files. Nothing is executed.

A shim is a small script that every interpreter's name leads to. The version that it would start is
written where pyenv looks for it (https://github.com/pyenv/pyenv#understanding-python-version-selection).
Asking the shim would run what a workspace's file names, and takes longer.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from understudy.core.plain_files import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAX_BYTES = 10_000
_NAME = re.compile(r"[A-Za-z0-9][\w.+-]*(?:/[A-Za-z0-9][\w.+-]*)*")
"""A version, or a virtual environment as pyenv-virtualenv calls it: `3.12.1/envs/name`."""
_NUMBERS = re.compile(r"\d+")


def is_pyenv_shim(program: Path) -> bool:
    """Whether a program lies in the folder of pyenv's shims."""
    home = program.parent.parent
    return program.parent.name == "shims" and (home / "versions").is_dir()


def pyenv_prefix(shim: Path, root: Path | None) -> Path | None:
    """The folder of the installation that a shim stands for in a workspace.

    None when pyenv would hand over to the system's interpreter, or has not installed what is asked
    for.
    """
    versions = shim.parent.parent / "versions"
    for name in _chosen(shim.parent.parent, root):
        if _NAME.fullmatch(name) and (found := _installed(versions, name)) is not None:
            return found
    return None


def _chosen(home: Path, root: Path | None) -> list[str]:
    """The names that count: those of the first place that says anything."""
    return next((names for names in _said(home, root) if names), [])


def _said(home: Path, root: Path | None) -> Iterator[list[str]]:
    yield [name for name in os.environ.get("PYENV_VERSION", "").split(":") if name]
    if root is not None:
        yield from (_names(folder / ".python-version") for folder in (root, *root.parents))
    yield _names(home / "version")


def _names(path: Path) -> list[str]:
    try:
        text = read_plain(path, _MAX_BYTES).decode("utf-8", "replace")
    except (OSError, ValueError):
        return []
    lines = (line.partition("#")[0] for line in re.split(r"[\r\n]", text))
    return [word.removeprefix("python-") for line in lines for word in line.split()]


def _installed(versions: Path, name: str) -> Path | None:
    """The version of that name; for `3.12` the newest one that begins so."""
    exact = versions / name
    if exact.is_dir():
        return exact
    try:
        found = [one for one in versions.iterdir() if one.name.startswith(f"{name}.")]
    except OSError:
        return None
    return max(
        found, key=lambda one: [int(part) for part in _NUMBERS.findall(one.name)], default=None
    )
