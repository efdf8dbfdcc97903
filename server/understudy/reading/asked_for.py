"""Whether the words above a block of code ask for a change, or say where the code belongs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

_DO = (
    r"(?<!this )(?<!that )(?<!the )(?<!above )(?:change|update|edit)|adjust|adapt|modify|replace|rewrite"
    r"|rename|remove|delete|drop|insert|move|put|append|extend|wrap"
)
_MUST = (
    r"must|needs? to|ha(?:ve|s) to|should (?:be|become|look|now|also|then)|make sure|ensure|don.t forget"
    r"|remember|instead|rather than|becomes?|(?:used|called) .*\bnow|now (?:be|used|uses|calls|called)"
)
_WHERE = (
    r"(?:end|top|bottom|start|beginning|rest) of|callers?|call sites?|(?:the|this|same) (?:file|module)"
    r"|(?:in|inside|into|within) the (?!following|same|terminal|shell|console|repl|browser|interpreter)\w+"
    r"|(?:before|after) (?!that|this|the)\w+ing"
)
_THEN_USE = (
    r"(?:\b(?:and|then) (?:use|call|run)\b"
    r"|^\W*(?:use|call|run)\b(?! (?:it|this|that|the (?:code|script|program))\b))"
    r"(?!.*\b(?:like (?:this|so)|as follows)\b)"
)
"""A request to use the new code, and no remark on how that is done."""
_MORE_THAN_TESTS = re.compile(rf"\b(?:{_DO}|{_MUST})\b", re.IGNORECASE)
_ASKS = re.compile(
    rf"\b(?:{_DO}|{_MUST}|{_WHERE}|add|also|additionally|as well)\b|{_THEN_USE}", re.IGNORECASE
)
_FARTHER = re.compile(
    rf"\b(?:also|please|then|must|needs? to|ha(?:ve|s) to|should)\s+(?:{_DO}|add|call|use|run)\b",
    re.IGNORECASE,
)
"""What asks for a change in a sentence that is not right above the block."""
_PLACED = re.compile(
    r"\b(?:in|into|inside|within|at|from|to)\s+(?:(?:the|your|its|function|method|class)\s+){0,3}[*'\"]*"
    r"(?P<name>[^\W\d]\w*)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"`(?:\w+(?:\.|::))*(?P<name>[^\W\d]\w*)(?:\(\))?`")
_LONGEST = 400


def asks(above: Sequence[str]) -> bool:
    """Whether the lines of prose above a block ask for a change."""
    return _is_asked(above, _ASKS)


def asks_for_more_than_tests(above: Sequence[str]) -> bool:
    """The same for a block of tests, which may be offered as something to add."""
    return _is_asked(above, _MORE_THAN_TESTS)


def names_place(line: str, names: AbstractSet[str], used: AbstractSet[str]) -> bool:
    """Whether a line says that code belongs to one of some definitions, or speaks of it.

    Args:
        line: of prose.
        names: those of the definitions.
        used: the words of the code; what it uses is no place for it.
    """
    line = line[-_LONGEST:]
    found = (*_QUOTED.finditer(line), *_PLACED.finditer(line))
    return any(one["name"] in names and one["name"] not in used for one in found)


def _is_asked(above: Sequence[str], pattern: re.Pattern[str]) -> bool:
    near = len(above) - 1
    while near > 0 and above[near - 1].endswith(":"):
        near -= 1
    if any(pattern.search(line[-_LONGEST:]) for line in above[max(near, 0) :]):
        return True
    return any(_FARTHER.search(line[-_LONGEST:]) for line in above[: max(near, 0)])
