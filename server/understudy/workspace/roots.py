"""Which folder a file belongs to when no editor says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.workspace.paths import OWN_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

_MARKERS = ("pyproject.toml", ".git", OWN_FOLDER)
_PACKAGES = ("Cargo.toml", "go.mod", "package.json", "pom.xml", "build.gradle")
"""A workspace may hold many such packages, so they count only where nothing else tells."""


def root_of(path: Path) -> Path:
    """The workspace folder of an absolute path.

    It is the nearest folder, from the path upwards, with a `pyproject.toml`, a `.git` or an
    `.understudy`; else the nearest one with another language's package. Without any it is the path
    itself, or the folder that holds the file.
    """
    folder = path if path.is_dir() else path.parent
    return _nearest(folder, _MARKERS) or _nearest(folder, _PACKAGES) or folder


def _nearest(folder: Path, markers: tuple[str, ...]) -> Path | None:
    above = (folder, *folder.parents)
    return next((each for each in above if any((each / one).exists() for one in markers)), None)
