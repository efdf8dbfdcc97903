"""How much of a text is gone in another one, where neither says what it defines."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.markup import PROSE
from understudy.index.extraction import is_indexed
from understudy.index.named import definitions_in

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEVERAL = 2
"""A text with so many definitions is measured by these."""
_LEAST = 3
_PART = 3
"""One line of so many is a large share."""
_WORD = re.compile(r"\w+")


class LostLines(NamedTuple):
    """How many lines are gone, of how many that say something."""

    gone: int
    of: int

    def __str__(self) -> str:
        return f"{self.gone} of {self.of} lines"


def lost_lines(before: str, after: str, language: str) -> LostLines | None:
    """That a large share of a text is gone; None where it is not, and where definitions tell more.

    A line that was changed has half of its words in lines that are new. In prose only what the text has less of counts.
    """
    if is_indexed(language):
        return None
    old, new = _telling(before), _telling(after)
    fewer = (old - new).total() - (new - old).total()
    words = {word for line in new - old for word in _WORD.findall(line)}
    changed = () if language in PROSE else (old - new).elements()
    gone = max(fewer, sum(_is_gone(line, words) for line in changed))
    if gone < _LEAST or _PART * gone < old.total():
        return None
    if len(definitions_in(before, language)) >= _SEVERAL:
        return None
    return LostLines(gone, old.total())


def _telling(text: str) -> Counter[str]:
    """The lines with a letter, without their indentation."""
    return Counter(
        bare for line in text.splitlines() if any(map(str.isalpha, bare := line.strip()))
    )


def _is_gone(line: str, words: set[str]) -> bool:
    own: Sequence[str] = _WORD.findall(line)
    return 2 * sum(word in words for word in own) < len(own)
