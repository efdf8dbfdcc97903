"""The replacement of one region, the enclosing symbol as a rule, in a single fence.

Nothing has to be found in the document, so what can go wrong is what stands in the fence: too
little, too much, or another indentation.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.edit_formats import EditFormat, Progress, Reading, checked, reads_back, told_reading
from understudy.reading import Match, Refusal, Repair, UnreadableError, unreadable
from understudy.reading.assigning import refuse_other_file
from understudy.reading.bare_code import bare_code
from understudy.reading.block_code import code_of
from understudy.reading.brought_above import brought_above
from understudy.reading.choosing_block import Wanted, chosen
from understudy.reading.enclosing import enclosing
from understudy.reading.exactly import block_of, exact_block_of, exact_text
from understudy.reading.fences import Answer, fence_around
from understudy.reading.foreign_marks import written_otherwise
from understudy.reading.inner_fences import around_inner_fences, spilled
from understudy.reading.kept_heads import above_of
from understudy.reading.languages import fence_word, language_of_word
from understudy.reading.lazy import filled, first_gap
from understudy.reading.lifting import with_imports, without_imports
from understudy.reading.lost_heads import lost_heads
from understudy.reading.markdown import LANGUAGES as MARKDOWN
from understudy.reading.markdown import outermost
from understudy.reading.members import with_members
from understudy.reading.misplaced import cut_off, is_no_code, of_another_place
from understudy.reading.named_inside import unnamed, without_file_name
from understudy.reading.neighbours import around_lines, is_whole_file
from understudy.reading.nothing_changed import nothing_changed
from understudy.reading.own_fences import refuse_lost_fences, with_own_fences
from understudy.reading.prose import declines
from understudy.reading.region_text import fitted
from understudy.reading.rewriting import Document
from understudy.reading.shape import (
    BOM,
    contents,
    finished_lines,
    joined,
    restyled,
    usual_end,
)
from understudy.reading.tagged import blocks_in
from understudy.reading.thoughts import answer_of
from understudy.reading.told_pairs import begins_pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.edit_formats import Region
    from understudy.reading.fences import Fenced
    from understudy.reading.neighbours import Around

_FENCE_START = re.compile(r"^[ \t]*(?:`{3}|~{3})", re.MULTILINE)


def _rules(region: Region) -> str:
    first, last = region.lines.start + 1, region.lines.stop
    fence = fence_around(region.text)
    return (
        f"Answer with exactly one fenced block that holds the new text of lines {first} to {last},"
        f" whole: it replaces these lines as it stands, so nothing may be left out or abbreviated,"
        f" and every line keeps its indentation as in the file. Begin the block with"
        f" {fence}{fence_word(region.view.language)} and end it with {fence}. Change only what the"
        f" problem needs. Outside of the block, write at most two sentences. If the problem can't"
        f" be solved within these lines, give no block and say in one sentence why."
    )


def _read(reply: str, region: Region) -> Reading:
    spoken = answer_of(reply)
    repairs: list[Repair] = []
    answer = _parts(spoken.answer, region, repairs)
    told = told_reading(answer, region, spoken)
    if told is not None:
        return told
    language, paths = _language(region, answer), region.documents.paths
    wanted = Wanted(language, region.view.text, contents(region.text), paths)
    block = chosen(answer.blocks, wanted, repairs)
    refuse_other_file([block], answer.blocks, region.documents.own_only)
    text = exact_text(block)
    match = Match.GIVEN
    if text is None and region.is_whole:
        if error := _not_all_of_it(contents(block.text), block, answer, region):
            raise error
        from understudy.index.rewriting import rewritten_whole

        view = region.view
        bare, named = unnamed(block, view.text, view.language, region.documents.paths)
        document = Document(view.text, view.language, region.marked)
        after, match, found = rewritten_whole(bare, document, is_unnamed=bool(named))
        repairs += (*named, *found)
    elif text is None:
        lines = _lines(block, answer, region, repairs)
        after, match = _all_placed(lines, region, repairs)
    else:
        after = _with(text, region)
    if after == region.view.text:
        raise nothing_changed(contents(block.text), contents(region.text))
    beside = "\n".join(one.text for one in answer.blocks if one is not block)
    reading = Reading(after, answer.prose, tuple(repairs), match, thinking=spoken.thinking)
    return checked(reading, spoken.answer, beside, region, exact=exact_text(block) is not None)


def _language(region: Region, answer: Answer) -> str:
    """The language of the lines: within a fence of a Markdown text, the one that this names."""
    language = region.view.language
    around = enclosing(contents(region.view.text), region.lines) if language in MARKDOWN else None
    if around is None:
        return language
    # Under a fence that names none, the only block of the reply may be in any.
    words = [block.word for block in answer.blocks]
    only = language_of_word(words[0]) if len(words) == 1 else ""
    return around.language or only or language


def _lines(block: Fenced, answer: Answer, region: Region, repairs: list[Repair]) -> list[str]:
    """The lines of a block that take the place of a part of the document."""
    around = _around(region)
    if region.view.language in MARKDOWN:
        refuse_lost_fences(block, around.above, around.old, repairs)
    language, known = region.view.language, region.documents.paths
    lines, named = without_file_name(contents(block.text), around.old, language, known)
    repairs += named
    first = region.lines.start + 1
    lines = code_of(lines, contents(region.text), region.view.language, first, repairs)
    _refuse_misplaced(lines, block, answer, region)
    return lines


def _refuse_misplaced(lines: Sequence[str], block: Fenced, answer: Answer, region: Region) -> None:
    """Refuses a block that can't be the region's new text."""
    old = contents(region.text)
    around = _around(region)
    error = _not_all_of_it(lines, block, answer, region) or cut_off(lines, old)
    if error is None:
        error = of_another_place(lines, old, (*around.above, *around.below))
    if error is not None:
        raise error


def _not_all_of_it(
    lines: Sequence[str], block: Fenced, answer: Answer, region: Region
) -> UnreadableError | None:
    """The error for a block that holds no code, or not all of its own."""
    old, language = contents(region.text), region.view.language
    error = written_otherwise(lines, contents(region.view.text), language)
    error = error or spilled(answer.prose, old, lines)
    if error is None and not block.word and is_no_code(lines, old, language):
        error = unreadable(Refusal.NO_EDIT, "The fenced block holds no code.", block.text)
    return error


def _around(region: Region) -> Around:
    text = region.view.text.removeprefix(BOM)
    return around_lines(text, region.lines, region.view.language, region.marked)


def _parts(text: str, region: Region, repairs: list[Repair]) -> Answer:
    if region.view.language in MARKDOWN:
        whole = outermost(text, region.text) or with_own_fences(text, region.text, repairs)
        if whole is not None:
            return whole
    whole = around_inner_fences(text, region.text)
    if whole is not None:
        return whole
    answer = blocks_in(text, region.view.language)
    if answer.unclosed:
        raise unreadable(
            Refusal.TRUNCATED,
            "The fenced block is never closed, so the reply was cut off.",
            text[-200:],
        )
    if not answer.blocks and (plain := bare_code(text, region.text, region.view.language)):
        repairs.append(Repair("code without a fence"))
        return plain
    if not answer.blocks and declines(answer.prose):
        raise unreadable(Refusal.DECLINED, "The model declined to answer.", text.strip())
    if not answer.blocks:
        raise unreadable(Refusal.NO_EDIT, "The reply holds no fenced block.", text.strip())
    return answer


def _all_placed(lines: list[str], region: Region, repairs: list[Repair]) -> tuple[str, Match]:
    """The same, with the definitions of the region that the block leaves out."""
    from understudy.index.accounting import accounted
    from understudy.index.signs import with_signs

    view = region.view
    lines = with_signs(lines, region.lines, view.text, view.language, repairs)
    freed = without_imports(list(lines), _around(region))
    around = _around(region)
    above = brought_above(freed.lines, around) or above_of(freed.lines, around)
    own = list(above.repairs)
    lines = above.lines
    region = replace(region, lines=range(region.lines.start - above.taken, region.lines.stop))
    after, match = _placed(list(lines), region, own)
    document = Document(view.text, view.language, region.marked)
    found = accounted(lines, document, after, region.lines)
    repairs += dict.fromkeys(found.repairs if found.is_part else (*own, *found.repairs))
    told = {repair.what for repair in repairs}
    lost = lost_heads(contents(view.text), contents(found.text), view.language)
    repairs += (repair for repair in lost if repair.what not in told)
    text = with_imports(found.text, freed, view.language, repairs)
    return text, Match.ELISION if found.is_part else match


def _placed(lines: list[str], region: Region, repairs: list[Repair]) -> tuple[str, Match]:
    """The document with the lines in the region's place, and how sure that is."""
    index, language = region.view.index, region.view.language
    old = [index.content(number).removeprefix(BOM) for number in region.lines]
    if (changed := restyled(lines, _styled_lines(region), old, language)) is not None:
        repairs.append(Repair("indentation converted"))
        lines = changed
    if is_whole_file(lines, _around(region)):
        repairs.append(Repair("whole file"))
        return _like(joined(lines, region.view.text), region.view.text), Match.GIVEN
    lines, match = fitted(lines, _around(region), repairs)
    if gap := first_gap(lines, old, language):
        whole = filled(lines, old, language) or with_members(lines, old, language, repairs)
        if whole is None:
            raise unreadable(
                Refusal.ELIDED,
                f"The block leaves lines out: `{gap[:100]}`.",
                gap,
                f"The block leaves lines out where it says `{gap[:100]}`: write all lines.",
            )
        repairs.append(Repair("left-out lines filled in", gap[:100]))
        lines, match = whole, Match.ELISION
    text = joined(lines, region.text, fallback=usual_end(index))
    if not region.text and region.lines.start:
        text = text.rstrip("\r\n")
    return _with(_like(text, region.text), region), match


