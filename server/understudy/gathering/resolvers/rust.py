"""Rust: modules are files below a crate's root, and crates are what `Cargo.toml` files name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.gathering.paths import folder_of, folders_above, joined
from understudy.gathering.resolvers import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.gathering.projects import Here, Project


_TARGETS = ("tests", "examples", "benches")


@dataclass(frozen=True, slots=True)
class Crate:
    """A package of Cargo.

    Attributes:
        name: as it is written in code.
        folder: of its `Cargo.toml`.
        source: the folder of its library's root file, mostly `src`.
        root: the library's root file.
        renamed: the names that it calls others by, each with their own one.
    """

    name: str
    folder: str
    source: str
    root: str
    renamed: tuple[tuple[str, str], ...] = ()


def _files(here: Here[tuple[Crate, ...]], module: str) -> Iterator[str]:
    """The file of the longest part of the path that is a module."""
    if module.endswith(".rs"):
        # `#[path = "odd_name.rs"] mod odd;`
        told = joined(here.folder, module)
        yield from (told,) if told is not None and here.index.has(told) else ()
        return
    parts = [part for part in module.split("::") if part]
    for base, rest, root in _starts(here, parts):
        for count in range(len(rest), 0, -1):
            found = _module_file(here, base, rest[:count])
            if found is not None:
                yield found
                return
        if root is not None and here.index.has(root):
            yield root


def _inner(here: Here[tuple[Crate, ...]], module: str, name: str) -> Iterator[str]:
    """A module whose own name is taken from the one around it."""
    parts = [part for part in (*module.split("::"), name) if part]
    for base, rest, root in _starts(here, parts):
        found = _module_file(here, base, rest) if rest else root
        if found is not None:
            yield found
            return


def _named(here: Here[tuple[Crate, ...]], name: str) -> tuple[str, ...] | None:
    """The root of a crate of the workspace."""
    wanted = _own_name(_crate_of(here), name)
    roots = tuple(one.root for one in here.layout if one.name == wanted)
    return tuple(root for root in roots if here.index.has(root)) if roots else None


def _starts(
    here: Here[tuple[Crate, ...]], parts: list[str]
) -> Iterator[tuple[str, list[str], str | None]]:
    """`(folder that modules are searched in, the rest of the path, file of the start itself)`."""
    own = _crate_of(here)
    first = parts[0] if parts else ""
    if first == "crate":
        source, roots = _own_crate(here, own)
        yield from ((source, parts[1:], root) for root in roots)
        return
    if first in {"self", "super"}:
        yield from _relative(here, parts)
        return
    yield _inside(here), parts, None
    if own is not None:
        yield own.source, parts, None
    wanted = _own_name(own, first)
    for crate in here.layout:
        if crate.name == wanted:
            yield crate.source, parts[1:], crate.root


def _own_name(user: Crate | None, name: str) -> str:
    """The name that a crate gives itself, by the one that another crate calls it by."""
    return dict(user.renamed).get(name, name) if user is not None else name


def _relative(
    here: Here[tuple[Crate, ...]], parts: list[str]
) -> Iterator[tuple[str, list[str], str | None]]:
    base, files, rest = _inside(here), [here.path], list(parts)
    while rest and rest[0] in {"self", "super"}:
        if rest.pop(0) == "super":
            base = folder_of(base)
            files = list(_of_folder(here, base))
    yield from ((base, rest, file) for file in files)
    if not files:
        yield base, rest, None


def _of_folder(here: Here[tuple[Crate, ...]], folder: str) -> Iterator[str]:
    """The files of the module whose submodules lie in a folder; of a crate there may be two."""
    for path in (f"{folder}.rs", f"{folder}/mod.rs", f"{folder}/lib.rs", f"{folder}/main.rs"):
        if here.index.has(path.lstrip("/")):
            yield path.lstrip("/")


def _inside(here: Here[tuple[Crate, ...]]) -> str:
    """The folder in which the submodules of a file lie."""
    name, own = here.path.rpartition("/")[2], _crate_of(here)
    if name in {"mod.rs", "lib.rs", "main.rs"} or (own is not None and _is_root(here.path, own)):
        return here.folder
    return here.path.removesuffix(".rs")


def _module_file(here: Here[tuple[Crate, ...]], base: str, parts: list[str]) -> str | None:
    tail = joined(base, "/".join(parts))
    forms = (f"{tail}.rs", f"{tail}/mod.rs")
    return next((path for path in forms if here.index.has(path)), None)


def _own_crate(here: Here[tuple[Crate, ...]], own: Crate | None) -> tuple[str, list[str]]:
    """What `crate` means in a file: the folder of its modules, and the files that it may begin with."""
    if own is None:
        return _without_manifest(here)
    for folder in _folders_of_targets(own):
        if here.path.startswith(f"{folder}/"):
            # A program may have a folder of its own, with a `main.rs`.
            inner = f"{folder}/{here.path[len(folder) + 1 :].partition('/')[0]}"
            if here.index.has(f"{inner}/main.rs"):
                return inner, [f"{inner}/main.rs"]
            return folder, [here.path]
    both = [own.root, f"{own.source}/main.rs".lstrip("/")]
    if here.path in both:
        return own.source, [here.path]
    return own.source, [path for path in both if here.index.has(path)] or [own.root]


def _without_manifest(here: Here[tuple[Crate, ...]]) -> tuple[str, list[str]]:
    """The nearest folder above a file that looks like the one of a crate."""
    for folder in folders_above(here.path):
        forms = (f"{folder}/{name}".lstrip("/") for name in ("lib.rs", "main.rs"))
        found = [path for path in forms if here.index.has(path)]
        if found:
            return folder, [here.path] if here.path in found else found
    return "", []


def _folders_of_targets(crate: Crate) -> list[str]:
    """Where cargo finds programs, tests and examples of their own."""
    below = (joined(crate.folder, name) for name in _TARGETS)
    return [one for one in (*below, joined(crate.source, "bin")) if one is not None]


def _is_root(path: str, crate: Crate) -> bool:
    """Whether a crate begins with a file."""
    return path == crate.root or folder_of(path) in _folders_of_targets(crate)


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
            renamed = tuple(_renamed(told))
            found.append(Crate(name, folder_of(path), folder_of(root), root, renamed))
    return tuple(found)


def _renamed(manifest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The dependencies that a manifest gives another name: `short = { package = "its-name" }`."""
    for key in ("dependencies", "dev-dependencies", "build-dependencies"):
        table = manifest.get(key)
        for name, one in table.items() if isinstance(table, dict) else ():
            package = one.get("package") if isinstance(one, dict) else None
            if isinstance(package, str):
                yield name.replace("-", "_"), package.replace("-", "_")


RESOLVER: Resolver[tuple[Crate, ...]] = Resolver(
    id="rust",
    languages=("rust",),
    files=_files,
    layout=_crates,
    settings=("Cargo.toml",),
    inner=_inner,
    named=_named,
)
