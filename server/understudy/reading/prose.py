"""Sentences in replies: those that decline, and those that stand among lines of code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.failures.fences import is_prose

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

_DECLINES = re.compile(
    r"(?:I['\u2019]?m (?:very |so )?(?:sorry|afraid)|I apologi[sz]e|Sorry|Unfortunately)?[,.]?\s*"
    r"(?:but )?(?:I (?:can['\u2019]?t|can ?not|am (?:not able|unable) to|won['\u2019]?t|must decline)"
    r"|as an AI\b).{0,300}",
    re.IGNORECASE | re.DOTALL,
)

_MOST_LINES = 12
"""So many lines of prose are taken off either end."""
_LONGEST = 400
_SENTENCE = re.compile(
    r"(?:[-*>#]{1,6} +|\d{1,2}[.)] +)?[*_\"'`(]{0,3}[A-Z][\w'\u2019]*(?:[,:]? [\w`*(\"'\u2019./<>=:+-]+)*"
    r"[^\n]{0,200}[.:!?)*`]"
)
_STARTERS = re.compile(
    r"(?:here(?:['\u2019]s| is| are)|sure\b|certainly\b|of course|okay\b|ok,|below is|this is the|the (?:fixed|updated"
    r"|corrected|new|complete|full|modified)|fixed code|updated code|corrected code|i (?:have|changed"
    r"|fixed|updated|added|removed|replaced)|i['\u2019]ve|note(?: that|:)|explanation|changes(?: made)?:|let me)",
    re.IGNORECASE,
)


class Freed(NamedTuple):
    """Code without the prose around it.

    Attributes:
        lines: the code.
        above / below: the lines that were taken off, blank ones among them.
    """

    lines: Sequence[str]
    above: Sequence[str]
    below: Sequence[str]


def declines(text: str) -> bool:
    """Whether a text begins by saying no. That counts only where there is no code in it."""
    return _DECLINES.match(text.strip()) is not None


def without_prose(lines: Sequence[str], parses: Callable[[str], bool]) -> Freed | None:
    """The code among the lines, when it parses only without sentences above and below it.

    A line that parses by itself is never taken off, whatever it looks like. None when there is
    nothing to take off, or no code is left that parses.

    Args:
        lines: with or without their ends.
        parses: whether a text is right in the language of the code.
    """
    if parses(_text(lines)):
        return None
    start = _prose_at(lines, parses)
    stop = len(lines) - _prose_at(lines[start:][::-1], parses)
    code = lines[start:stop]
    if len(code) == len(lines) or not any(line.strip() for line in code):
        return None
    if parses(_text(code)):
        return Freed(code, lines[:start], lines[stop:])
    return None


def without_sentences(lines: Sequence[str], old: Sequence[str]) -> Freed | None:
    """The code among the lines without plain sentences above it, and below it behind a blank line.

    Such a line has nothing of code in it, and does not stand in the old text. None where there is
    none, where no code is left, or where the old text begins or ends with sentences.

    Args:
        lines: without their ends, like the others.
        old: the lines that they replace.
    """
    known = {line.strip() for line in old}
    real = [line for line in old if line.strip()]
    if real and (is_prose(real[0]) or is_prose(real[-1])):
        return None
    start = _sentences(lines, known)
    stop = len(lines) - _sentences(lines[start:][::-1], known)
    if stop < len(lines) and lines[stop].strip():
        stop = len(lines)
    code = lines[start:stop]
    if len(code) == len(lines) or not any(line.strip() for line in code):
        return None
    return Freed(code, lines[:start], lines[stop:])


def _sentences(lines: Sequence[str], known: Collection[str]) -> int:
    """How many lines at the start are sentences, with the blank lines around them; 0 for none."""
    count = 0
    for at, line in enumerate(lines[: 2 * _MOST_LINES]):
        if not line.strip():
            continue
        if line[:1].isspace() or line.strip() in known or not is_prose(line):
            break
        count = at + 1
    while count and count < len(lines) and not lines[count].strip():
        count += 1
    return count


def _prose_at(lines: Sequence[str], parses: Callable[[str], bool]) -> int:
    """How many lines at the start are prose, with the blank lines behind them."""
    count = 0
    for at, line in enumerate(lines[: 2 * _MOST_LINES]):
        if not line.strip():
            continue
        if count >= _MOST_LINES or not _is_sentence(line) or parses(line.strip()):
            break
        count = at + 1
    while count and count < len(lines) and not lines[count].strip():
        count += 1
    return count


def _is_sentence(line: str) -> bool:
    text = line.strip()
    if len(text) > _LONGEST:
        return False
    return _STARTERS.match(text) is not None or _SENTENCE.fullmatch(text) is not None


def _text(lines: Sequence[str]) -> str:
    return "\n".join(line.rstrip("\r\n") for line in lines)