def _with(text: str, region: Region) -> str:
    """The document with a text in the region's place."""
    span = region.span
    return region.view.text[: span.start] + text + region.view.text[span.end :]


def _like(text: str, old: str) -> str:
    """The text with a BOM, or without one, as the old text is."""
    return (BOM if old.startswith(BOM) else "") + text.removeprefix(BOM)


def _styled_lines(region: Region) -> list[str]:
    """Lines that show how the region is indented: its own, or else those of the whole document."""
    index = region.view.index
    own = [index.content(number) for number in region.lines]
    if any(indent_of(line) for line in own if line.strip()):
        return own
    return [index.content(number) for number in range(len(index))]


def _write(region: Region, after: str) -> str:
    """The text outside of the region must be that of the document: a region can't change it."""
    span = region.span
    stop = len(after) - (len(region.view.text) - span.end)
    if stop < span.start or _with(after[span.start : stop], region) != after:
        raise ValueError("The text differs outside of the region.")
    text, word = after[span.start : stop], fence_word(region.view.language)
    plain = block_of(text, word)
    return plain if reads_back(_read, plain, region, after) else exact_block_of(text, word)


def _watch(reply: str, region: Region) -> Progress:
    """A Markdown text may go on behind any fence, so that it is only read when it is whole."""
    # The last line is still being written: a fence may become longer, or get a word.
    finished = finished_lines(reply)
    if region.view.language in MARKDOWN or not _FENCE_START.search(finished):
        return Progress()
    try:
        reading = _read(finished, region)
    except UnreadableError as error:
        is_final = error.refusal is Refusal.AMBIGUOUS and not begins_pair(finished)
        return Progress(hopeless=str(error) if is_final else "")
    if region.is_whole and reading.match is not Match.GIVEN:
        # The whole file may still follow.
        return Progress()
    return Progress(1, reading.after)


EDIT_FORMAT = EditFormat(
    id="region",
    rules=_rules,
    claims=lambda reply: _FENCE_START.search(reply) is not None,
    read=_read,
    write=_write,
    watch=_watch,
    rank=90,
    whole_file=False,
)
