"""The part of a long text that another version of it changes, widened to what stands at the margin."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHORT = 2_000
"""A text with fewer lines is taken as a whole."""
_WIDEST = 10_000
"""A longer line holds data rather than definitions, and is left blank: parsing it takes long."""
_ENDS = frozenset({"", "}", "};"})


class ChangedPart(NamedTuple):
    """What is left of two versions of a text without their equal heads and tails.

    Attributes:
        start: the line of both with which the parts begin, counted from 0.
    """

    before: str
    after: str
    start: int


def changed_part(before: str, after: str) -> ChangedPart:
    r"""What two long texts differ in, from a line at the margin behind an end to another such line.

    Very long lines are blank in it.

    Definitions that begin at the margin are whole in it, or not in it at all. Short texts, and those
    that open their language with a tag, as `<?php` does, stay as they are.

    Args:
        before: its line ends may be of any kind, a lone `\r` being none.
        after: the same.
    """
    before, after = without_long_lines(before), without_long_lines(after)
    old, new = before.split("\n"), after.split("\n")
    least = min(len(old), len(new))
    if least < _SHORT or before.startswith("<"):
        return ChangedPart(before, after, 0)
    head, tail = equal_ends(old, new)
    start = next((at for at in range(min(head, least - 1), 0, -1) if _begins(old, at)), 0)
    behind = range(len(old) - tail + 1, len(old))
    cut = len(old) - next((at for at in behind if _begins(old, at)), len(old))
    old_part, new_part = ("\n".join(lines[start : len(lines) - cut]) for lines in (old, new))
    return ChangedPart(old_part, new_part, start)


def without_long_lines(text: str) -> str:
    r"""A text in which very long lines are blank. Lines end with `\n`."""
    if len(text) <= _WIDEST:
        return text
    return "\n".join("" if len(line) > _WIDEST else line for line in text.split("\n"))


def equal_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many lines two texts begin with alike, and with how many of the others they end alike."""
    head = _equal(old, new)
    return head, min(_equal(old[::-1], new[::-1]), min(len(old), len(new)) - head)


def _equal(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _begins(lines: Sequence[str], at: int) -> bool:
    """Whether something begins at the margin of this line, which both versions have."""
    return lines[at - 1].strip() in _ENDS and lines[at][:1].isalpha()
