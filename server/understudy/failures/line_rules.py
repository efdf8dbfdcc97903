"""How rules about the lines of a tool's output are written down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.core.failures import FailureCategory


@dataclass(frozen=True, slots=True)
class LineRule:
    """One thing that a line of output can say. All rules look at all lines; none comes first.

    Attributes:
        category: None where the code decides, which is the pattern's group `code`.
        needle: characters that every such line holds; lines without them cost next to nothing.
        pattern: looked for in the line, so that `^` is its beginning.
        weight: how much it counts against other evidence, which is also how sure it is, 0 to 1.
        family: the tools whose code the pattern's group `code` is, as `understudy.failures.codes`
            names them.
    """

    category: FailureCategory | None
    needle: str
    pattern: re.Pattern[str]
    weight: float
    family: str = ""


@dataclass(frozen=True, slots=True)
class Tools:
    """The rules about the tools of one language; `id` is the language's."""

    id: str
    rules: tuple[LineRule, ...] = field(default=())


def says(category: FailureCategory, needle: str, pattern: str, weight: float) -> LineRule:
    """A rule that a line like this means a category."""
    return LineRule(category, needle, re.compile(pattern), weight)


def coded(family: str, needle: str, pattern: str, weight: float = 0.975) -> LineRule:
    """A rule that a line like this holds a code, which the family's table explains."""
    return LineRule(None, needle, re.compile(pattern), weight, family)
