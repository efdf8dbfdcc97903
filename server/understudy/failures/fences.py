"""Fences of Markdown in a text (CommonMark 0.31, 4.5), and lines of prose in front of code."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r" {0,3}(?P<run>`{3,}|~{3,})(?P<info>[^`\r\n]{0,200}|(?<=~)[^\r\n]{0,200})")
_PROSE = re.compile(r"[A-Z][\w'\u2019]{0,30}(?:[ ,][ ]?[\w'\u2019`./-]{1,40}){2,40}[.:!]")
_CODE_LIKE = re.compile(r"[=;{}()\[\]<>]")


@dataclass(frozen=True, slots=True)
class Fence:
    """A line that opens a block of code and is never closed."""

    line: int
    text: str


def unclosed_fence(lines: list[str]) -> Fence | None:
    """The fence that is still open at the end of a Markdown text."""
    opened: tuple[int, str] | None = None
    for number, line in enumerate(lines):
        found = _FENCE.fullmatch(line.rstrip())
        if found is None:
            continue
        run = found["run"]
        if opened is None:
            opened = (number, run)
        elif run[0] == opened[1][0] and len(run) >= len(opened[1]) and not found["info"].strip():
            opened = None
    return None if opened is None else Fence(opened[0], lines[opened[0]].strip())


def is_fence(line: str) -> bool:
    """Whether a line opens or closes a block of code in Markdown."""
    return _FENCE.fullmatch(line.rstrip()) is not None


def is_prose(line: str) -> bool:
    """Whether a line is a sentence of at least three words, with nothing of code in it."""
    text = line.strip()
    return _PROSE.fullmatch(text) is not None and _CODE_LIKE.search(text) is None
