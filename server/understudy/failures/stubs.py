"""Bodies of Python that hold nothing, and where a `...` is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FILLER = re.compile(r"pass|\.\.\.|\u2026|raise NotImplementedError(?:\(.{0,100}\))?")
_DEFINITION = re.compile(r"(?:async\s+)?(?:def|class)\s+(?P<name>\w+)")
_ABSTRACT = re.compile(r"@[\w.]*(?:overload|abstract)")
_INTERFACE = re.compile(r"class\s+\w+.*\b(?:Protocol|ABC|ABCMeta|Interface)\b")
_OPEN = ("(", "[", "{", ",")


def is_filler(bare: str) -> bool:
    """Whether a statement of Python holds the place of a body, and does nothing."""
    return _FILLER.fullmatch(bare) is not None


def may_be_a_stub(old: Sequence[str], new: Sequence[str], at: int) -> bool:
    """Whether the `...` in a line is a value, or the body of what has none: it is new, or abstract.

    Args:
        old: the text before.
        new: the text with the line.
        at: the line's number.
    """
    above = next((line for line in reversed(new[:at]) if line.strip()), "")
    if above.rstrip().endswith(_OPEN):
        return True
    owners = list(_owners(new, at))
    if not owners:
        return False
    number = owners[0]
    found = _DEFINITION.match(new[number].strip())
    if found is None:
        return False
    head = re.compile(rf"\s*(?:async\s+)?(?:def|class)\s+{found['name']}\b")
    if not any(map(head.match, old)) or _is_abstract(new, number):
        return True
    return any(_INTERFACE.match(new[outer].strip()) for outer in owners)


def _owners(lines: Sequence[str], at: int) -> Iterator[int]:
    """The lines that open what a line stands in, the innermost first."""
    depth = len(indent_of(lines[at]))
    for number in range(at - 1, -1, -1):
        line = lines[number]
        if not line.strip() or line.lstrip().startswith((")", "]", "#", "@")):
            continue
        if len(indent_of(line)) < depth:
            depth = len(indent_of(line))
            yield number


def _is_abstract(lines: Sequence[str], number: int) -> bool:
    while number and lines[number - 1].lstrip().startswith("@"):
        number -= 1
        if _ABSTRACT.match(lines[number].strip()):
            return True
    return False
