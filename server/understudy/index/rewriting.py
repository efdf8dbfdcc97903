"""A whole document's new text out of a block, with what a block of single definitions leaves out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.index.accounting import accounted, merged
from understudy.index.between_marks import between_marks
from understudy.index.cut_definitions import cut_definitions
from understudy.index.signs import with_signs
from understudy.index.test_module import with_test_module
from understudy.reading import Match, Refusal, Repair, UnreadableError
from understudy.reading.exactly import exact_text
from understudy.reading.lost_heads import lost_heads
from understudy.reading.rewriting import Document, Rewritten, rewritten
from understudy.reading.shape import BOM, contents

if TYPE_CHECKING:
    from understudy.reading.fences import Fenced


_WITH_TESTS = {"rust": with_test_module}
"""Languages whose tests stand in the file that they test."""


def rewritten_whole(block: Fenced, document: Document, *, is_unnamed: bool = False) -> Rewritten:
    """The new text of a document.

    Args:
        block: what the reply has for it.
        document: as it is.
        is_unnamed: whether a comment that names a file stays, as its own was taken away already.

    Raises:
        UnreadableError: the block holds only a part, and it is not certain of what.
    """
    old, language, _ = document
    lines = contents(block.text.removeprefix(BOM))
    within = range(len(contents(old.removeprefix(BOM))))
    signs: list[Repair] = []
    if exact_text(block) is None:
        lines = with_signs(lines, within, old, language, signs)
        if signs:
            block = replace(block, text="\n".join((*lines, "")))
    try:
        tests = _WITH_TESTS.get(language)
        whole = rewritten(block, document, tests, is_unnamed=is_unnamed)
    except UnreadableError as error:
        if error.refusal is not Refusal.ELIDED:
            raise
        repairs = [*signs, Repair("definitions put in their places")]
        found = merged(lines, old, within, language) or between_marks(lines, document, repairs)
        if found is None:
            raise
        repairs += cut_definitions(document, found)
        return Rewritten(found, Match.ELISION, tuple(repairs))
    if exact_text(block) is not None:
        return whole
    done = accounted(lines, document, whole.text, within)
    if done.is_part:
        return Rewritten(done.text, Match.ELISION, (*signs, *done.repairs))
    heads = lost_heads(contents(old), contents(whole.text), language)
    told = {one.what for one in whole.repairs}
    more = (one for one in (*done.repairs, *heads) if one.what not in told)
    return whole._replace(repairs=(*signs, *whole.repairs, *more))
