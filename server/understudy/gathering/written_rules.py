"""What a project's people wrote down for models, in more and more detail.

Less detail means the first blocks of every section: what a text is about stands in its headings, and
what matters most stands first below them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.lines import split_lines
from understudy.gathering.levels import level_of, rising
from understudy.gathering.rendering import gap_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from understudy.context.items import Form, Level

    Count = Callable[[str], int]

STEPS: tuple[tuple[int, Form, float], ...] = (
    (200, "signature", 0.5),
    (450, "skeleton", 0.75),
    (900, "skeleton", 0.9),
)
"""The levels that show a text in part: how many tokens each may have, its form and its worth."""
_MOST_CHARS = 32_000
"""Of a longer text, only the beginning counts."""
_MOST_FULL = 4_000
"""A text of more tokens is never shown whole."""
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that are shown together: a heading, a paragraph, an item of a list, fenced code.

    Attributes:
        number: among all blocks.
        place: among those of its section, of which the heading has the place 0.
    """

    text: str
    number: int
    place: int


def rule_levels(text: str, count: Count) -> tuple[Level, ...]:
    """The levels of a text of rules, of which none is longer than its step allows; LF ends lines."""
    text = _ended(text)
    tokens = count(text) if len(text) <= _MOST_CHARS else _MOST_FULL + 1
    begun = text if len(text) <= _MOST_CHARS else text[: text.rfind("\n", 0, _MOST_CHARS) + 1]
    blocks = _blocks(split_lines(begun or text[:_MOST_CHARS]))
    levels = [
        replace(level_of(form, _within(blocks, most, count), count), worth=worth)
        for most, form, worth in STEPS
        if tokens > most
    ]
    if tokens <= _MOST_FULL:
        levels.append(level_of("full", text, count))
    return rising(levels)


def _ended(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") or not text else f"{text}\n"


def _blocks(lines: Iterable[str]) -> list[_Block]:
    """The blocks of Markdown, or of any text; empty lines belong to what is above them."""
    blocks: list[_Block] = []
    fence, is_behind_blank, place = "", True, 0
    for line in lines:
        is_heading = not fence and _HEADING.match(line) is not None
        if (
            is_heading
            or not blocks
            or (not fence and _begins(line, is_behind_blank=is_behind_blank))
        ):
            place = 0 if is_heading else place + 1
            blocks.append(_Block(line, len(blocks), place))
        else:
            blocks[-1] = replace(blocks[-1], text=blocks[-1].text + line)
        fence = _fence_behind(line, fence)
        is_behind_blank = is_heading or not line.strip()
    return blocks


def _begins(line: str, *, is_behind_blank: bool) -> bool:
    """Whether a line outside of fences begins a block that is no heading."""
    is_outer = is_behind_blank and not line.startswith((" ", "\t"))
    return bool(line.strip()) and (is_outer or _ITEM.match(line) is not None)


def _fence_behind(line: str, fence: str) -> str:
    """The fence that is open behind a line; empty where none is."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found[1]
    is_end = found[1].startswith(fence) and not line[found.end() :].strip()
    return "" if is_end else fence


def _within(blocks: Sequence[_Block], most: int, count: Count) -> str:
    """As much as fits: all headings with what is first below them, then what is second, and so on."""
    order = sorted(blocks, key=lambda one: (max(one.place, 1), one.number))
    low, high = 0, len(order)
    while low < high:
        middle = (low + high + 1) // 2
        if count(_shown(order[:middle], len(blocks))) <= most:
            low = middle
        else:
            high = middle - 1
    if any(one.place for one in order[:low]):
        return _shown(order[:low], len(blocks))
    return _begun("".join(one.text for one in blocks), most, count)


def _shown(some: Iterable[_Block], number: int) -> str:
    """Some of so many blocks in their order, with marks for the others."""
    pieces: list[str] = []
    following = 0
    for one in sorted(some, key=lambda each: each.number):
        if one.number > following:
            pieces.append(f"{gap_mark('')}\n")
        pieces.append(one.text)
        following = one.number + 1
    if following < number:
        pieces.append(f"{gap_mark('')}\n")
    return "".join(pieces)


def _begun(text: str, most: int, count: Count) -> str:
    """The lines that a text begins with; of a line that is too long alone, its first words."""
    low, high = 0, min(len(text), most * 8)
    while low < high:
        middle = (low + high + 1) // 2
        if count(_cut(text, middle)) <= most:
            low = middle
        else:
            high = middle - 1
    return _cut(text, low)


def _cut(text: str, most: int) -> str:
    """At most so many characters, to the end of a line unless that leaves less than half of them."""
    end = text.rfind("\n", 0, most) + 1
    if 2 * end >= most:
        return f"{text[:end]}{gap_mark('')}\n"
    end = max(text.rfind(" ", 0, most), end)
    return f"{text[:end].rstrip()} {gap_mark('')}\n" if end else ""
