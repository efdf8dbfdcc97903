"""Where a Rust file belongs, and whether checking it runs code of the project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.workspace.cargo_manifest import is_plain, is_proc_macro, read_toml
from understudy.workspace.project_copy import project_files

if TYPE_CHECKING:
    from pathlib import Path

_MANIFEST = "Cargo.toml"
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
        manifest = read_toml(self.package / _MANIFEST)
        return manifest is not None and is_proc_macro(manifest)


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
    spanning = (each for each in manifests if "workspace" in (read_toml(each / _MANIFEST) or {}))
    base = next(spanning, package)
    inside = [each for each in manifests if root is not None and each.is_relative_to(root)]
    # Of two folders above one file, the shorter path is the upper one.
    return CargoProject(min(base, *inside, key=lambda each: len(each.parts)), package, base)


def runs_code(project: CargoProject) -> bool:
    """Whether `cargo check` might run something that the project brings or names.

    That is so unless the project is plain: no build scripts, no macros that are programs, no
    dependencies, no configuration that names other programs, and nothing in a manifest that is not
    known or can't be read. Some systems find a file whatever the case of its name is.
    """
    for name in project_files(project.root):
        parts = name.casefold().split("/")
        if parts[-1] == "build.rs" or not _CHOOSES_PROGRAMS.isdisjoint(parts):
            return True
        if parts[-1] == _MANIFEST.casefold():
            manifest = read_toml(project.root / name)
            if manifest is None or not is_plain(manifest):
                return True
    return False
