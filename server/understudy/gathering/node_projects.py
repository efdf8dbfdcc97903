"""How a TypeScript or JavaScript workspace is laid out: its tsconfig files and its packages.

The formats: https://www.typescriptlang.org/tsconfig and https://nodejs.org/api/packages.html.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from understudy.gathering.paths import folder_of, joined
from understudy.reading.json_strings import JsonError
from understudy.reading.json_text import JsonReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from understudy.gathering.projects import Project

_DEPTH = 5
"""How many tsconfig files may extend each other."""
_DEEPEST = 10
"""How deep conditions of `exports` are looked into."""
_MAX_CHARS = 200_000


@dataclass(frozen=True, slots=True)
class TsConfig:
    """What a tsconfig says about imports.

    Attributes:
        folder: the files below it are those that it is for.
        base: the folder that `paths` are meant from.
        has_base: whether plain modules are searched there as well.
    """

    folder: str
    base: str
    has_base: bool
    paths: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Package:
    """A `package.json` of the workspace; `exports` and `imports` map patterns to files in it."""

    name: str
    folder: str
    mains: tuple[str, ...]
    exports: Mapping[str, tuple[str, ...]]
    imports: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class NodeProject:
    """All tsconfig files and packages of a workspace."""

    configs: tuple[TsConfig, ...] = ()
    all_packages: tuple[Package, ...] = ()
    packages: Mapping[str, Package] = field(default_factory=dict)


def node_project(project: Project) -> NodeProject:
    """Read the settings files; those that can't be read count as empty."""
    configs: list[TsConfig] = []
    packages: list[Package] = []
    for path, text in sorted(project.texts.items()):
        if path.endswith("package.json"):
            packages.append(_package(path, text))
        else:
            configs += _configs(path, text, project.text)
    return NodeProject(
        tuple(configs), tuple(packages), {one.name: one for one in packages if one.name}
    )


def _configs(path: str, text: str, text_of: Callable[[str], str | None]) -> Iterator[TsConfig]:
    """The file itself, and those that it refers to: one of them may hold the paths of its folder."""
    told = _json(text)
    yield _config(folder_of(path), path, told, text_of)
    references = told.get("references")
    for one in references if isinstance(references, list) else ():
        target = one.get("path") if isinstance(one, dict) else None
        inner = joined(folder_of(path), target) if isinstance(target, str) else None
        if inner and inner.endswith(".json"):
            yield _config(folder_of(inner), inner, _json(text_of(inner) or ""), text_of)


def _config(
    folder: str, path: str, told: dict[str, Any], text_of: Callable[[str], str | None]
) -> TsConfig:
    """A config with what it takes over from those that it extends."""
    base: str | None = None
    paths: tuple[str, dict[str, tuple[str, ...]]] | None = None
    for where, one in _with_extended(path, told, text_of):
        options = one.get("compilerOptions")
        options = options if isinstance(options, dict) else {}
        if base is None and isinstance(options.get("baseUrl"), str):
            base = joined(folder_of(where), options["baseUrl"])
        if paths is None and isinstance(options.get("paths"), dict):
            paths = folder_of(where), _mapping(options["paths"])
    start, mapped = paths or (folder, {})
    return TsConfig(folder, start if base is None else base, base is not None, mapped)


def _with_extended(
    path: str, told: dict[str, Any], text_of: Callable[[str], str | None]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The config and those that it extends, each with its path; what is nearer comes first."""
    todo = [(path, told, 0)]
    while todo:
        where, one, depth = todo.pop(0)
        yield where, one
        extended = one.get("extends")
        for target in extended if isinstance(extended, list) else [extended]:
            if isinstance(target, str) and target.startswith(".") and depth < _DEPTH:
                found = joined(folder_of(where), target)
                if found is not None:
                    found = found if found.endswith(".json") else f"{found}.json"
                    todo.append((found, _json(text_of(found) or ""), depth + 1))


def _package(path: str, text: str) -> Package:
    told = _json(text)
    named = [told.get(key) for key in ("source", "types", "typings", "module", "main")]
    exports = told.get("exports")
    if not isinstance(exports, dict) or not any(key.startswith(".") for key in exports):
        exports = {".": exports}
    return Package(
        name=str(told.get("name") or ""),
        folder=folder_of(path),
        mains=tuple(one for one in named if isinstance(one, str)),
        exports=_mapping(exports),
        imports=_mapping(told.get("imports")),
    )


def _mapping(value: Any) -> dict[str, tuple[str, ...]]:
    """Patterns with their targets, whatever the conditions."""
    if not isinstance(value, dict):
        return {}
    return {str(key): tuple(_leaves(one)) for key, one in value.items()}


def _leaves(value: Any, depth: int = 0) -> Iterator[str]:
    """The texts in nested objects and lists, in their order."""
    if isinstance(value, str):
        yield value
        return
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner if depth < _DEEPEST else ():
        yield from _leaves(one, depth + 1)


def _json(text: str) -> dict[str, Any]:
    """An object with comments and spare commas; empty where it can't be read."""
    if len(text) > _MAX_CHARS:
        return {}
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = _forgiving(text)
    return told if isinstance(told, dict) else {}


def _forgiving(text: str) -> Any:
    start = text.find("{")
    try:
        return JsonReader(text, start, plain_paths=False).read() if start >= 0 else None
    except JsonError:
        return None
