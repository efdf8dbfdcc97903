"""What resolvers know of a project's layout, read again only when one of its settings files changed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from understudy.gathering.projects import Project

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.gathering.resolvers import Resolver
    from understudy.index.facts import Index

MOST_FILES = 1_000
"""So many settings files of one kind are read."""
_KEPT = 32

Stamp = tuple[int, int] | str | None


@dataclass(frozen=True, slots=True)
class _Read:
    """A layout and the files that it came from, each as it was."""

    stamps: tuple[tuple[str, Stamp], ...]
    listed: tuple[str, ...]
    layout: Any


_known: dict[tuple[str, str], _Read] = {}
_lock = Lock()


def layout_of(resolver: Resolver[Any], index: Index, root: Path | None) -> Any:
    """The layout of a workspace as a resolver sees it. Looks at the disk."""
    listed = (
        tuple(index.settings_files(resolver.settings))[:MOST_FILES] if resolver.settings else ()
    )
    key = resolver.id, str(root)
    with _lock:
        known = _known.get(key)
    if known is not None and known.listed == listed and _is_fresh(known, index, root):
        return known.layout
    read = _read(resolver, index, root, listed)
    if root is not None:
        with _lock:
            _known[key] = read
            while len(_known) > _KEPT:
                _known.pop(next(iter(_known)))
    return read.layout


def _is_fresh(known: _Read, index: Index, root: Path | None) -> bool:
    return all(stamp == _stamp(path, index, root) for path, stamp in known.stamps)


def _read(
    resolver: Resolver[Any], index: Index, root: Path | None, listed: tuple[str, ...]
) -> _Read:
    stamps: dict[str, Stamp] = {}

    def text(path: str) -> str | None:
        stamps[path] = _stamp(path, index, root)
        return index.text(path)

    texts = {path: found for path in listed if (found := text(path)) is not None}
    layout = resolver.layout(Project(root, texts, text))
    return _Read(tuple(stamps.items()), listed, layout)


def _stamp(path: str, index: Index, root: Path | None) -> Stamp:
    """What changes with a file's text: the version of the open document, else what the disk says."""
    version = index.version(path)
    if version is not None or root is None:
        return f"version {version}"
    try:
        found = os.stat(root / path)  # noqa: PTH116 - `Path.stat` takes twice as long
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size
