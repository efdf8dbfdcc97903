"""What a module's source exports, read from its text."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.context.scopes import Scopes
from understudy.context.syntax import Source, captures, query
from understudy.core.bounded_cache import bounded_cache
from understudy.core.plain_files import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tree_sitter import Node

MAX_BYTES = 1_000_000
"""Larger sources are not read."""

_KEPT_BYTES = 32_000_000
"""How much of the sources is kept: all of a usual workspace, each once."""

_KEPT_NAMES = 100_000
"""How many names the remembered exports may have; each takes some hundred bytes."""

_FROM = """
(import_from_statement) @from
(module (expression_statement (assignment left: (identifier) @left right: (_) @right)))
(module (expression_statement (augmented_assignment left: (identifier) @left right: (_) @right)))
"""


@dataclass(frozen=True, slots=True)
class Exports:
    """The names that one source binds at its top level.

    Attributes:
        bound: every such name, imports and private ones included.
        defined: those that it defines itself.
        shared: those that it imports from its own package, which is how packages re-export.
        declared: what a literal `__all__` lists; None without one.
        stars: the modules of its `from … import *`, as written.
    """

    bound: frozenset[str]
    defined: frozenset[str]
    shared: frozenset[str]
    declared: frozenset[str] | None
    stars: tuple[str, ...]

    @property
    def public(self) -> frozenset[str]:
        """What others are meant to import."""
        if self.declared is not None:
            return self.declared
        own = self.defined | self.shared
        return frozenset(name for name in own if not name.startswith("_"))


def exports_of(path: Path) -> Exports | None:
    """What the source at `path` exports; None when it can't be read."""
    stamp = stamp_of(path)
    return _read(path, stamp) if stamp is not None else None


def stamp_of(path: Path) -> tuple[int, int] | None:
    """`(time of change, bytes)` of a file that may be read; None for anything else."""
    try:
        status = os.stat(path)  # noqa: PTH116 - `Path.stat` costs twice as much, and there are many
    except (OSError, ValueError):
        return None
    if status.st_size > MAX_BYTES or not os.path.isfile(path):  # noqa: PTH113 - as above
        return None
    return status.st_mtime_ns, status.st_size


@bounded_cache(_KEPT_BYTES, lambda raw, *_: len(raw))
def content(path: Path, _stamp: tuple[int, int]) -> bytes:
    """The bytes of a file; empty when it can't be read."""
    try:
        return read_plain(path, MAX_BYTES)
    except (OSError, ValueError):
        return b""


def text_of(path: Path) -> str:
    """A source's text; empty when it can't be read."""
    stamp = stamp_of(path)
    return content(path, stamp).decode("utf-8-sig", "replace") if stamp is not None else ""


@bounded_cache(_KEPT_NAMES, lambda found, *_: len(found.bound))
def _read(path: Path, _stamp: tuple[int, int]) -> Exports:
    return read_exports(text_of(path), package=path.parent.name)


def read_exports(text: str, package: str = "") -> Exports:
    """What a text exports. `package` is the name of the folder that holds it."""
    source = Source(text)
    bindings = Scopes(source).bound_in(0)
    bound = frozenset(binding.name for binding in bindings)
    imported = {binding.name for binding in bindings if binding.kind == "import"}
    found = captures(query(_FROM), source.root)
    stars: list[str] = []
    shared: set[str] = set()
    for node in found.get("from", ()):
        module = node.child_by_field_name("module_name")
        where = source.word(module) if module is not None else ""
        if any(child.type == "wildcard_import" for child in node.children):
            stars.append(where)
        elif where.startswith(".") or where.partition(".")[0] == package:
            shared.update(source.word(name) for name in _imported(node))
    return Exports(
        bound=bound,
        defined=bound - imported,
        shared=frozenset(shared & imported),
        declared=_declared(source, found),
        stars=tuple(stars),
    )


def _imported(node: Node) -> Iterator[Node]:
    """The names that one `from … import …` binds."""
    for child in node.children_by_field_name("name"):
        alias = child.child_by_field_name("alias")
        if alias is not None:
            yield alias
        else:
            yield from child.named_children[-1:]


def _declared(source: Source, found: dict[str, list[Node]]) -> frozenset[str] | None:
    """The strings of every top-level `__all__ = …` and `__all__ += …`."""
    names: set[str] | None = None
    for left, right in zip(found.get("left", ()), found.get("right", ()), strict=False):
        if source.word(left) != "__all__":
            continue
        if right.type not in ("list", "tuple"):
            return None
        names = names or set()
        for item in right.named_children:
            names.add(source.word(item).strip("\"'"))
    return frozenset(names) if names is not None else None
