"""Go: a package is a folder, found by the module paths of `go.mod` files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.gathering.paths import folder_of, joined
from understudy.gathering.resolvers import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.gathering.projects import Here, Project

Modules = tuple[tuple[str, str], ...]
"""Import path and folder of each module, the longest path first."""

_MODULE = re.compile(r"^[ \t]*module[ \t]+\"?([^\s\"]+)", re.MULTILINE)
_REPLACE = re.compile(
    r"^[ \t]*(?:replace[ \t]+)?([^\s\"()]+)(?:[ \t]+v\S+)?[ \t]+=>[ \t]+(\.{1,2}/\S*)", re.MULTILINE
)


def _files(here: Here[Modules], module: str) -> Iterator[str]:
    for path, folder in here.layout:
        if module == path or module.startswith(f"{path}/"):
            inside = joined(folder, module[len(path) :])
            if inside is not None:
                yield from _package(here, inside)
            return


def _package(here: Here[Modules], folder: str) -> Iterator[str]:
    """The folder's files; its tests only for other tests."""
    tests = here.path.endswith("_test.go")
    for path in here.index.in_folder(folder):
        if path.endswith(".go") and (tests or not path.endswith("_test.go")):
            yield path


def _beside(here: Here[Modules]) -> Iterator[str]:
    """All files of a package share their names."""
    package = here.module.removesuffix("_test")
    for path in _package(here, here.folder):
        facts = here.index.facts(path)
        if path == here.path or facts is None:
            continue
        if not here.module or facts.module in {here.module, package}:
            yield path


def _modules(project: Project) -> Modules:
    found: dict[str, str] = {}
    for path, text in sorted(project.texts.items()):
        named = _MODULE.search(text)
        if named is not None:
            found.setdefault(named[1], folder_of(path))
        for module, where in _REPLACE.findall(text):
            folder = joined(folder_of(path), where)
            if folder is not None:
                found.setdefault(module, folder)
    return tuple(sorted(found.items(), key=lambda one: (-len(one[0]), one[0])))


RESOLVER: Resolver[Modules] = Resolver(
    id="go",
    languages=("go",),
    files=_files,
    layout=_modules,
    settings=("go.mod",),
    beside=_beside,
    by_own_name=True,
)
