"""Dots of Python that are a whole body or docstring, filled up from the definition of the same first line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.reading.strings import inside_strings

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_DOTS = frozenset({"...", "\u2026"})
_QUOTES = ('"""', "'''", 'r"""')


def with_blocks(lines: Sequence[str], old: Sequence[str], gaps: Collection[int]) -> list[str]:
    """The lines, where dots that are a whole body, or a whole docstring, are replaced by the old one.

    The line that opens the body must stand in the old text exactly once, as it is. A body may have a
    new docstring above the dots.

    Args:
        lines: without their ends, like the others.
        old: what they replace.
        gaps: the numbers of the lines that stand for others.
    """
    done = list(lines)
    for at in sorted(gaps, reverse=True):
        if lines[at].strip().strip("\"'") in _DOTS:
            done[at : at + 1] = _old_body(lines, old, at) or [lines[at]]
    return done


def _old_body(lines: Sequence[str], old: Sequence[str], at: int) -> list[str]:
    depth = len(indent_of(lines[at]))
    owner = next(
        (
            n
            for n in range(at - 1, -1, -1)
            if _is_real(lines[n]) and len(indent_of(lines[n])) < depth
        ),
        -1,
    )
    if owner < 0 or old.count(lines[owner]) != 1 or not lines[owner].rstrip().endswith(":"):
        return []
    body = _block(old, old.index(lines[owner]))
    head = _docstring(body)
    if lines[at].strip()[:3] in _QUOTES:
        return body[:head]
    own = _block(lines, owner)
    above = lines[owner + 1 : at]
    if _docstring(own) != len(above) and any(map(_is_real, above)):
        return []
    if len(_trimmed(own)) > len(above) + 1:
        return []
    return body[head:] if _docstring(own) else body


def _block(lines: Sequence[str], owner: int) -> list[str]:
    """The lines below one that are farther in, without the blank ones behind them."""
    depth = len(indent_of(lines[owner]))
    inside = inside_strings(lines, "python") or frozenset()
    stop = owner + 1
    while stop < len(lines) and (
        stop in inside or not _is_real(lines[stop]) or len(indent_of(lines[stop])) > depth
    ):
        stop += 1
    return _trimmed(lines[owner + 1 : stop])


def _docstring(body: Sequence[str]) -> int:
    """How many lines of a body its docstring has."""
    if not body or not body[0].lstrip().startswith(_QUOTES):
        return 0
    mark = body[0].lstrip().lstrip("r")[:3]
    if body[0].count(mark) > 1:
        return 1
    return next((at + 1 for at, line in enumerate(body) if at and mark in line), 0)


def _trimmed(lines: Sequence[str]) -> list[str]:
    stop = len(lines)
    while stop and not _is_real(lines[stop - 1]):
        stop -= 1
    return list(lines[:stop])


def _is_real(line: str) -> bool:
    return bool(line.strip())
