"""Where a Rust file belongs, and whether checking it runs code of the project."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.core.plain_files import read_plain
from understudy.workspace.project_copy import project_files

if TYPE_CHECKING:
    from pathlib import Path

_MANIFEST = "Cargo.toml"
_MAX_BYTES = 1024 * 1024
_WORKSPACE = re.compile(r"^[ \t]*\[workspace", re.MULTILINE)
_PROC_MACRO = re.compile(r"proc[-_]macro\s*=\s*true|\"proc-macro\"")
_BUILD = re.compile(r"^[ \t]*build\s*=\s*\"([^\"\n]+)\"", re.MULTILINE)
_MAY_RUN = re.compile(r"build|proc[-_]macro|dependencies|\bpatch\b|\breplace\b|plugin")
"""Words without which a manifest brings nothing that runs while it is checked."""
_CHOOSES_PROGRAMS = frozenset({".cargo", "rust-toolchain", "rust-toolchain.toml"})


@dataclass(frozen=True, slots=True)
class CargoProject:
    """A package, and what must be at hand to check it.

    Attributes:
        root: the topmost folder with a manifest: what is copied.
        package: the folder of the file's own manifest.
        base: the folder of the Cargo workspace, or of the package that has none.
    """

    root: Path
    package: Path
    base: Path

    @property
    def is_proc_macro(self) -> bool:
        """Whether the package is run by the compiler when something uses it."""
        return _PROC_MACRO.search(_text(self.package / _MANIFEST)) is not None


def project_of(path: Path, root: Path | None) -> CargoProject:
    """The package of a file, and its workspace, which Cargo looks for in all folders above it.

    Args:
        path: the file.
        root: the workspace folder in the editor's sense; other packages in it are at hand, too.

    Raises:
        UnavailableError: when the file belongs to none.
    """
    manifests = [folder for folder in path.parents if (folder / _MANIFEST).is_file()]
    if not manifests:
        raise UnavailableError(f"`{path.name}` belongs to no Cargo package.")
    package = manifests[0]
    spanning = (each for each in manifests if _WORKSPACE.search(_text(each / _MANIFEST)))
    base = next(spanning, package)
    inside = [each for each in manifests if root is not None and each.is_relative_to(root)]
    # Of two folders above one file, the shorter path is the upper one.
    return CargoProject(min(base, *inside, key=lambda each: len(each.parts)), package, base)


def runs_code(project: CargoProject) -> bool:
    """Whether `cargo check` might run something that the project brings or names.

    That is so unless the project is plain: no build scripts, no macros that are programs, no
    dependencies, and no configuration that names other programs.
    """
    for name in project_files(project.root):
        parts = name.split("/")
        if parts[-1] == "build.rs" or not _CHOOSES_PROGRAMS.isdisjoint(parts):
            return True
        if parts[-1] == _MANIFEST and _MAY_RUN.search(_text(project.root / name)):
            return True
    return False


def is_run_by_build(path: Path, project: CargoProject) -> bool:
    """Whether the file is part of a build script, as far as the script's own text tells.

    A build script runs when its package is checked, so no candidate for it may be checked.
    """
    named = _BUILD.search(_text(project.package / _MANIFEST))
    script = project.package / (named[1] if named else "build.rs")
    if path == script or path.name == "build.rs":
        return True
    stem = re.escape(path.stem)
    return re.search(rf"\bmod\s+{stem}\b|\b{stem}\.rs\b", _text(script)) is not None


def _text(path: Path) -> str:
    """A file that is not there, or can't be read, says nothing; Cargo will tell."""
    try:
        return read_plain(path, _MAX_BYTES).decode(errors="replace")
    except (OSError, ValueError):
        return ""
