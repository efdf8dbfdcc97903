"""Names within namespaces that many files have parts of, as those of C++ are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.index.facts import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.gathering.sources import Sources

_ALIAS = re.compile(r"\bnamespace[ \t]+(\w+)[ \t]*=[ \t]*([\w:]+)[ \t]*;")
_BORDER = re.compile(r"::|\.")


def within(
    sources: Sources, files: Iterable[str], spaces: tuple[str, ...], name: str
) -> tuple[Place, ...]:
    """What the first of some files defines under a name within namespaces, or within parts of them.

    Args:
        sources: what was read.
        files: the one that names the namespaces first, then those whose names it can use.
        spaces: the namespaces as they are written before the name, the outermost first.
        name: what stands behind them.
    """
    ordered = tuple(files)
    wanted = _written_out(sources, ordered[0], spaces)
    for path in ordered:
        found = tuple(_in_file(sources, path, wanted, name))
        if found:
            return found
    return ()


def _written_out(sources: Sources, path: str, spaces: tuple[str, ...]) -> tuple[str, ...]:
    """Namespaces without a short name that the file has given to the first of them."""
    lines = sources.lines(path)
    short = dict(_ALIAS.findall(lines.text)) if lines is not None else {}
    first = short.get(spaces[0], spaces[0])
    return (*(part for part in _BORDER.split(first) if part), *spaces[1:])


def _in_file(sources: Sources, path: str, spaces: tuple[str, ...], name: str) -> Iterator[Place]:
    outline = sources.outline(path)
    for number in outline.top(name):
        # `namespace a::b` is one definition; one that is `inline` needs not be named.
        around = [
            part
            for one in reversed(tuple(outline.outwards(number))[1:])
            for part in _BORDER.split(outline.definitions[one].name)
        ]
        if _has_in_order(around, spaces):
            yield Place(path, number, outline.definitions[number])


def _has_in_order(around: Iterable[str], wanted: tuple[str, ...]) -> bool:
    rest = iter(around)
    return all(one in rest for one in wanted)
