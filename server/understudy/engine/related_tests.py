"""Which tests belong to a file: by its name, and for Python by what imports it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from understudy.core.plain_files import read_plain
from understudy.core.stopping import go_on
from understudy.engine.tests_naming import is_test, tested_stem
from understudy.languages import all_languages
from understudy.workspace.ignore import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from understudy.workspace.view import View

_MOST_FILES = 20_000
"""So many files of a workspace are looked at by name."""
_MOST_READ = 3_000
_MOST_BYTES = 256 * 1024
_FARTHEST = 3
"""Tests that import a file only over more steps than this say little about it."""
_MOST_TESTS = 20

_FROM = re.compile(r"^[ \t]*from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+\(?([^\n#]*)", re.MULTILINE)
_IMPORT = re.compile(r"^[ \t]*import[ \t]+([^\n#;]+)", re.MULTILINE)
_WORD = re.compile(r"[\w.]+")
_SOURCES = ("src", "lib", "python")
"""Folders from whose inside modules are often named."""


def related_tests(view: View) -> tuple[Path, ...]:
    """The test files of a document, the closest first; the document itself where it has tests.

    Reads the disk, as far as ignore files let it.

    Raises:
        StoppedError: when nobody waits for the answer any more.
    """
    if view.root is None or view.path is None or not view.path.is_relative_to(view.root):
        return ()
    if is_test(view.name, view.language):
        return (view.path,)
    files = list(sources_of(view))
    tests = [one for one in files if one.is_test]
    distance = _distances(view, files) if view.language == "python" else {}
    found: dict[Path, tuple[bool, int, int, str]] = {}
    for one in tests:
        named = tested_stem(one.name, view.language) == view.path.stem
        if named or one.name in distance or _is_of_package(one, view):
            steps = distance.get(one.name, 0)
            found[one.path] = (not named, steps, -_shared(view.name, one.name), one.name)
    return tuple(sorted(found, key=lambda path: found[path]))[:_MOST_TESTS]


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the document's language. `name` is its path below the workspace folder."""

    path: Path
    name: str
    is_test: bool


def nearest_first(view: View, files: Iterable[Source]) -> list[Source]:
    """Files by how many folders they share with a document, the nearest first."""
    return sorted(files, key=lambda one: (-_shared(view.name, one.name), one.name))


def _is_of_package(test: Source, view: View) -> bool:
    """In Go, the tests of a folder are those of all its files."""
    return view.language == "go" and view.path is not None and test.path.parent == view.path.parent


def _shared(one: str, other: str) -> int:
    """How many folders two files have in common, by name."""
    return len(set(one.split("/")[:-1]) & set(other.split("/")[:-1]))


def sources_of(view: View) -> Iterator[Source]:
    """The files of the document's language, a bounded number of them."""
    language = all_languages().get(view.language)
    suffixes = language.suffixes if language is not None else frozenset()
    root = view.root
    if root is None:
        return
    for path in islice(walk(root), _MOST_FILES):
        go_on()
        name = path.relative_to(root).as_posix()
        tests = is_test(name, view.language)
        if tests or path.suffix.lower() in suffixes:
            yield Source(path, name, tests)


def _distances(view: View, files: Iterable[Source]) -> dict[str, int]:
    """How many imports lie between each file and the document, as far as they reach it."""
    importers: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    read = list(islice(files, _MOST_READ))
    for one in read:
        for module in _modules(one.name):
            names.setdefault(module, one.name)
    for one in read:
        go_on()
        for module in _imported(_text(one.path), one.name):
            target = names.get(module)
            if target is not None and target != one.name:
                importers[target].add(one.name)
    return _reach(view.name, importers)


def _reach(start: str, importers: Mapping[str, set[str]]) -> dict[str, int]:
    found, edge = {start: 0}, [start]
    for step in range(1, _FARTHEST + 1):
        edge = [who for one in edge for who in sorted(importers.get(one, ())) if who not in found]
        found |= dict.fromkeys(edge, step)
    return found


def _modules(name: str) -> Iterator[str]:
    """The dotted names by which a file may be imported, the longest first."""
    parts = name.rsplit(".", 1)[0].split("/")
    if parts[-1] == "__init__":
        parts.pop()
    for start in range(len(parts)):
        if start == 0 or parts[start - 1] in _SOURCES or start == len(parts) - 1:
            yield ".".join(parts[start:])


def _imported(text: str, name: str) -> Iterator[str]:
    """The dotted names that a text imports, with those that may be names inside a module."""
    package = name.rsplit(".", 1)[0].split("/")[:-1]
    for found in _FROM.finditer(text):
        module = _absolute(found[1], package)
        yield module
        yield from (f"{module}.{one}".lstrip(".") for one in _WORD.findall(found[2]))
    for found in _IMPORT.finditer(text):
        for one in found[1].split(","):
            words = one.split()
            if words:
                yield words[0]


def _absolute(module: str, package: list[str]) -> str:
    dots = len(module) - len(module.lstrip("."))
    if not dots:
        return module
    base = package[: len(package) - dots + 1]
    return ".".join([*base, *filter(None, [module[dots:]])])


def _text(path: Path) -> str:
    try:
        return read_plain(path, _MOST_BYTES).decode(errors="replace")
    except (OSError, ValueError):
        return ""
