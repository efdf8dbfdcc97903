"""Files that use what a new text of another file no longer offers, or asks more for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from understudy.gathering.lookup import Lookup
from understudy.gathering.sources import Sources
from understudy.index.facts import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from understudy.core.lines import LineIndex
    from understudy.index.facts import Definition, Facts, Import, Index

_MOST_FILES = 50
"""Files of which it is looked up what they mean by a name."""
_CALLED = frozenset({"function", "method"})
_ITSELF = frozenset({"self", "cls", "this", "&self", "&mut self", "mut self"})
_OPENS, _CLOSES = "([{<", ")]}>"
_MOST_CHARS = 4_000


@dataclass(frozen=True, slots=True)
class Dependent:
    """One name that others use.

    Attributes:
        name: as they know it.
        gone: whether it is no longer there; else a call of it needs other arguments.
        paths: of the files that use it, below the workspace folder, sorted.
    """

    name: str
    gone: bool
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the file: what it holds, and its text in lines."""

    facts: Facts
    lines: LineIndex


def dependents(
    index: Index, root: Path | None, old: Version, new: Version, changed: Collection[str]
) -> tuple[Dependent, ...]:
    """The names at the top of a file that a new version takes away or asks more for, where used.

    Reads the disk.

    Args:
        index: of the workspace folder.
        root: that folder.
        old: the file as it is.
        new: the file as it would be.
        changed: files that change with it, and so may be right all the same.
    """
    found = []
    sources = Sources(index, root, old.facts, old.lines)
    lookup = Lookup(sources)
    for name, gone in _broken(old, new):
        paths = [
            path
            for path in index.using(name, _MOST_FILES)
            if path not in changed and path != old.facts.path and _uses(lookup, sources, path, name)
        ]
        if paths:
            found.append(Dependent(name, gone, tuple(paths)))
    return tuple(found)


def _broken(old: Version, new: Version) -> Iterator[tuple[str, bool]]:
    """The names that are gone, and those of functions whose callers have to change."""
    after = {one.name: one for one in new.facts.definitions if one.parent < 0 and not one.owner}
    imported = {here or name for one in new.facts.imports for name, here in one.names}
    for one in old.facts.definitions:
        if one.parent >= 0 or one.owner:
            continue
        now = after.get(one.name)
        if now is None:
            if one.name not in imported:
                yield one.name, True
        elif one.kind in _CALLED and now.kind in _CALLED:
            before, there = parameters(one, old.lines), parameters(now, new.lines)
            if before is not None and there is not None and _asks_more(before, there):
                yield one.name, False


def _asks_more(before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a call that was right may no longer be, by `(required, all)` parameters."""
    return after[0] > before[0] or after[1] < before[1]


def parameters(one: Definition, lines: LineIndex) -> tuple[int, int] | None:
    """How many parameters a function requires, and how many it takes; None when nobody can tell."""
    stop = max(one.body, one.head + 1)
    text = lines.text[lines.start(one.head) : lines.start(min(stop, len(lines)))][:_MOST_CHARS]
    found = re.search(rf"(?<!\w){re.escape(one.name)}\s*(?:<[^()\n]*>|\[[^()\n]*\])?\s*\(", text)
    if found is None:
        return None
    pieces = _pieces(text[found.end() :])
    if pieces is None:
        return None
    taken = [piece for piece in pieces if piece not in _ITSELF and piece not in {"*", "/"}]
    plain = [piece for piece in taken if not piece.startswith(("*", "...")) and "..." not in piece]
    required = [piece for piece in plain if "=" not in piece and not re.match(r"\w+\?", piece)]
    several = len(taken) - len(plain)
    return len(required), len(plain) + 1_000 * several


def _pieces(text: str) -> list[str] | None:
    """What stands between commas up to the bracket that closes; None where none does."""
    depth, borders = 0, [-1]
    for at, mark in enumerate(text):
        if mark in _OPENS:
            depth += 1
        elif mark in _CLOSES and text[at - 1 : at] not in {"=", "-"}:
            if depth == 0 and mark == ")":
                borders.append(at)
                pieces = [text[first + 1 : last].strip() for first, last in pairwise(borders)]
                return [" ".join(piece.split()) for piece in pieces if piece]
            depth -= 1
        elif mark == "," and depth == 0:
            borders.append(at)
    return None


def _uses(lookup: Lookup, sources: Sources, path: str, name: str) -> bool:
    """Whether a file means the name of ours when it says this name."""
    facts, lines = sources.facts(path), sources.lines(path)
    taken = (pair for one in facts.imports for pair in one.names) if facts is not None else ()
    here = [name, *(here for original, here in taken if original == name and here)]
    for found in (target for one in here for target in lookup.visible(path, one)):
        if isinstance(found, Place):
            return found.path == sources.target
    if facts is None or lines is None:
        return False
    return any(
        _is_named_in(lines.text, one, name)
        for one in facts.imports
        if not one.names and sources.target in sources.files(path, one.module)
    )


def _is_named_in(text: str, imported: Import, name: str) -> bool:
    """Whether a name is taken from an imported module, as in `shop.total`."""
    last = re.split(r"[.:/]+", imported.module.rstrip("/"))[-1]
    known = "|".join(re.escape(one) for one in {imported.alias or last, imported.module} if one)
    return re.search(rf"(?<!\w)(?:{known})(?:\.|::){re.escape(name)}(?!\w)", text) is not None
