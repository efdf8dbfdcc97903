"""Which functions and classes some lines of Python define, seen without parsing them.

Parsing a whole file costs more than all else that is done with a reply, and hardly ever tells more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.reading.strings import inside_strings

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEFINITION = re.compile(r"[ \t]*(?:async[ \t]+)?(?P<kind>def|class)[ \t]+(?P<name>\w+)")
_TAB = 8
"""So wide is a tab at most (Python's reference, 2.1.8)."""


def is_another_whole(lines: Sequence[str], old: Sequence[str]) -> bool:
    """Whether lines are certain to be a whole file of Python, like the old ones.

    They are when they hold more than one definition, and most of those that the old lines have.
    Otherwise only their syntax tree can tell. Lines that do not parse may well be certain.

    Args:
        lines: without their ends, like the others.
        old: the lines that they replace.
    """
    new = defined(lines)
    if new is None or not (_begins_otherwise(lines) or sum("." not in one for one in new) > 1):
        return False
    before = defined(old)
    return before is not None and not lacks_too_many(len(before - new), len(before))


def lacks_too_many(lost: int, count: int) -> bool:
    """Whether a text without `lost` of `count` definitions is only a part of the file."""
    return count > 1 and 2 * lost >= count


def defined(lines: Sequence[str]) -> set[str] | None:
    """The functions and classes, and the methods as `Class.method`; None when it is not certain.

    What is defined inside of functions does not count.
    """
    inside = inside_strings(lines, "python")
    if inside is None:
        return None
    found: set[str] = set()
    around: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        if ("def" not in line and "class" not in line) or number in inside:
            continue
        if one := _DEFINITION.match(line):
            depth = len(indent_of(line).expandtabs(_TAB))
            while around and around[-1][0] >= depth:
                around.pop()
            # No name begins with what stands for a function here.
            outer = around[-1][1] if around else ""
            if not outer.startswith("("):
                found.add(outer + one["name"])
            inner = f"{outer}{one['name']}." if one["kind"] == "class" else "("
            around.append((depth, "(" if outer.startswith("(") else inner))
    return found


def _begins_otherwise(lines: Sequence[str]) -> bool:
    """Whether the first statement is no definition."""
    first = next((bare for line in lines if (bare := line.strip()) and bare[0] != "#"), "@")
    return first[0] != "@" and _DEFINITION.match(first) is None
