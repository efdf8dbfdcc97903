"""What a reply of any form does to a document: the format is found, and then it reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.edit_formats import all_edit_formats
from understudy.reading import Refusal, UnreadableError, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.edit_formats import EditFormat, Reading, Region

MAX_CHARACTERS = 4_000_000
"""Longer replies are not read; no model writes them on purpose."""

_NOT_THIS_FORMAT = frozenset({Refusal.NO_EDIT, Refusal.MALFORMED})
"""Outcomes after which another format is tried, where the reply's own is not known."""


@dataclass(frozen=True, slots=True)
class Read:
    """A reply that was read, and in what format it is."""

    reading: Reading
    edit_format: str


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
    if len(reply) > MAX_CHARACTERS:
        raise unreadable(Refusal.TOO_LARGE, "The reply is too long to be read.")
    if not edit_format and not reply.strip("\ufeff \t\r\n"):
        raise unreadable(Refusal.EMPTY, "The reply holds no answer.")
    first: UnreadableError | None = None
    for one in _formats(reply, region, edit_format):
        try:
            return Read(one.read(reply, region), one.id)
        except UnreadableError as error:
            # The likeliest format's reason is the one to tell.
            first = first or error
            if error.refusal not in _NOT_THIS_FORMAT:
                break
    assert first is not None  # noqa: S101 - at least one format is tried
    raise first


def _formats(reply: str, region: Region, wanted: str) -> Iterator[EditFormat]:
    """The formats to try: the one that is asked for, or those whose marks are there."""
    known = all_edit_formats()
    if wanted:
        if wanted not in known:
            names = ", ".join(f"`{name}`" for name in sorted(known))
            raise BadRequestError(f"There is no edit format `{wanted}`. Known: {names}.")
        yield known[wanted]
        return
    fitting = [one for one in known.values() if _fits(one, region)]
    ordered = sorted(fitting, key=lambda one: one.rank)
    claiming = [one for one in ordered if one.claims(reply)]
    # Whoever claims nothing may still know why there is no edit: a refusal, an empty answer.
    yield from claiming or ordered[-1:]


def _fits(one: EditFormat, region: Region) -> bool:
    """Whether a format may be meant: in a range, code without marks is the range's new text."""
    return one.id != "whole_file" or region.is_whole
