"""The whole file in one fence, for models that lose their way in smaller edits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.edit_formats import (
    EditFormat,
    FileChange,
    Progress,
    Reading,
    checked,
    reads_back,
    told_reading,
)
from understudy.reading import Match, Refusal, Repair, UnreadableError, unreadable
from understudy.reading.assigning import assigned
from understudy.reading.bare_code import bare_code
from understudy.reading.exactly import block_of, exact_block_of, exact_text
from understudy.reading.fences import Answer, fence_around
from understudy.reading.inner_fences import around_inner_fences, spilled
from understudy.reading.languages import fence_word
from understudy.reading.markdown import LANGUAGES as MARKDOWN
from understudy.reading.markdown import outermost
from understudy.reading.named_inside import unnamed
from understudy.reading.new_tests import why_refused, with_new_tests
from understudy.reading.nothing_changed import nothing_changed
from understudy.reading.own_fences import with_own_fences
from understudy.reading.prose import declines
from understudy.reading.rewriting import Document, Rewritten, rewritten
from understudy.reading.shape import contents, finished_lines
from understudy.reading.tagged import blocks_in
from understudy.reading.targets import OWN
from understudy.reading.thoughts import answer_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.edit_formats import Region
    from understudy.reading.fences import Fenced

_FENCE_START = re.compile(r"^[ \t]*(?:`{3}|~{3})", re.MULTILINE)
_SHOWN = 200


def _rules(region: Region) -> str:
    fence = fence_around(region.view.text)
    word = fence_word(region.view.language)
    others = (
        " Write the path of every further file that has to change in the line above its block."
        if region.others or region.may_create
        else ""
    )
    return (
        f"Answer with the whole new text of `{region.view.name}` in one fenced block, from its first"
        f" line to its last: it replaces the file as it stands, so nothing may be left out or"
        f" abbreviated. Begin the block with {fence}{word} and end it with {fence}. Change only what"
        f" the problem needs.{others} Outside of the block, write at most two sentences. If the"
        f" problem can't be solved in this file, give no block and say in one sentence why."
    )


def _read(reply: str, region: Region) -> Reading:
    spoken = answer_of(reply)
    repairs: list[Repair] = []
    answer = _parts(spoken.answer, region, repairs)
    told = told_reading(answer, region, spoken)
    if told is not None:
        return told
    files = assigned(answer.blocks, region.documents)
    after, match = region.view.text, Match.GIVEN
    others: list[FileChange] = []
    for key, block in files.known.items():
        view = region.view if key == OWN else region.others[key]
        text = _text_of(key, block, region)
        match = _less_sure(match, text)
        repairs += text.repairs
        if key == OWN:
            after = text.text
            if error := spilled(answer.prose, contents(view.text), contents(after)):
                raise error
        elif text.text != view.text:
            others.append(FileChange(key, text.text))
    for path, block in files.new.items():
        text = rewritten(block, Document("", block.word))
        repairs += text.repairs
        others.append(FileChange(path, text.text))
    own = files.known.get(OWN)
    if after == region.view.text and not others:
        raise nothing_changed(contents(own.text) if own else (), contents(after))
    beside = "\n".join(block.text for block in files.leftovers)
    reading = Reading(
        after, answer.prose, tuple(repairs), match, tuple(others), thinking=spoken.thinking
    )
    exact = own is not None and exact_text(own) is not None
    return checked(reading, spoken.answer, beside, region, exact=exact)


def _text_of(key: str, block: Fenced, region: Region) -> Rewritten:
    """A document's new text. New tests alone go to those of the file that tests were asked for."""
    from understudy.index.broken import broken
    from understudy.index.rewriting import rewritten_whole

    view = region.view if key == OWN else region.others[key]
    bare, named = unnamed(block, view.text, view.language, region.documents.paths)
    if region.home and region.documents.key(region.home) == key and exact_text(block) is None:
        found = with_new_tests(contents(bare.text), view.text, view.language)
        if found is not None and not broken(view.text, found[0], view.language):
            return Rewritten(found[0], Match.GIVEN, (*named, *found[1]))
    try:
        marked = region.marked if key == OWN else range(0)
        document = Document(view.text, view.language, marked)
        whole = rewritten_whole(bare, document, is_unnamed=bool(named))
    except UnreadableError as error:
        why = why_refused(contents(bare.text), view.text, view.language) if region.home else ""
        raise (_refused_tests(error, why, key or view.name) if why else error) from None
    return whole._replace(repairs=(*named, *whole.repairs))


def _refused_tests(error: UnreadableError, why: str, path: str) -> UnreadableError:
    """The error for new tests that are no whole file, and can't be put into the one that is there."""
    told = f"The new tests can't be put into `{path[:100]}`: {why}."
    return unreadable(
        error.refusal, told, "", f"{told} Write all of that file, or tests that fit it."
    )


def _less_sure(match: Match, text: Rewritten) -> Match:
    return min(match, text.match, key=lambda one: one.confidence)


def _parts(text: str, region: Region, repairs: list[Repair]) -> Answer:
    """The blocks of a reply, or all of it as one when it is code without a fence."""
    if region.view.language in MARKDOWN:
        old = region.view.text
        whole = outermost(text, old) or with_own_fences(text, old, repairs)
        if whole is not None:
            return whole
    whole = around_inner_fences(text, region.view.text)
    if whole is not None:
        return whole
    plain = bare_code(text, region.view.text, region.view.language)
    if plain is not None:
        repairs.append(Repair("code without a fence"))
        return plain
    answer = blocks_in(text, region.view.language)
    if answer.unclosed:
        raise unreadable(
            Refusal.TRUNCATED,
            "The fenced block is never closed, so the reply was cut off.",
            text[-_SHOWN:],
        )
    if not answer.blocks and declines(answer.prose):
        raise unreadable(Refusal.DECLINED, "The model declined to answer.", text.strip())
    if not answer.blocks:
        raise unreadable(Refusal.NO_EDIT, "The reply holds no fenced block.", text.strip())
    return answer


def _write(region: Region, after: str) -> str:
    word = fence_word(region.view.language)
    plain = block_of(after, word)
    return plain if reads_back(_read, plain, region, after) else exact_block_of(after, word)


def _watch(reply: str, region: Region) -> Progress:
    """A Markdown text may go on behind any fence, so that it is only read when it is whole."""
    languages: Sequence[str] = [region.view.language, *(v.language for v in region.others.values())]
    # The last line is still being written: a fence may become longer, or get a word.
    finished = finished_lines(reply)
    if not MARKDOWN.isdisjoint(languages) or not _FENCE_START.search(finished):
        return Progress()
    try:
        reading = _read(finished, region)
    except UnreadableError as error:
        is_final = error.refusal in {Refusal.OTHER_FILE, Refusal.UNSAFE_PATH}
        return Progress(hopeless=str(error) if is_final else "")
    if reading.match is not Match.GIVEN:
        # The whole file may still follow.
        return Progress()
    return Progress(1 + len(reading.others), reading.after)


EDIT_FORMAT = EditFormat(
    id="whole_file",
    rules=_rules,
    claims=lambda reply: _FENCE_START.search(reply) is not None,
    read=_read,
    write=_write,
    watch=_watch,
    rank=80,
)
