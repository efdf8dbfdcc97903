"""What names the definitions of a text in languages that nothing here has an outline of.

Each language is a line of data. All others are looked at by what begins functions and types in most
of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.core.markup import PROSE
from understudy.reading.headings import heading_of
from understudy.reading.name_patterns import (
    BY_KEYS,
    HOLDERS,
    LISTS,
    PATTERNS,
    SECTIONS,
    USUAL,
    USUAL_HOLDERS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST = 400
_TAB = 8
_COMMENT = ("#", "//", "/*", "*", "--", ";", "%", "'", "<!--", "(*")
_GOES_ON = ("{", "(", ")", "]", "#", "|", "=")
"""What a line begins with that belongs to the head above it, or says nothing of where a body ends."""
_LEVELS = 2
"""So deep, keys of settings count as definitions."""
_SECTION_DEPTH = -1
_WITHOUT = (PROSE - PATTERNS.keys()) | {"diff", "git-commit"}
"""Texts that define nothing."""


class Named(NamedTuple):
    """A definition.

    Attributes:
        lines: from the one with its name to the one before the next definition that is not in it.
    """

    name: str
    lines: range


class _Open(NamedTuple):
    """A definition that others may stand in."""

    depth: int
    holds: bool


def named(lines: Sequence[str], language: str) -> list[Named]:
    """The definitions of a text, and those in types and modules, in its order.

    What is defined within a function is a part of it, and so are further lines that define the same
    name again. Told by indentation and by the beginnings of lines alone.

    Args:
        lines: without their ends.
        language: an LSP language id; any other word will do.
    """
    found = list(_starts(lines, language))
    stops: list[int] = []
    behind: list[tuple[int, int]] = []
    for _, at, depth in reversed(found):
        while behind and behind[-1][1] > depth:
            behind.pop()
        stops.append(behind[-1][0] if behind else len(lines))
        behind.append((at, depth))
    return [
        Named(name, range(at, _end(lines, at, stop)))
        for (name, at, _), stop in zip(found, reversed(stops), strict=True)
    ]


def _end(lines: Sequence[str], at: int, stop: int) -> int:
    """The line behind a definition, without the comment above the next one."""
    while stop > at + 1 and (not (bare := lines[stop - 1].strip()) or bare.startswith(_COMMENT)):
        stop -= 1
    return stop


def _starts(lines: Sequence[str], language: str) -> Iterator[tuple[str, int, int]]:
    """The names, the lines that they stand in, and how far in these are."""
    around: list[_Open] = []
    last: tuple[str, int] = ("", 0)
    for at, line in enumerate(lines):
        bare = line.strip()
        if not bare:
            continue
        names = names_in(line, language)
        is_section = language in SECTIONS and bare.startswith("[")
        depth = _SECTION_DEPTH if is_section else len(indent_of(line).expandtabs(_TAB))
        while around and around[-1].depth >= depth and (names or not bare.startswith(_GOES_ON)):
            around.pop()
        if names and (not around or around[-1].holds):
            yield from ((name, at, depth) for name in names if (name, depth) != last)
            last = (names[-1], depth)
        if names:
            around.append(_Open(depth, is_section or _holds(bare, language, len(around))))


def names_in(line: str, language: str) -> list[str]:
    """What a line defines; several names in languages with lists of them."""
    bare = line[:_LONGEST].strip()
    if language in _WITHOUT or not bare:
        return []
    own = PATTERNS.get(language)
    if own is None:
        name = heading_of(line)
        if not name and (usual := USUAL.match(bare)):
            name = usual["name"]
        return [name] if name else []
    found = own.match(bare)
    name = " ".join(filter(None, found.groups())) if found else ""
    if language in LISTS:
        return [one for part in name.split(",") if (one := " ".join(part.split()))]
    return [" ".join(name.split())] if name else []


def _holds(bare: str, language: str, level: int) -> bool:
    """Whether what is defined further in counts as well."""
    if language in BY_KEYS:
        return level + 1 < _LEVELS
    return HOLDERS.get(language, USUAL_HOLDERS).search(bare[:_LONGEST]) is not None
