"""From a model's reply to an edit that can be proved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from understudy.core.minimise import minimise
from understudy.engine.clearance import drops_secret
from understudy.engine.other_files import others_of
from understudy.engine.reader import OtherFormatError, read_as_asked
from understudy.engine.rules import Draft
from understudy.failures.proof import incomplete, polluted
from understudy.fixers import Proposal
from understudy.reading import Refusal, UnreadableError, unreadable
from understudy.workspace.other_texts import OtherTexts
from understudy.workspace.secrets import mask
from understudy.workspace.view import is_another_file

if TYPE_CHECKING:
    from understudy.caches.store import Caches
    from understudy.core.failures import Failure
    from understudy.edit_formats import EditFormat, Reading, Region
    from understudy.engine.other_files import Other
    from understudy.workspace.secrets import Masks


@dataclass(frozen=True, slots=True)
class Unread:
    """A reply that is no edit.

    Attributes:
        teaching: the exact reason, for the model that is asked once more.
        is_form: whether the reply's form is at fault, and not what it says.
        edit_format: the one that the reply is written in.
    """

    failure: Failure
    teaching: str
    is_form: bool = False
    edit_format: str = ""


SAYS_NO = frozenset({Refusal.DECLINED, Refusal.EMPTY})
"""What is no fault of the form in which an edit was asked for."""


def draft_of(
    model: str, text: str, region: Region, edit_format: EditFormat, masks: Masks
) -> Draft | Unread:
    """The edit that a reply of a model stands for, or why it is none. Looks at the whole document.

    Touches the disk: a path in the reply may be that of another file of the workspace.

    A reply that is clearly written in another format than the one that was asked for is read by that,
    and so it is recorded. The masks are those by which the model was asked.
    """
    author = edit_format.id
    view = region.view
    region = replace(region, is_there=partial(is_another_file, view), text_of=OtherTexts(view))
    try:
        read = read_as_asked(text, region, edit_format)
        reading, author = read.reading, read.edit_format
        if reading.after == region.view.text and not reading.others:
            raise unreadable(Refusal.NO_CHANGE, "The edit changes nothing.")
        if region.stays and reading.after != region.view.text:
            raise unreadable(
                Refusal.OTHER_FILE,
                f"The reply changes `{region.view.name}`, which is to stay as it is.",
            )
        others = others_of(reading.others, region)
    except UnreadableError as error:
        if isinstance(error, OtherFormatError):
            author = error.edit_format
        return Unread(error.failure, error.teaching, error.refusal not in SAYS_NO, author)
    found = (_spoilt(region, reading, masks), *(_spoilt_other(one, masks) for one in others))
    spoilt = next((one for one in found if one is not None), None)
    if spoilt is not None:
        return Unread(spoilt, spoilt.message, edit_format=author)
    return replace(_draft(model, reading, region, author), others=others)


def count_reply(caches: Caches, model: str, asked: str, read: Draft | Unread) -> None:
    """Remember whether a reply's form could be read, as asked for and as it was written.

    Args:
        caches: where that is kept.
        model: who replied.
        asked: the id of the edit format that was asked for.
        read: what the reply was read as.
    """
    readable = not (isinstance(read, Unread) and read.is_form)
    found = (read.edit_format if isinstance(read, Unread) else read.author) or asked
    caches.count_reply(model, asked, readable=readable and found == asked)
    if found != asked:
        caches.count_reply(model, found, readable=readable)


def _spoilt(region: Region, reading: Reading, masks: Masks) -> Failure | None:
    """A text that is not all of what it should be, or holds what is no code; None otherwise."""
    before, language = region.view.text, region.view.language
    dropped = drops_secret(region.text, reading.after, before, masks)
    if dropped is not None:
        return dropped
    lost = incomplete(before, reading.after, language)
    if lost is not None or polluted(before, language) is not None:
        return lost
    return polluted(reading.after, language)


def _spoilt_other(other: Other, masks: Masks) -> Failure | None:
    """The same of another document. A new file has nothing that could get lost."""
    before, after, language = other.before.text, other.after, other.before.language
    if after is None or not other.changes_text:
        return None
    lost = None
    if not other.is_new:
        lost = drops_secret(before, after, before, masks) or incomplete(before, after, language)
    if lost is not None or polluted(before, language) is not None:
        return lost
    return polluted(after, language)


def _draft(model: str, reading: Reading, region: Region, author: str) -> Draft:
    view = region.view
    edits = minimise(view.text, reading.after)
    # It is shown and written down, unlike the edit.
    prose = mask(reading.prose).text
    first = prose.strip().splitlines()
    why = first[0].strip() if first else f"Written by {model}."
    return Draft(
        proposal=Proposal(edits, why),
        author=author,
        after=reading.after,
        prose=prose,
        match=reading.match,
        risk=reading.risk,
    )
