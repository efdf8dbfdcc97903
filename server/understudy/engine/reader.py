"""What a reply of any form does to a document: the format is found, and then it reads.

A format is told by its own marks, and whoever finds these has the last word: a reply that it can't
read is none. Marks inside of a block that is the document's own text, as a Markdown file may quote
a diff, tell nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.core.markup import MARKUP
from understudy.edit_formats import Progress, all_edit_formats
from understudy.reading import Refusal, Repair, UnreadableError, unreadable
from understudy.reading.assigning import names_file
from understudy.reading.fences import fenced
from understudy.reading.languages import fits, language_of_word
from understudy.reading.targets import unread
from understudy.reading.thoughts import answer_of, may_be_thoughts
from understudy.reading.whole_replies import unwrapped

if TYPE_CHECKING:
    from understudy.edit_formats import EditFormat, Reading, Region
    from understudy.reading.fences import Fenced
    from understudy.reading.whole_replies import Unwrapped

MAX_CHARACTERS = 4_000_000
"""Longer replies are not read; no model writes them on purpose."""

_WHOLE_FILE = "whole_file"
_FENCES = frozenset({"region", _WHOLE_FILE})
"""Formats that take whatever stands in a fence."""
_DATA = frozenset({"json", "jsonc"})
_EDITS = re.compile(
    r"[\"']edits\\{0,3}[\"']\s*:|[\"']old_?(?:string|str)?\\{0,3}[\"']\s*:", re.IGNORECASE
)
_MARKED = re.compile(
    rf"^[ \t]*(?P<marks>`{{3,}}|~{{3,}})[ \t]*(?:{'|'.join(map(re.escape, sorted(MARKUP)))}"
    r"|md|gfm|rst|qmd|adoc)\b.*$",
    re.MULTILINE,
)
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*$", re.MULTILINE)
_HEAD = 2
"""So many lines of a block may stand above the first mark in it."""


@dataclass(frozen=True, slots=True)
class Read:
    """A reply that was read, and in what format it is."""

    reading: Reading
    edit_format: str


class OtherFormatError(UnreadableError):
    """A reply that can't be read, and is not in the format that was asked for.

    Attributes:
        edit_format: the one that it is written in.
    """

    def __init__(self, error: UnreadableError, edit_format: str, asked: str) -> None:
        why = f"The reply was written in `{edit_format}`, asked was `{asked}`."
        failure = replace(error.failure, message=f"{why} {error}")
        super().__init__(failure, error.refusal, f"{why} {error.teaching}")
        self.edit_format = edit_format


def read_reply(reply: str, region: Region, edit_format: str = "") -> Read:
    """The document that a finished reply leads to.

    Args:
        reply: all that the model wrote.
        region: what it may rewrite.
        edit_format: the format's id; empty to find it by the reply's own marks.

    Raises:
        UnreadableError: with the named outcome, when there is no edit.
        BadRequestError: when there is no such format.
    """
    _refuse_too_long(reply)
    told = unwrapped(reply)
    if edit_format:
        return _read_by(_known(edit_format), told, region)
    if not reply.strip("\ufeff \t\r\n"):
        raise unreadable(Refusal.EMPTY, "The reply holds no answer.")
    one = written_in(told.text, region) or _plain(told.text, region)
    return _read_by(one, told, region)


def read_as_asked(reply: str, region: Region, asked: EditFormat) -> Read:
    """The document that a reply leads to which was asked for in one format, and may be in another.

    Raises:
        UnreadableError: there is no edit.
        OtherFormatError: the same, of a reply in another format.
    """
    _refuse_too_long(reply)
    told = unwrapped(reply)
    other = other_format(told.text, region, asked)
    if other is None:
        try:
            return _read_by(asked, told, region)
        except UnreadableError as error:
            if error.refusal is not Refusal.NO_EDIT or not _is_named_text(told.text, region, asked):
                raise
        other = all_edit_formats()[_WHOLE_FILE]
    try:
        return _read_by(other, told, region)
    except UnreadableError as error:
        raise OtherFormatError(error, other.id, asked.id) from error


def _read_by(one: EditFormat, told: Unwrapped, region: Region) -> Read:
    """What one format reads; for review where only the texts of the files speak for the document.

    Raises:
        UnreadableError: there is no edit.
    """
    looked_into: list[str] = []

    def text_of(path: str) -> str | None:
        text = region.text_of(path)
        if text is not None:
            looked_into.append(path)
        return text

    reading = one.read(told.text, replace(region, text_of=text_of))
    repairs = (*told.repairs, *reading.repairs)
    if looked_into and not _is_said(reading, one, told.text, region):
        where = f"`{looked_into[0][:80]}`"
        repairs = (*repairs, Repair("the words name another file", where, "high"))
    return Read(replace(reading, repairs=repairs), one.id)


def _is_said(reading: Reading, one: EditFormat, reply: str, region: Region) -> bool:
    """Whether the words of a reply alone lead to the same, as if no other file could be looked into."""
    try:
        said = one.read(reply, replace(region, text_of=unread))
    except UnreadableError:
        return False
    return (said.after, said.others) == (reading.after, reading.others)


def _is_named_text(reply: str, region: Region, asked: EditFormat) -> bool:
    """Whether a reply without the marks of any format has a file's name above its code."""
    if asked.id in _FENCES:
        return False
    return names_file(fenced(answer_of(reply).answer).blocks, region.documents)


