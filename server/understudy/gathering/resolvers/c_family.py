"""C and C++: a header by the including folder, by the compiler's folders, else by its name alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.gathering.paths import folder_of, folders_above, joined, nearest_first, stem_of
from understudy.gathering.resolvers import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.gathering.projects import Here, Project

Folders = tuple[str, ...]
"""Folders that are searched for headers."""

_OPTION = re.compile(r"-(?:I|isystem|iquote)[ \t]*([^\s\"]+)")
_HEADERS = (".h", ".hpp", ".hh", ".hxx")
_SOURCES = (".c", ".cpp", ".cc", ".cxx")
_MOST_BYTES = 4_000_000
"""A longer list of commands is not read: include folders repeat from the first entries on."""


def _files(here: Here[Folders], module: str) -> Iterator[str]:
    usual = [f"{one}/include".lstrip("/") for one in folders_above(here.path)]
    for folder in (here.folder, *here.layout, *usual, ""):
        path = joined(folder, module)
        if path is not None and here.index.has(path):
            yield path
            return
    found = list(here.index.ending(module.lstrip("./")))
    if len(found) == 1 or "/" in module:
        yield from nearest_first(here.path, found)[:1]


def _beside(here: Here[Folders]) -> Iterator[str]:
    """The header of a source and the source of a header, by their common name."""
    stem = stem_of(here.path)
    endings = _HEADERS if here.path.endswith(_SOURCES) else _SOURCES
    for ending in endings:
        near = f"{here.folder}/{stem}{ending}".lstrip("/")
        if here.index.has(near):
            yield near
            return
    for ending in endings:
        found = here.index.ending(f"{stem}{ending}")
        if len(found) == 1:
            yield found[0]
            return


def _folders(project: Project) -> Folders:
    """The folders of the workspace that `compile_commands.json` names to the compiler."""
    found: dict[str, None] = {}
    for path, text in sorted(project.texts.items()):
        if len(text) > _MOST_BYTES:
            continue
        try:
            entries = json.loads(text)
        except (ValueError, RecursionError):
            continue
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict):
                found |= dict.fromkeys(_of_entry(entry, folder_of(path), project.root))
    return tuple(found)


def _of_entry(entry: dict[str, object], beside: str, root: Path | None) -> Iterator[str]:
    told = entry.get("arguments")
    command = " ".join(map(str, told)) if isinstance(told, list) else str(entry.get("command", ""))
    base = Path(str(entry.get("directory", "")))
    for option in _OPTION.findall(command):
        if root is not None and (base / option).is_absolute():
            place = base / option
            inside = place.relative_to(root).as_posix() if place.is_relative_to(root) else None
            folder = None if inside is None else joined("", inside)
        else:
            folder = joined(beside, option)
        if folder is not None:
            yield folder


RESOLVER: Resolver[Folders] = Resolver(
    id="c_family",
    languages=("c", "cpp"),
    files=_files,
    layout=_folders,
    settings=("compile_commands.json",),
    beside=_beside,
    opens=True,
    passes_on=True,
)
