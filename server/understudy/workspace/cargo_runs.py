"""Which files run while a package is checked: build scripts, macros, and what these are built from.

Told by manifests and sources alone, so that it is known before anything runs. In doubt a file is
said to run. What a build script reads by other ways, such as a file whose name it computes, nobody
can tell.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.workspace.cargo_manifest import (
    build_scripts,
    dependencies,
    is_proc_macro,
    patches,
    read_toml,
)
from understudy.workspace.project_copy import project_files
from understudy.workspace.rust_files import closure, taken_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from understudy.workspace.cargo_manifest import Table

_MANIFEST, _SCRIPT = "cargo.toml", "build.rs"
_CONFIGS = (".cargo/config", ".cargo/config.toml")


@dataclass(frozen=True, slots=True)
class Runs:
    """What runs while a package is checked.

    Attributes:
        root: what the names are relative to.
        files: names of files in folded case, since some systems don't tell cases apart.
        aliases: subcommands of Cargo to which the project gives another meaning.
    """

    root: Path
    files: frozenset[str]
    aliases: frozenset[str] = frozenset()

    def holds(self, path: Path) -> bool:
        """Whether a file runs; a new `build.rs` would, wherever a package has no other script."""
        name = path.relative_to(self.root).as_posix().casefold()
        return name in self.files or posixpath.basename(name) == _SCRIPT


def runs_while_checked(root: Path, package: Path, texts: Iterable[Path]) -> Runs:
    """What runs while one package of a project is checked, with its tests and examples.

    Args:
        root: the folder that is copied for the check.
        package: the folder of the package, below it.
        texts: files in memory, below the root, of which some may not be on disk yet.

    Raises:
        UnavailableError: when it can't be told, or the package itself would be run.
    """
    own = _folded(package.relative_to(root))
    try:
        project = _Project(root, _by_folded_name(root, texts), own)
        reached = project.reached()
        run = project.run_packages(reached)
        if own in run:
            raise UnavailableError(
                f"`{package.name}` is part of a build script or macro that runs when it is checked."
            )
        scripts = {script for each in reached for script in project.scripts(each)}
        files = taken_in(root, project.names, project.sources(run), scripts)
    except (ValueError, TypeError, AttributeError) as error:
        raise UnavailableError(
            f"What runs while `{package.name}` is checked can't be told, so it is not: {error}."
        ) from error
    return Runs(root, frozenset(files), frozenset(project.aliases()))


def _by_folded_name(root: Path, texts: Iterable[Path]) -> dict[str, str]:
    names = {*project_files(root), *(path.relative_to(root).as_posix() for path in texts)}
    found = {name.casefold(): name for name in names}
    if len(found) < len(names):
        raise ValueError("some of its files differ by case alone")
    return found


def _folded(path: Path) -> str:
    text = path.as_posix().casefold()
    return "" if text == "." else text


@dataclass(slots=True)
class _Project:
    """A project's packages, by their folders below the root, in folded case.

    Attributes:
        names: every file, by its name in folded case.
        package: the one that is checked.
    """

    root: Path
    names: dict[str, str]
    package: str
    _read: dict[str, Table | None] = field(default_factory=dict)
    _inherited: dict[str, list[tuple[str, Table]]] | None = None

    def manifest(self, folder: str) -> Table:
        """The manifest of a folder.

        Raises:
            ValueError: when it can't be read.
        """
        return self._toml(posixpath.join(folder, _MANIFEST))

    def reached(self) -> set[str]:
        """The packages of the project that are compiled for the check."""
        if not self.manifest(self.package).keys() & {"package", "project"}:
            raise ValueError("its manifest names no package")
        own = (
            ("", "build-") if is_proc_macro(self.manifest(self.package)) else ("", "build-", "dev-")
        )
        start = [self.package, *self._used(self.package, *own), *self._patched()]
        return closure(start, lambda each: self._used(each, "", "build-"))

    def run_packages(self, reached: set[str]) -> set[str]:
        """Those of them that run: macros, what build scripts use, and what these are built from."""
        start = set(self._patched())
        for each in reached:
            if each != self.package and is_proc_macro(self.manifest(each)):
                start.add(each)
            if any(True for _ in self.scripts(each)):
                start.update(self._used(each, "build-"))
        return closure(start, lambda each: self._used(each, ""))

    def scripts(self, folder: str) -> Iterator[str]:
        """The build scripts of a package that are there."""
        for script in build_scripts(self.manifest(folder)):
            name = self._inside(folder, script)
            if name in self.names:
                yield name

    def sources(self, packages: set[str]) -> set[str]:
        """All files of packages, and the library's where it lies elsewhere."""
        homes = {posixpath.dirname(name) for name in self._manifests()}
        found = {name for name in self.names if _home(name, homes) in packages}
        for folder in packages:
            lib = self.manifest(folder).get("lib", {}).get("path")
            if isinstance(lib, str):
                found.add(self._inside(folder, lib) or "")
        return found & self.names.keys()

    def aliases(self) -> Iterator[str]:
        """Subcommands that the project's configuration defines."""
        for _, config in self._configs():
            yield from config.get("alias", {})

    def _used(self, folder: str, *kinds: str) -> Iterator[str]:
        """The project's own packages on which one depends."""
        for name, said in dependencies(self.manifest(folder), *kinds):
            if "path" in said:
                yield from self._package(folder, said)
            elif said.get("workspace"):
                for root, inherited in self._inheritable().get(name, ()):
                    yield from self._package(root, inherited)

    def _inheritable(self) -> dict[str, list[tuple[str, Table]]]:
        """What members of any workspace may inherit, by name, and where its path counts from."""
        if self._inherited is None:
            self._inherited = {}
            for name in self._manifests():
                table = (self._toml_or_none(name) or {}).get("workspace", {})
                shared = {"dependencies": table.get("dependencies", {})}
                for key, said in dependencies(shared, ""):
                    places = self._inherited.setdefault(key, [])
                    places.append((posixpath.dirname(name), said))
        return self._inherited

    def _patched(self) -> Iterator[str]:
        """Packages that stand in for others, whose users are not known here."""
        for name in self._manifests():
            for said in patches(self._toml_or_none(name) or {}):
                yield from self._package(posixpath.dirname(name), said)
        for folder, config in self._configs():
            if "include" in config:
                raise ValueError("its `.cargo/config.toml` includes other files")
            for said in [*patches(config), *({"path": one} for one in config.get("paths", ()))]:
                yield from self._package(folder, said)
            for source in config.get("source", {}).values():
                yield from self._below(folder, source)

    def _below(self, folder: str, source: Table) -> Iterator[str]:
        """The packages in a folder that stands in for a registry."""
        for key in ("directory", "local-registry"):
            if key in source and (place := self._inside(folder, source[key])) is not None:
                for name in self._manifests():
                    if name.startswith(f"{place}/" if place else ""):
                        yield posixpath.dirname(name)

    def _configs(self) -> Iterator[tuple[str, Table]]:
        """Cargo's configuration in the folders above the package, and where each counts from."""
        folder = self.package
        while True:
            for name in _CONFIGS:
                if (path := posixpath.join(folder, name)) in self.names:
                    yield folder, self._toml(path)
            if not folder:
                return
            folder = posixpath.dirname(folder)

    def _package(self, folder: str, said: Table) -> Iterator[str]:
        """The package that a dependency names by its path, if it lies inside."""
        if "path" in said:
            place = self._inside(folder, said["path"])
            if place is not None and posixpath.join(place, _MANIFEST) in self.names:
                yield place

    def _inside(self, folder: str, path: str) -> str | None:
        """A path from a folder; None for one that leads out, where no candidate is."""
        plain = path.replace("\\", "/").casefold()
        found = posixpath.normpath(posixpath.join(folder, plain))
        is_out = found.startswith(("/", "../")) or found == ".." or ":" in found
        return None if is_out else "" if found == "." else found

    def _manifests(self) -> Iterator[str]:
        return (name for name in self.names if posixpath.basename(name) == _MANIFEST)

    def _toml(self, name: str) -> Table:
        table = self._toml_or_none(name)
        if table is None:
            raise ValueError(f"`{self.names.get(name, name)}` can't be read")
        return table

    def _toml_or_none(self, name: str) -> Table | None:
        if name not in self._read:
            known = self.names.get(name)
            self._read[name] = None if known is None else read_toml(self.root / known)
        return self._read[name]


def _home(name: str, homes: set[str]) -> str | None:
    """The folder of the package that a file belongs to."""
    folder = posixpath.dirname(name)
    while folder not in homes:
        if not folder:
            return None
        folder = posixpath.dirname(folder)
    return folder
