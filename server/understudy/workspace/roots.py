"""Which folder a file belongs to when no editor says so."""

from __future__ import annotations

from pathlib import Path

from understudy.core.plain_files import is_folder, is_there
from understudy.workspace.paths import OWN_FOLDER

_MARKERS = ("pyproject.toml", ".git", OWN_FOLDER)
_PACKAGES = ("Cargo.toml", "go.mod", "package.json", "pom.xml", "build.gradle")
"""A workspace may hold many such packages, so they count only where nothing else tells."""


def root_of(path: Path) -> Path:
    """The workspace folder of an absolute path.

    It is the nearest folder, from the path upwards, with a `pyproject.toml`, a `.git` or an
    `.understudy`; else the nearest one with another language's package. Without any it is the path
    itself, and for a file the current folder if that holds it, else its own.
    """
    folder = path if is_folder(path) else path.parent
    found = _nearest(folder, _MARKERS) or _nearest(folder, _PACKAGES)
    return found or (folder if folder == path else _current(folder))


def _current(folder: Path) -> Path:
    """The current folder if it holds another one, and not all of the user's or the disk's files."""
    try:
        here = Path.cwd()
        is_work = here.parent != here and here != Path.home()
    except (OSError, RuntimeError):
        return folder
    return here if is_work and folder.is_relative_to(here) else folder


def _nearest(folder: Path, markers: tuple[str, ...]) -> Path | None:
    above = (folder, *folder.parents)
    return next((each for each in above if any(is_there(each / one) for one in markers)), None)
