"""Definitions between braces at the margin, each in the place of the one of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.reading.headings import heading_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LANGUAGES = frozenset(
    {"c", "cpp", "go", "javascript", "javascriptreact", "rust", "typescript", "typescriptreact"}
)
_ABOVE = ("//", "/*", " *", "*", "#[", "@")


class _Definition(NamedTuple):
    """A definition's lines: from `start`, its comments, over `head` to the line in front of `stop`."""

    start: int
    head: int
    stop: int


def with_definitions(lines: Sequence[str], before: Sequence[str]) -> list[str] | None:
    """The old lines with each definition of the new ones in its place.

    None when the new lines hold anything else, or it is not certain where one of them belongs.

    Args:
        lines: of a block, without their ends, like the others.
        before: those of the file.
    """
    new, old = list(_definitions(lines)), list(_definitions(before))
    if not new or not _is_all(lines, new):
        return None
    places: dict[int, tuple[_Definition, _Definition]] = {}
    for one in new:
        head = lines[one.head]
        same = [each for each in old if before[each.head] == head]
        named = [each for each in old if heading_of(before[each.head]) == heading_of(head)]
        found = same if len(same) == 1 else named
        if len(found) != 1 or found[0].start in places:
            return None
        places[found[0].start] = (found[0], one)
    done = list(before)
    for start in sorted(places, reverse=True):
        its, one = places[start]
        above = [line.strip() for line in before[its.start : its.head]]
        # A model that leaves the comment above out does not mean it to go.
        has_own = (
            one.start < one.head and [line.strip() for line in lines[one.start : one.head]] != above
        )
        first = its.start if has_own else its.head
        done[first : its.stop] = lines[one.start if has_own else one.head : one.stop]
    return done


def _definitions(lines: Sequence[str]) -> Iterator[_Definition]:
    """The definitions at the margin that end with a brace there, with the comments above them."""
    start, head = -1, -1
    for at, line in enumerate(lines):
        if head >= 0:
            if line.startswith("}"):
                yield _Definition(start, head, at + 1)
                start = head = -1
        elif line.startswith(_ABOVE):
            start = at if start < 0 else start
        elif (
            line.strip() and not indent_of(line) and heading_of(line) and line.rstrip()[-1] in "{("
        ):
            start, head = (at if start < 0 else start), at
        else:
            start = -1


def _is_all(lines: Sequence[str], found: Sequence[_Definition]) -> bool:
    inside = {at for one in found for at in range(one.start, one.stop)}
    return all(at in inside for at, line in enumerate(lines) if line.strip())
