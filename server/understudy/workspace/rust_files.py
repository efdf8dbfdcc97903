"""The files that Rust sources take in, one through the other."""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from understudy.core.plain_files import read_plain
from understudy.workspace.rust_mentions import mentions, quick_mentions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from understudy.workspace.rust_mentions import Mentions

_MAX_BYTES = 4 * 1024 * 1024


def taken_in(
    root: Path, names: Mapping[str, str], sources: set[str], scripts: set[str]
) -> set[str]:
    """Sources and build scripts with all that they take in.

    Args:
        root: the project.
        names: its files below the root, by their names in folded case.
        sources: the names in folded case of files that are compiled.
        scripts: those of build scripts, which may read files by name as well.

    Raises:
        ValueError: when it can't be told.
    """
    return _Files(root, names).all_of(sources, scripts)


def closure(start: Iterable[str], onward: Callable[[str], Iterable[str]]) -> set[str]:
    """All that is reached from a start."""
    found, waiting = set[str](), [*start]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.extend(onward(each))
    return found


class _Files:
    """The files that sources take in, one through the other."""

    def __init__(self, root: Path, names: Mapping[str, str]) -> None:
        self._root = root
        self._names = names
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_folder: dict[str, set[str]] = defaultdict(set)
        for name in sorted(names):
            self._by_name[posixpath.basename(name)].append(name)
            while (folder := posixpath.dirname(name)) and name != folder:
                self._by_folder[posixpath.basename(folder)].add(folder)
                name = folder  # noqa: PLW2901 - the way up

    def all_of(self, sources: set[str], scripts: set[str]) -> set[str]:
        """Sources, build scripts, and all that they take in."""
        rust = {name for name in sources if name.endswith(".rs")}
        run = closure(rust, lambda name: self._taken(name, quick_mentions(self._text(name))))
        return sources | run | closure(scripts, self._by_script)

    def _by_script(self, name: str) -> Iterator[str]:
        """A build script may read files by name as well."""
        found = mentions(self._text(name))
        yield from self._taken(name, found)
        yield from (one for tail in found.named for one in self._ending(tail))

    def _text(self, name: str) -> str:
        return _content(self._root / self._names[name]).decode(errors="replace")

    def _taken(self, name: str, found: Mentions) -> Iterator[str]:
        if found.is_unclear:
            raise ValueError(f"which files `{self._names[name]}` takes in is not clear")
        folder = posixpath.dirname(name)
        below = f"{folder}/" if folder else ""
        if found.is_open:
            yield from (one for one in self._names if one.startswith(below))
        for module in map(str.casefold, found.modules):
            for tail in (f"{module}.rs", f"{module}/mod.rs"):
                yield from self._ending(tail, below)
        for tail in found.files:
            yield from self._ending(tail)

    def _ending(self, tail: str, below: str = "") -> Iterator[str]:
        """The files below a folder whose paths end so, and all in a folder whose path does."""
        base = posixpath.basename(tail)
        names = self._by_name.get(base, [])
        for number in range(bisect_left(names, below), len(names)):
            if not names[number].startswith(below):
                break
            if f"/{names[number]}".endswith(f"/{tail}"):
                yield names[number]
        for folder in self._by_folder.get(base, ()):
            if f"/{folder}".endswith(f"/{tail}"):
                yield from (one for one in self._names if one.startswith(f"{folder}/"))


def _content(path: Path) -> bytes:
    try:
        content = read_plain(path, _MAX_BYTES + 1)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise ValueError(f"`{path.name}` can't be read: {error}") from error
    if len(content) > _MAX_BYTES:
        raise ValueError(f"`{path.name}` is too long to be read")
    return content
