"""Blocks of a text to look for and the text that takes its place, in any spelling of their marks.

The place of every block is found by `understudy.reading.locate`, and all blocks of a reply are
carried out or none is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.edit_formats import EditFormat, FileChange, Progress, Reading, checked
from understudy.reading import Refusal, UnreadableError, unreadable
from understudy.reading.lead_in import label_in
from understudy.reading.prose import declines
from understudy.reading.search_blocks import Blocks, marked_blocks
from understudy.reading.search_edits import Applied, carried_out, each_carried_out
from understudy.reading.search_failures import broken_marks, refused
from understudy.reading.search_marks import mark_of
from understudy.reading.search_tags import has_tags, tagged_blocks
from understudy.reading.search_writing import blocks_for, whole_block
from understudy.reading.shape import finished_lines
from understudy.reading.thoughts import answer_of, said

if TYPE_CHECKING:
    from understudy.edit_formats import Region

_MAY_BE_MARK = re.compile(
    r"(?<![^\r\n\ufeff])[ \t]*(?:<{5}|-{2,9}[ \t]*[FS])[^\r\n]*", re.IGNORECASE
)


_NEW_FILE = (
    " To write a new file, put its path above a block whose first part is empty and whose second"
    " part is the whole file."
)


def _rules(region: Region) -> str:
    name = region.view.name if region.view.path is not None else ""
    above = f"`{name}`, or the path of another file that you were given," if name else "the path"
    return (
        f"Answer with one block for each place that changes. Above each block write {above} on a"
        " line of its own. A block looks like this:\n"
        "<<<<<<< SEARCH\n(lines of the file, copied letter by letter with their indentation)\n"
        "=======\n(the lines that take their place)\n>>>>>>> REPLACE\n"
        "The lines to search for must stand in the file exactly once: copy as few as make the"
        " place unique, and only whole lines. Write every line out; never put dots or a comment"
        " in place of lines. Blocks are carried out in order. To take lines away, leave the second"
        " part empty. A line of the file that looks like one of the three marks gets a backslash"
        " in front of it. Change only what the problem needs. Outside of the blocks, write at most"
        " two sentences. If the problem can't be solved in these files, give no block and say in"
        f" one sentence why.{_NEW_FILE if region.may_create else ''}"
    )


def _claims(reply: str) -> bool:
    # What follows the first mark may be missing: then the reply was cut off, which is to be told.
    marks = (mark_of(found[0]) for found in _MAY_BE_MARK.finditer(reply))
    return any(mark is not None and mark.kind == "search" for mark in marks) or has_tags(reply)


def _read(reply: str, region: Region) -> Reading:
    answer = answer_of(reply)
    blocks = _blocks(answer.answer, region)
    if blocks.broken is not None:
        raise broken_marks(blocks.broken)
    if not blocks.found:
        text = answer.answer.strip()
        refusal = Refusal.DECLINED if declines(text) else Refusal.NO_EDIT
        raise unreadable(refusal, "The reply holds no search/replace block.", text)
    done = carried_out(blocks.found, region.documents, _within(region))
    reading = Reading(
        after=done.after,
        prose=blocks.prose,
        repairs=tuple(dict.fromkeys(done.repairs)),
        match=done.match,
        others=tuple(FileChange(one.path, one.after) for one in done.others),
        thinking=answer.thinking,
    )
    exact = any(block.verbatim for block in blocks.found)
    return checked(reading, answer.answer, blocks.prose, region, exact=exact)


def _blocks(answer: str, region: Region) -> Blocks:
    documents = region.documents
    answer = answer.removeprefix("\ufeff")
    blocks = marked_blocks(answer, documents)
    if not blocks.found and blocks.broken is None and has_tags(answer):
        return tagged_blocks(answer, documents)
    return blocks


def _within(region: Region) -> range | None:
    return None if region.is_whole else region.lines


def _write(region: Region, after: str) -> str:
    before = region.view.text
    name = region.view.name
    path = f"{name}\n" if label_in(name, region.documents.paths) == name else ""
    reply = f"{path}{blocks_for(before, after)}"
    # Few texts need more than blocks: other line ends, or marks that stand for left-out lines.
    return reply if _leads_to(reply, region, after) else path + whole_block(before, after)


def _leads_to(reply: str, region: Region, after: str) -> bool:
    try:
        return _read(reply, region).after == after
    except UnreadableError:
        return False


def _watch(reply: str, region: Region) -> Progress:
    finished = finished_lines(reply)
    answer = said(finished)
    if answer.unclosed:
        return Progress()
    blocks = _blocks(answer.answer, region)
    complete = [block for block in blocks.found if block.is_closed]
    found = Applied(region.documents)
    hopeless = ""
    count = 0
    try:
        for _ in each_carried_out(complete, found, _within(region)):
            count += 1
        if found.failed:
            raise refused(found.failed, len(complete))
    except UnreadableError as error:
        hopeless = str(error)
    broken = blocks.broken
    if broken is not None and broken.refusal is not Refusal.TRUNCATED:
        hopeless = hopeless or broken.what
    return Progress(count, found.after if count else None, hopeless)


EDIT_FORMAT = EditFormat(
    id="search_replace",
    rules=_rules,
    claims=_claims,
    read=_read,
    write=_write,
    watch=_watch,
    rank=20,
)
