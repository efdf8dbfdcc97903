"""A whole document's new text out of a block, with what a block of single definitions leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.index.accounting import accounted, merged
from understudy.index.test_module import with_test_module
from understudy.reading import Match, Refusal, Repair, UnreadableError
from understudy.reading.exactly import exact_text
from understudy.reading.lost_heads import lost_heads
from understudy.reading.rewriting import Rewritten, rewritten
from understudy.reading.shape import BOM, contents

if TYPE_CHECKING:
    from understudy.reading.fences import Fenced


_WITH_TESTS = {"rust": with_test_module}
"""Languages whose tests stand in the file that they test."""


def rewritten_whole(
    block: Fenced, old: str, language: str, *, is_unnamed: bool = False
) -> Rewritten:
    """The new text of a document.

    Args:
        block: what the reply has for it.
        old: the document's text.
        language: an LSP language id.
        is_unnamed: whether a comment that names a file stays, as its own was taken away already.

    Raises:
        UnreadableError: the block holds only a part, and it is not certain of what.
    """
    lines = contents(block.text.removeprefix(BOM))
    within = range(len(contents(old.removeprefix(BOM))))
    try:
        tests = _WITH_TESTS.get(language)
        whole = rewritten(block, old, language, tests, is_unnamed=is_unnamed)
    except UnreadableError as error:
        found = None
        if error.refusal is Refusal.ELIDED:
            found = merged(lines, old, within, language)
        if found is None:
            raise
        repair = Repair("definitions put in their places")
        return Rewritten(found, Match.ELISION, (repair,))
    if exact_text(block) is not None:
        return whole
    done = accounted(lines, old, whole.text, within, language)
    if done.is_part:
        return Rewritten(done.text, Match.ELISION, done.repairs)
    heads = lost_heads(contents(old), contents(whole.text), language)
    told = {one.what for one in whole.repairs}
    more = (one for one in (*done.repairs, *heads) if one.what not in told)
    return whole._replace(repairs=(*whole.repairs, *more))
