"""Rust: modules are files below a crate's root, and crates are what `Cargo.toml` files name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.gathering.paths import folder_of, folders_above, joined
from understudy.gathering.resolvers import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.gathering.projects import Here, Project


@dataclass(frozen=True, slots=True)
class Crate:
    """A package of Cargo.

    Attributes:
        name: as it is written in code.
        folder: of its `Cargo.toml`.
        source: the folder of its library's root file, mostly `src`.
        root: the library's root file.
    """

    name: str
    folder: str
    source: str
    root: str


def _files(here: Here[tuple[Crate, ...]], module: str) -> Iterator[str]:
    """The file of the longest part of the path that is a module."""
    parts = [part for part in module.split("::") if part]
    for base, rest, root in _starts(here, parts):
        for count in range(len(rest), 0, -1):
            found = _module_file(here, base, rest[:count])
            if found is not None:
                yield found
                return
        if root is not None and here.index.has(root):
            yield root
            return


def _inner(here: Here[tuple[Crate, ...]], module: str, name: str) -> Iterator[str]:
    """A module whose own name is taken from the one around it."""
    parts = [part for part in (*module.split("::"), name) if part]
    for base, rest, _root in _starts(here, parts):
        found = _module_file(here, base, rest) if rest else None
        if found is not None:
            yield found
            return


def _starts(
    here: Here[tuple[Crate, ...]], parts: list[str]
) -> Iterator[tuple[str, list[str], str | None]]:
    """`(folder that modules are searched in, the rest of the path, file of the start itself)`."""
    own = _crate_of(here)
    first = parts[0] if parts else ""
    if first == "crate":
        if own is not None:
            yield own.source, parts[1:], _root_file(here, own)
        return
    if first in {"self", "super"}:
        yield _relative(here, parts)
        return
    yield _inside(here.path), parts, None
    if own is not None:
        yield own.source, parts, None
    for crate in here.layout:
        if crate.name == first:
            yield crate.source, parts[1:], crate.root


def _relative(here: Here[tuple[Crate, ...]], parts: list[str]) -> tuple[str, list[str], str | None]:
    base, file, rest = _inside(here.path), here.path, list(parts)
    while rest and rest[0] in {"self", "super"}:
        if rest.pop(0) == "super":
            base = folder_of(base)
            file = next(_of_folder(here, base), "")
    return base, rest, file or None


def _of_folder(here: Here[tuple[Crate, ...]], folder: str) -> Iterator[str]:
    """The file of the module whose submodules lie in a folder."""
    for path in (f"{folder}.rs", f"{folder}/mod.rs", f"{folder}/lib.rs", f"{folder}/main.rs"):
        if here.index.has(path.lstrip("/")):
            yield path.lstrip("/")


def _inside(path: str) -> str:
    """The folder in which the submodules of a file lie."""
    name = path.rpartition("/")[2]
    if name in {"mod.rs", "lib.rs", "main.rs"}:
        return folder_of(path)
    return path.removesuffix(".rs")


def _module_file(here: Here[tuple[Crate, ...]], base: str, parts: list[str]) -> str | None:
    tail = joined(base, "/".join(parts))
    forms = (f"{tail}.rs", f"{tail}/mod.rs")
    return next((path for path in forms if here.index.has(path)), None)


def _root_file(here: Here[tuple[Crate, ...]], crate: Crate) -> str:
    """The library's root, else the program's."""
    main = f"{crate.source}/main.rs".lstrip("/")
    return crate.root if here.index.has(crate.root) else main


def _crate_of(here: Here[tuple[Crate, ...]]) -> Crate | None:
    above = folders_above(here.path)
    return next((one for folder in above for one in here.layout if one.folder == folder), None)


def _crates(project: Project) -> tuple[Crate, ...]:
    found = []
    for path, text in sorted(project.texts.items()):
        try:
            told = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError):
            continue
        package, lib = told.get("package"), told.get("lib")
        if not isinstance(package, dict):
            continue
        lib = lib if isinstance(lib, dict) else {}
        name = str(lib.get("name") or package.get("name", "")).replace("-", "_")
        root = joined(folder_of(path), str(lib.get("path") or "src/lib.rs"))
        if name and root is not None:
            found.append(Crate(name, folder_of(path), folder_of(root), root))
    return tuple(found)


RESOLVER: Resolver[tuple[Crate, ...]] = Resolver(
    id="rust",
    languages=("rust",),
    files=_files,
    layout=_crates,
    settings=("Cargo.toml",),
    inner=_inner,
)
