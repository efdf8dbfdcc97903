"""A text and what takes its place, in two blocks with words such as `replace` and `with` above them."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from understudy.reading import Repair
from understudy.reading.examples import Examples
from understudy.reading.fences import fenced
from understudy.reading.headings import heading_of
from understudy.reading.languages import fits, never_a_file
from understudy.reading.search_blocks import SearchBlock, Side
from understudy.reading.shape import contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.fences import Fenced

_THING = (
    r"(?:code|line|block|part|section|text|version|snippet|function|method|class|body|statement|definition"
    r"|import|one|condition|loop|fix|change|edit)s?"
)
_OF_IT = (
    rf"(?:(?:this|that|these|those|the|it|them|all|of|in|your|following|existing|current|whole|here|is|was"
    rf"|fixed|corrected|updated|changed|improved|\d+|{_THING})\b|`[^`]{{1,80}}`|[:,(-])"
)
_OLD = re.compile(
    r"(?:.*\W)?(?:replace|change|swap|substitute)\b(?!.*\b(?:with|by|to|into)\b).*"
    rf"|\W*(?:{_OF_IT}\s+)*(?:from|original|old|before|previous(?:ly)?)\b(?:\s*{_OF_IT})*\W*",
    re.IGNORECASE,
)
"""What says that a block is to be replaced: a request, or no more than that it is the old text."""
_NEW = re.compile(
    rf"\W*(?:(?:and|so)\s+)?(?:(?:(?:replaced?|changed?|swap|substitute)\s+(?:(?:it|this|that|them)\s+)?)?"
    rf"(?:with|to|by|into)\b|(?:{_OF_IT}\s+)*(?:becomes?|after|new|(?:should|must|shall) (?:be|become|read))\b)"
    rf"(?:\s*{_OF_IT})*\W*",
    re.IGNORECASE,
)
"""What says that a block takes the place of another, and nothing else."""
_LONGEST = 120
_MOST, _FEW = 20, 3


def told_pairs(blocks: Sequence[Fenced], file: str, language: str) -> tuple[SearchBlock, ...]:
    """The edits that a reply tells in pairs of blocks; none where it is anything else.

    Behind them, there may be examples.

    Args:
        blocks: of the reply, in its order.
        file: the document that is changed.
        language: an LSP language id.
    """
    own = [one for one in blocks if fits(one.word, language) and not never_a_file(one.word)]
    if len(own) > 2 * _MOST:
        return ()
    every = [pair for at, pair in enumerate(pairwise(own)) if at % 2 == 0]
    pairs = list(takewhile(lambda pair: _is_told(*pair), every))
    rest = own[2 * len(pairs) :]
    if any(_brings_more(*pair, file) for pair in pairs):
        return ()
    if rest and not (pairs and all(map(Examples(file, language).shows, rest))):
        return ()
    return tuple(SearchBlock("", ((_side(old), _side(new)),)) for old, new in pairs)


def gone_names(pairs: Sequence[SearchBlock], after: str) -> list[Repair]:
    """A repair of high risk for each definition of an old text that the file does not have any more.

    Args:
        pairs: from `told_pairs`.
        after: the document with them carried out.
    """
    olds = [old.lines for pair in pairs for old, _ in pair.cuts]
    names = {name: "" for lines in olds for line in lines if (name := heading_of(line))}
    left = set(map(heading_of, contents(after))) if names else set()
    return [Repair(f"`{name[:80]}` is gone", risk="high") for name in names if name not in left]


def begins_pair(text: str) -> bool:
    """Whether the last block of a text is the first one of a pair, so that the other may follow."""
    blocks = fenced(text).blocks
    return bool(blocks) and _is_old(blocks[-1])


def _is_told(old: Fenced, new: Fenced) -> bool:
    return _is_old(old) and len(new.before) <= _LONGEST and _NEW.fullmatch(new.before) is not None


def _is_old(block: Fenced) -> bool:
    return len(block.before) <= _LONGEST and _OLD.fullmatch(block.before) is not None


def _brings_more(old: Fenced, new: Fenced, file: str) -> bool:
    """Whether most of the second text stands elsewhere in the file, so that it is more of that."""
    here = {line.strip() for line in contents(old.text)}
    there = {line.strip() for line in contents(file)} - here
    lines = [bare for line in contents(new.text) if any(map(str.isalnum, bare := line.strip()))]
    return len(lines) > len(here) + _FEW and 2 * sum(map(there.__contains__, lines)) > len(lines)


def _side(block: Fenced) -> Side:
    return Side(tuple(contents(block.text)), block.text)
