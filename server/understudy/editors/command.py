"""The command that starts this very server."""

from __future__ import annotations

import contextlib
import os
import sys
import sysconfig
from pathlib import Path

import understudy
from understudy.workspace.tools import path_folders

PROGRAM = "understudy"
SERVE = "serve"


def own_command(*, full_path: bool) -> tuple[str, ...]:
    """How an editor starts the installation that runs now.

    The bare name where `PATH` leads here and no path is asked for; else the program's path, as
    `PATH` has it, so that an upgrade that moves what a link leads to does no harm; else our
    interpreter and the module.
    """
    ours = _beside_the_interpreter()
    found = _on_path()
    if ours is None:
        return (sys.executable, "-m", PROGRAM, SERVE)
    if found is None or not _is_same(found, ours):
        return (str(ours), SERVE)
    return (str(found) if full_path else PROGRAM, SERVE)


def is_own(command: tuple[str, ...]) -> bool:
    """Whether a command starts this installation, so that nobody has to ask it who it is."""
    ours = _beside_the_interpreter()
    named = Path(command[0])
    program = named if named.is_absolute() else _on_path() if command[0] == PROGRAM else None
    if program is not None and ours is not None and _is_same(program, ours):
        return True
    return command[:3] == (sys.executable, "-m", PROGRAM)


def own_version() -> str:
    """What our program answers when it is asked for its version."""
    return f"{PROGRAM} {understudy.__version__}"


def _beside_the_interpreter() -> Path | None:
    folders = (Path(sysconfig.get_path("scripts")), Path(sys.executable).parent)
    return next((path for folder in folders if (path := folder / _file_name()).is_file()), None)


def _on_path() -> Path | None:
    candidates = (folder / _file_name() for folder in path_folders())
    return next((path for path in candidates if os.access(path, os.X_OK)), None)


def _file_name() -> str:
    return f"{PROGRAM}.exe" if sys.platform == "win32" else PROGRAM


def _is_same(one: Path, other: Path) -> bool:
    with contextlib.suppress(OSError):
        return one.samefile(other)
    return False
