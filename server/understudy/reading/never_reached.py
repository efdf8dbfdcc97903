"""Lines that are never run, as those above them leave the block in which they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.reading.headings import heading_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAVES = re.compile(
    r"\s*(?:(?:return|raise|throw|break|continue)\b|panic!?\("
    r"|(?:sys\.exit|os\._exit|os\.Exit|process\.exit|(?:std::)?process::exit|System\.exit)\()"
)
_ON_CONDITION = re.compile(r"\b(?:if|unless|while|until)\b")
_OTHERWISE = re.compile(r"\belse\b")
_ENDLESS = re.compile(r"(?:loop|for|while\s*\(?(?:true|True)\)?|for\s*\(;;\))\s*[{:]")
_ENDS_LOOP = re.compile(r"\bbreak\b")
_FIRST = re.compile(r"(?:if|try)\b")
_NEXT = re.compile(r"[} ]*(?:else|elif|elsif|catch|except|rescue)\b")
_LAST = re.compile(r"[} ]*else\s*[:{]")
_ENDS = re.compile(r"[\s)\]};]*")
_HANDLES = re.compile(r"[} ]*(?:catch|except|rescue)\b")


def leaves(line: str) -> bool:
    """Whether nothing behind a line is run in its block, whatever the condition of another is."""
    on_condition = _ON_CONDITION.search(line) and not _OTHERWISE.search(line)
    return bool(_LEAVES.match(line)) and not on_condition and not depth_of([line])


def depth_of(lines: Sequence[str]) -> int:
    """How many brackets lines open and do not close; less than 0 for too many ends."""
    text = "\n".join(lines)
    return sum(map(text.count, "([{")) - sum(map(text.count, ")]}"))


def is_never_reached(kept: Sequence[str], gone: Sequence[str]) -> bool:
    """Whether lines stand in a block that the lines above them leave in any case.

    Args:
        kept: the lines above, without blank ones and without mere ends at their end.
        gone: the others, without those that only close what others began.
    """
    depth = indent_of(gone[0])
    if not all(line.startswith(depth) and not heading_of(line) for line in gone):
        return False
    last = kept[-1]
    if indent_of(last) == depth:
        return leaves(last)
    return len(indent_of(last)) > len(depth) and _all_leave(kept, depth)


def _all_leave(kept: Sequence[str], depth: str) -> bool:
    """Whether the last statement at a depth is one of several branches which all leave, or an endless loop."""
    branches: list[tuple[str, list[str]]] = []
    body: list[str] = []
    for line in reversed(kept):
        own = indent_of(line)
        bare = line.strip()
        if len(own) < len(depth):
            return False
        if own != depth:
            body.insert(0, line)
        elif _NEXT.match(bare):
            branches.insert(0, (bare, body))
            body = []
        elif bare not in {"}", "{"}:
            return _is_left(bare, body, branches)
    return False


def _is_left(first: str, body: list[str], branches: list[tuple[str, list[str]]]) -> bool:
    if _ENDLESS.match(first) and not branches:
        return not any(map(_ENDS_LOOP.search, body))
    if not _FIRST.match(first) or not branches:
        return False
    is_last = _HANDLES if first.startswith("try") else _LAST
    bodies = [body, *(own for _, own in branches)]
    return bool(is_last.match(branches[-1][0])) and all(map(_ends_outside, bodies))


def _ends_outside(body: Sequence[str]) -> bool:
    """Whether the last line of a branch leaves, which is as far in as its first one."""
    real = [line for line in body if not _ENDS.fullmatch(line)]
    return bool(real) and indent_of(real[0]) == indent_of(real[-1]) and leaves(real[-1])
