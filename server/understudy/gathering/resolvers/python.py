"""Python: relative imports by folder, absolute ones from the roots of packages and by their tails."""

from __future__ import annotations

import configparser
import tomllib
from typing import TYPE_CHECKING, Any

from understudy.context.stdlib import stdlib_modules
from understudy.gathering.paths import folder_of, folders_above, joined, nearest_first
from understudy.gathering.resolvers import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.gathering.projects import Here, Project

Roots = tuple[str, ...]
"""Folders in which packages lie."""

_USUAL = ("", "src", "lib", "python")
_FORMS = (".py", "/__init__.py", ".pyi", "/__init__.pyi")


def _files(here: Here[Roots], module: str) -> Iterator[str]:
    name = module.lstrip(".")
    up = len(module) - len(name)
    tail = name.replace(".", "/")
    if up:
        folder = joined(here.folder, "../" * (up - 1))
        if folder is not None:
            yield from _existing(here, folder, tail)
        return
    if name.partition(".")[0] in stdlib_modules():
        return
    found = False
    for root in dict.fromkeys((*here.layout, *_own_roots(here))):
        for path in _existing(here, root, tail):
            found = True
            yield path
    if not found:
        yield from _by_tail(here, tail)


def _existing(here: Here[Roots], folder: str, tail: str) -> Iterator[str]:
    base = joined(folder, tail)
    if base is None:
        return
    forms = _FORMS if tail else ("/__init__.py", "/__init__.pyi")
    for form in forms:
        path = f"{base}{form}".lstrip("/")
        if here.index.has(path):
            yield path


def _own_roots(here: Here[Roots]) -> Iterator[str]:
    """The folder above the topmost package that holds the file, and the file's own."""
    for folder in folders_above(here.path):
        if not here.index.has(f"{folder}/__init__.py".lstrip("/")):
            yield folder
            break
    yield here.folder


def _by_tail(here: Here[Roots], tail: str) -> list[str]:
    """Modules of that name whose first folder is no part of a package."""
    top = tail.partition("/")[0]
    for form in _FORMS:
        ending = f"{tail}{form}"
        found = []
        for path in here.index.ending(ending):
            above = path[: len(path) - len(ending)].rstrip("/")
            if not here.index.has(f"{above}/__init__.py".lstrip("/")):
                found.append(path)
        if found and (top != tail or len(found) == 1):
            return nearest_first(here.path, found)
    return []


def _inner(here: Here[Roots], module: str, name: str) -> Iterable[str]:
    return _files(here, f"{module}{name}" if module.endswith(".") else f"{module}.{name}")


def _roots(project: Project) -> Roots:
    """Roots that the build tools know, and those that are usual beside a `pyproject.toml`."""
    found: dict[str, None] = {}
    for path, text in sorted(project.texts.items()):
        folder = folder_of(path)
        told = _from_cfg(text) if path.endswith(".cfg") else _from_toml(text)
        for where in (*told, *_USUAL):
            root = joined(folder, where)
            if root is not None:
                found[root] = None
    return tuple(found or dict.fromkeys(_USUAL))


def _from_cfg(text: str) -> list[str]:
    """`package_dir` and `packages.find` of setuptools' `setup.cfg`."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return []
    told = parser.get("options", "package_dir", fallback="").splitlines()
    found = [line.partition("=")[2].strip() for line in told if line.strip().startswith("=")]
    return [*found, *parser.get("options.packages.find", "where", fallback="").split()]


def _from_toml(text: str) -> list[str]:
    """What setuptools, Poetry, Hatch and pytest are told in a `pyproject.toml`."""
    try:
        tool = tomllib.loads(text).get("tool", {})
    except (tomllib.TOMLDecodeError, RecursionError):
        return []
    packages = _at(tool, "poetry", "packages")
    poetry = [one.get("from") for one in packages if isinstance(one, dict)] if packages else []
    wheel = _texts(_at(tool, "hatch", "build", "targets", "wheel", "packages"))
    told = [
        *_texts(_at(tool, "setuptools", "packages", "find", "where")),
        *_texts([_at(tool, "setuptools", "package-dir", "")]),
        *_texts(poetry),
        *(folder_of(one) for one in wheel),
        *_texts(_at(tool, "pytest", "ini_options", "pythonpath")),
    ]
    return [one for one in told if not one.startswith("/")]


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


RESOLVER: Resolver[Roots] = Resolver(
    id="python",
    languages=("python",),
    files=_files,
    layout=_roots,
    settings=("pyproject.toml", "setup.cfg"),
    inner=_inner,
    passes_on=True,
)
