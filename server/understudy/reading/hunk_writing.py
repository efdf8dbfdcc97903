r"""Hunks written down, so that reading them gives the same text again, whatever it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.diff import hunks
from understudy.failures.elision import may_be_elision
from understudy.reading.hunks import end_mark, exact_mark
from understudy.reading.splicing import FileLines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.core.diff import DiffHunk

WIDTHS = (3, 12, 1_000_000_000)
"""Lines of context, the usual number first; with the last, one hunk holds the whole file."""


def hunk_bodies(before: str, after: str, context: int) -> Iterator[tuple[DiffHunk, list[str]]]:
    """The hunks that lead from one text to another, each with its lines as a reply has them."""
    old, new = FileLines.of(before), FileLines.of(after)
    for hunk in hunks(_whole(old), _whole(new), context):
        yield hunk, list(_body(hunk, old))


def _whole(file: FileLines) -> list[str]:
    return [text + end for text, end in zip(file.texts, file.ends, strict=True)]


def _body(hunk: DiffHunk, old: FileLines) -> Iterator[str]:
    """The lines, with marks where the end of a new one does not go without saying.

    A line that seems to stand for left-out ones gets a mark too, which shows that it is meant.
    """
    usual = old.end if len(set(old.ends) - {""}) < 2 else ""
    for line in hunk.lines:
        text = line.text.rstrip("\r\n")
        end = line.text[len(text) :]
        yield f"{line.sign}{text}"
        if line.sign == "+" and may_be_elision(text):
            yield exact_mark(end)
        elif not end or (line.sign == "+" and end != usual):
            yield end_mark(end)