def watch_as_asked(
    reply: str, region: Region, asked: EditFormat, *, has_thought: bool = False
) -> Progress:
    """What an unfinished reply has said so far, in whatever format it is being written.

    Args:
        reply: its beginning.
        region: what it may rewrite.
        asked: the format that was asked for.
        has_thought: whether the model's thoughts came beside the reply, so that it holds none.
    """
    if unwrapped(reply).repairs:
        # What follows may not be wrapped, so that this is no wrapping either.
        return Progress()
    progress = (other_format(reply, region, asked) or asked).watch(reply, region)
    if progress.hopeless and not has_thought and may_be_thoughts(reply):
        # What is wrong may be a draft in thoughts whose end is still to come.
        return replace(progress, hopeless="")
    return progress


def other_format(reply: str, region: Region, asked: EditFormat) -> EditFormat | None:
    """The format that a reply is clearly written in, where that is not the one asked for."""
    if asked.id not in _FENCES and asked.claims(reply):
        return None
    found = written_in(reply, region)
    if found is None or found.id == asked.id:
        return None
    # What a document itself is full of shows nothing.
    return None if asked.id in _FENCES and found.claims(region.view.text) else found


def written_in(reply: str, region: Region) -> EditFormat | None:
    """The format whose own marks a reply holds, outside of what is the document's own text."""
    formats = sorted(all_edit_formats().values(), key=lambda one: one.rank)
    marked = [one for one in formats if one.id not in _FENCES]
    text = _outside(reply) if region.view.language in MARKUP else reply
    for one in marked:
        if one.schema is not None and not _is_data(text, region):
            continue
        if one.claims(text):
            return one
    return None


def _plain(reply: str, region: Region) -> EditFormat:
    """The format of a reply without marks: all of the file, or of the lines that are asked about."""
    known = all_edit_formats()
    # Whoever claims nothing may still know why there is no edit: a refusal, an empty answer.
    whole = known[_WHOLE_FILE]
    return whole if region.is_whole and whole.claims(reply) else known["region"]


def _outside(reply: str) -> str:
    """A reply without the text of a Markdown document that stands in it, marks of edits and all."""
    opened = _MARKED.search(reply)
    if opened is None:
        return reply
    body = reply[opened.end() : opened.end() + 2_000].split("\n")
    head = "\n".join([line for line in body if line.strip()][:_HEAD])
    if any(one.claims(f"{head}\n") for one in all_edit_formats().values() if _has_marks(one)):
        return reply
    closed = list(_FENCE.finditer(reply, opened.end()))
    last = closed[-1].end() if closed else len(reply)
    return f"{reply[: opened.start()]}\n{reply[last:]}"


def _has_marks(one: EditFormat) -> bool:
    return one.id not in _FENCES and one.schema is None


def _is_data(reply: str, region: Region) -> bool:
    """Whether the JSON of a reply is one in itself, and no part of code."""
    language = region.view.language
    if language in _DATA:
        # A file of this kind may look like a list of edits.
        return _EDITS.search(reply) is not None
    found = fenced(reply)
    return not found.blocks or any(_may_be_data(one, language) for one in found.blocks)


def _may_be_data(block: Fenced, language: str) -> bool:
    word = language_of_word(block.word)
    if word in {"", "plaintext"}:
        return block.text.lstrip()[:1] in {"{", "[", '"'}
    return word in _DATA or not fits(word, language)


def _known(wanted: str) -> EditFormat:
    known = all_edit_formats()
    if wanted not in known:
        names = ", ".join(f"`{name}`" for name in sorted(known))
        raise BadRequestError(f"There is no edit format `{wanted}`. Known: {names}.")
    return known[wanted]


def _refuse_too_long(reply: str) -> None:
    if len(reply) > MAX_CHARACTERS:
        raise unreadable(Refusal.TOO_LARGE, "The reply is too long to be read.")
