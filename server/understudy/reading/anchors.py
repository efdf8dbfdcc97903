"""Lines that a patch names to say where a hunk belongs: a class, and a method in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.reading.headings import heading_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from understudy.reading.places import Place

_CLOSERS = (")", "]", "}")
_MOST = 30
"""An anchor that more lines fit says nothing about a place."""
_IMPL = re.compile(
    r"(?:pub(?:\([^)]{0,40}\))?\s+)?(?:unsafe\s+)?(?:impl|extension|object|protocol)\b"
)
_SAID = re.compile(r"\s*(?:[({:<\[;=]|$|(?:extends|implements|where|for|with)\b)")
"""What may follow the name in an anchor that is code; prose may hold the word `class` too."""
_ABOVE = ("@", "#", "//", "/*", "*", '"""', "[")
"""How decorators, attributes and comments begin, which belong to the definition below them."""


class Heading(NamedTuple):
    """A line that begins a definition.

    Attributes:
        depth: how many characters it is indented by.
        scope: from it to the line before the next heading that is not indented further.
    """

    at: int
    depth: int
    scope: range

    @property
    def behind(self) -> int:
        """The line of the next heading; the one behind the last where there is none."""
        return self.scope.stop


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a file, by their lines, and all its lines by what stands on them."""

    lines: tuple[str, ...]
    headings: dict[int, Heading]
    by_text: dict[str, list[int]]

    def with_anchor(self, anchor: str, scope: range) -> list[int]:
        """The lines that are the anchor, or else that begin with it, or else that define its name."""
        wanted = anchor.strip()
        same = self.by_text.get(wanted, [])
        found = [at for at in same[bisect_left(same, scope.start) :] if at < scope.stop]
        if not found:
            found = [at for at in scope if self.lines[at].strip().startswith(wanted)]
        if not found and (name := heading_of(anchor) or _named_with(wanted)):
            found = [
                one.at
                for one in self.headings.values()
                if one.at in scope
                and name in (heading_of(self.lines[one.at]), _named_with(self.lines[one.at]))
            ]
        return found


class Named(NamedTuple):
    """What a hunk's anchors say about its place.

    Attributes:
        lines: those that the innermost anchor may be, each in the block of the one before it.
        headings: the definitions among these.
        is_lost: whether an anchor names a definition that the file does not have there.
    """

    lines: tuple[int, ...] = ()
    headings: tuple[Heading, ...] = ()
    is_lost: bool = False


@lru_cache(maxsize=4)
def outline_of(file: tuple[str, ...]) -> Outline:
    """The headings of a file, which all hunks of a reply ask for."""
    found = [
        (at, len(indent_of(line)))
        for at, line in enumerate(file)
        if is_heading(line) or _is_opened_below(file, at)
    ]
    headings: dict[int, Heading] = {}
    opened: list[tuple[int, int]] = []
    for at, depth in [*found, (len(file), -1)]:
        while opened and opened[-1][1] >= depth:
            start, its = opened.pop()
            headings[start] = Heading(start, its, range(start, at))
        opened.append((at, depth))
    by_text: dict[str, list[int]] = {}
    for at, line in enumerate(file):
        by_text.setdefault(line.strip(), []).append(at)
    return Outline(file, headings, by_text)


def _is_opened_below(file: Sequence[str], at: int) -> bool:
    """Whether the next line only opens the block that a line begins."""
    is_open = at + 1 < len(file) and file[at + 1].strip() == "{"
    return is_open and _named_with(file[at]) != ""


def _named_with(line: str) -> str:
    """The name of what a line begins, if the opening brace is put behind it."""
    return heading_of(f"{line.rstrip()} {{")


def is_heading(line: str) -> bool:
    """Whether a line begins a definition, or a block of them such as Rust's `impl`."""
    return bool(heading_of(line)) or _IMPL.match(line.strip()) is not None


