"""A comment that says what is to be done, as people leave them in code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.languages import all_languages

if TYPE_CHECKING:
    from understudy.workspace.view import View

_ASKS = re.compile(
    r"(?:TO" r"DO|FIX" r"ME|X" r"XX|understudy)\b(?:\([^)\n]{0,40}\))?[:,]?[ \t]+(?P<words>\S.*)",
    re.IGNORECASE,
)
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class CommentWish:
    """What a comment asks for, and the lines that it stands on, counted from 0."""

    words: str
    lines: range


def comment_wish(view: View, lines: range) -> CommentWish | None:
    """The first comment within `lines` that asks for something; None without one.

    The lines of the comment that follow belong to it, as long as they begin with its mark.
    """
    language = all_languages().get(view.language)
    mark = language.line_comment if language is not None else ""
    if not mark:
        return None
    for line in lines:
        found = _ASKS.match(_comment(view, line, mark))
        if found is None:
            continue
        words, stop = [found["words"].strip()], line + 1
        while (
            stop < len(view.index)
            and (more := _comment(view, stop, mark))
            and not _ASKS.match(more)
        ):
            words.append(more)
            stop += 1
        return CommentWish(" ".join(words)[:_LONGEST], range(line, stop))
    return None


def _comment(view: View, line: int, mark: str) -> str:
    """What a line says behind its comment mark; empty for a line that is no comment alone."""
    content = view.index.content(line).strip()
    if not content.startswith(mark):
        return ""
    return (
        content.lstrip(mark[0]).strip() if set(mark) == {mark[0]} else content[len(mark) :].strip()
    )
