from __future__ import annotations

import contextlib

import pytest

from tests.reply_cases import reply_cases
from tests.reply_fuzz import fuzzed, mutants
from understudy.edit_formats import all_edit_formats
from understudy.reading import UnreadableError

COUNT, PARTS = 2_000, 8
MUTANTS = tuple(mutants(COUNT))


@pytest.mark.parametrize("part", range(PARTS))
def test_a_mutated_reply_raises_nothing_but_the_readers_own_failure(part: int) -> None:
    raised = fuzzed(MUTANTS[part::PARTS]).raised
    assert not [(one.number, one.case.name, error) for one, error in raised]


LONG = {
    "blank lines": "\n",
    "blanks": " ",
    "words": "word ",
    "closing tags": "</think>\n",
    "ends of channels": "<|end|>\n\n",
    "fences": "```python\n",
    "braces": "{",
    "brackets": "[",
    "quotes": '"',
    "backslashes": "\\",
    "search marks": "<<<<<<< SEARCH\n",
    "dividers": "=======\n",
    "tags": "<old_text>\n",
    "patches": "*** Begin Patch\n*** Update File: a.py\n@@\n",
    "hunks": "@@ -1 +1 @@\n-x\n+y\n",
    "files": "--- a\n+++ b\n",
    "marks": "# ... existing code ...\n",
    "items that are paths": "- pkg/other/cart.py\n",
    "headings with paths": "### pkg/other/cart.py\n\nIn `src/cart.py`, see `lib/cart.py`.\n",
    "lines of the file": "            result += price * cuont\n",
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("edit_format", all_edit_formats())
@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_a_long_reply_of_one_piece_comes_to_an_end(edit_format: str, piece: str) -> None:
    region = reply_cases()[0].region()
    one = all_edit_formats()[edit_format]
    reply = "x" + piece * (200_000 // len(piece))
    one.claims(reply)
    one.watch(reply, region)
    with contextlib.suppress(UnreadableError):
        one.read(reply, region)