def named(file: Sequence[str], anchors: Sequence[str], new: Collection[str] = ()) -> Named:
    """What anchors say about a place.

    An anchor that no line fits, or too many, is left out.

    Args:
        file: the document's lines, without their ends.
        anchors: the outermost first; whole lines, or how they begin.
        new: names of definitions that the same reply writes, which may not be in the file yet.
    """
    if not anchors:
        return Named()
    outline = outline_of(tuple(file))
    scopes = [range(len(file))]
    found: tuple[int, ...] = ()
    is_lost = False
    for anchor in anchors:
        lines = sorted({at for scope in scopes for at in outline.with_anchor(anchor, scope)})
        if 0 < len(lines) <= _MOST:
            found = tuple(lines)
            scopes = [_scope(outline, at) for at in lines]
        elif not lines:
            is_lost = is_lost or _defines(anchor) not in {"", *new}
    headings = tuple(outline.headings[at] for at in found if at in outline.headings)
    return Named(found, headings if len(headings) == len(found) else (), is_lost)


def _defines(anchor: str) -> str:
    """The name that an anchor defines; empty where it is no line of code that begins anything."""
    name = heading_of(anchor)
    at = anchor.find(name) if name else -1
    return name if at >= 0 and _SAID.match(anchor, at + len(name)) else ""


def allowed(
    file: Sequence[str], places: Sequence[Place], told: Named, *, loose: bool
) -> list[Place]:
    """The places that the anchors leave.

    Where they name a definition, a place outside of it is none. Where they name one that is not in
    the file, or a place is only near it, the place is a guess.

    Args:
        file: the document's lines, without their ends.
        places: of one text, all equally good.
        told: what the anchors say.
        loose: whether they are what a diff has behind its numbers: the last heading above the hunk,
            which is that of the definition before where the hunk begins above the next one.
    """
    places = list(places)
    if told.headings:
        left = [one for one in places if any(_is_in(file, one, head) for head in told.headings)]
        left = left or [one for one in places if _is_told(file, one, told.headings)]
        if not left and loose:
            left = list(_near(file, places, told.headings))
        places = left
    elif told.lines and len(places) > 1:
        scopes = [_block(file, at) for at in told.lines]
        places = [one for one in places if any(_touches(one, scope) for scope in scopes)] or places
    if told.is_lost:
        places = [replace(one, risk="high") for one in places]
    return places


def scope_of(told: Named) -> range | None:
    """The lines of the one definition that anchors name; None when they name none, or several."""
    return told.headings[0].scope if len(told.headings) == 1 else None


def _near(
    file: Sequence[str], places: Sequence[Place], headings: Sequence[Heading]
) -> Iterator[Place]:
    """The places that begin behind a definition, up to the next heading; within that, by a guess."""
    outline = outline_of(tuple(file))
    for place in places:
        start = place.lines.start
        for head in headings:
            if start == head.behind:
                yield place
                break
            after = outline.headings.get(head.behind)
            if after is not None and start in after.scope:
                yield replace(place, risk="high")
                break


def _is_in(file: Sequence[str], place: Place, head: Heading) -> bool:
    """Whether a place is in a definition, holds its heading, or what stands right above that."""
    if _touches(place, head.scope) or _touches(place, _block(file, head.at)):
        return True
    if place.lines.start > head.at:
        return False
    above = (file[at].strip() for at in range(place.lines.start, head.at))
    return all(line.startswith(_ABOVE) for line in above if line)


def _is_told(file: Sequence[str], place: Place, headings: Sequence[Heading]) -> bool:
    """Whether a place behind a named definition says itself in which other one it is."""
    is_behind = any(place.lines.start > head.at for head in headings)
    return is_behind and any(len(row) == 1 and is_heading(file[row.start]) for row in place.rows)


def _touches(place: Place, scope: range) -> bool:
    return place.lines.start in scope or scope.start in place.lines


def _scope(outline: Outline, at: int) -> range:
    head = outline.headings.get(at)
    block = _block(outline.lines, at)
    return block if head is None else range(at, max(head.scope.stop, block.stop))


def _block(file: Sequence[str], at: int) -> range:
    """A line, and those below it that are indented further."""
    depth = len(indent_of(file[at]))
    for number in range(at + 1, len(file)):
        line = file[number].strip()
        if line and len(indent_of(file[number])) <= depth and not line.startswith(_CLOSERS):
            return range(at, number)
    return range(at, len(file))
