"""Line numbers in front of lines, as a prompt shows them and models copy them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERED = re.compile(r"[ \t]*(\d{1,7})[ \t]?(?:[|\u2502\u2192:][ \t]?|\t)(.*)", re.DOTALL)


def numbers_of(lines: Sequence[str]) -> list[int] | None:
    """The numbers in front of all lines that are not blank, when they rise; None without them."""
    found = []
    for line in lines:
        if number := _NUMBERED.fullmatch(line):
            found.append(int(number[1]))
        elif line.strip():
            return None
    rising = all(two - one >= 1 for one, two in pairwise(found))
    return found if found and rising and found[-1] - found[0] < len(lines) else None


def unnumbered(lines: Sequence[str]) -> list[str]:
    """The lines without their numbers."""
    return [found[2] if (found := _NUMBERED.fullmatch(line)) else line for line in lines]


def copied_numbers(lines: Sequence[str], old: Sequence[str], first: int) -> bool:
    """Whether lines bear the numbers of those that they replace, and these bear none themselves.

    Args:
        lines: without their ends, like the others.
        old: the lines that are replaced.
        first: the number of the first of these, from 1.
    """
    numbers = numbers_of(lines)
    if numbers is None or numbers[0] != first or len(numbers) == 1:
        return False
    return numbers_of(old) is None
