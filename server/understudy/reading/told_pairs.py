"""A text and what takes its place, in two blocks with words such as `replace` and `with` above them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from understudy.reading.fences import fenced
from understudy.reading.languages import fits, never_a_file
from understudy.reading.search_blocks import SearchBlock, Side
from understudy.reading.shape import contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.fences import Fenced

_OLD = re.compile(r"\b(?:replace|change|swap|substitute|from|original|old|before)\b", re.IGNORECASE)
_NEW = re.compile(r"\b(?:with|to|by|into|becomes?|new|after|should be)\b", re.IGNORECASE)
_LONGEST = 80
"""The words above the second block say no more than that it takes the place of the first."""
_MOST, _FEW = 20, 3


def told_pairs(blocks: Sequence[Fenced], file: str, language: str) -> tuple[SearchBlock, ...]:
    """The edits that a reply tells in pairs of blocks; none where it is anything else.

    Args:
        blocks: of the reply, in its order.
        file: the document that is changed.
        language: an LSP language id.
    """
    own = [one for one in blocks if fits(one.word, language) and not never_a_file(one.word)]
    if not own or len(own) % 2 or len(own) > 2 * _MOST:
        return ()
    pairs = [pair for at, pair in enumerate(pairwise(own)) if at % 2 == 0]
    if not all(_is_told(*pair) and not _brings_more(*pair, file) for pair in pairs):
        return ()
    return tuple(SearchBlock("", ((_side(old), _side(new)),)) for old, new in pairs)


def begins_pair(text: str) -> bool:
    """Whether the last block of a text is the first one of a pair, so that the other may follow."""
    blocks = fenced(text).blocks
    return bool(blocks) and _OLD.search(blocks[-1].before) is not None


def _is_told(old: Fenced, new: Fenced) -> bool:
    is_short = len(new.before.strip()) <= _LONGEST
    return bool(_OLD.search(old.before) and is_short and _NEW.search(new.before))


def _brings_more(old: Fenced, new: Fenced, file: str) -> bool:
    """Whether most of the second text stands elsewhere in the file, so that it is more of that."""
    here = {line.strip() for line in contents(old.text)}
    there = {line.strip() for line in contents(file)} - here
    lines = [bare for line in contents(new.text) if any(map(str.isalnum, bare := line.strip()))]
    return len(lines) > len(here) + _FEW and 2 * sum(map(there.__contains__, lines)) > len(lines)


def _side(block: Fenced) -> Side:
    return Side(tuple(contents(block.text)), block.text)
