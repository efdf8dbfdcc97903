"""Java: a class is where its package and its name say; the classes of a package know each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.gathering.paths import nearest_first, stem_of
from understudy.gathering.resolvers import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.gathering.projects import Here, Project


def _files(here: Here[None], module: str) -> Iterator[str]:
    """The files of a package, or the one of a class, also where a nested one is meant."""
    yield from here.index.of_module(module)
    package, _, name = module.rpartition(".")
    while package:
        found = list(_inner(here, package, name))
        if found:
            yield from found
            return
        package, _, name = package.rpartition(".")


def _inner(here: Here[None], module: str, name: str) -> Iterator[str]:
    found = [path for path in here.index.of_module(module) if stem_of(path) == name]
    yield from nearest_first(here.path, found)


def _beside(here: Here[None]) -> Iterator[str]:
    same = here.index.of_module(here.module) if here.module else here.index.in_folder(here.folder)
    yield from (path for path in same if path != here.path and path.endswith(".java"))


def _named(here: Here[None], name: str) -> tuple[str, ...] | None:
    """A package whose name begins so is known everywhere; its classes are found by their names."""
    is_package = name == here.module.partition(".")[0] or bool(here.index.of_module(name))
    return () if is_package else None


def _nothing(_project: Project) -> None:
    return None


RESOLVER: Resolver[None] = Resolver(
    id="java",
    languages=("java",),
    files=_files,
    layout=_nothing,
    inner=_inner,
    beside=_beside,
    named=_named,
)
