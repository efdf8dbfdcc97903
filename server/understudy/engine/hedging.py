"""Comments that a model writes into the code about its own doubts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.engine.hunks import hunks_of
from understudy.languages import all_languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.core.text import Edit
    from understudy.workspace.view import View

_LONGEST = 300
"""Lines that are longer are data rather than comments."""
_HEDGE = re.compile(
    r"\b(?:simplified|simplistic|placeholder|for now|temporary|hack|workaround|dummy|stub(?:bed)?"
    r"|not sure|might work|should work|probably|assume[sd]?|assuming|in a real|actual implementation"
    r"|for demonstration|naive)\b",
    re.IGNORECASE,
)


def hedged_comment(before: View, edits: tuple[Edit, ...]) -> str:
    """The words of the first new comment that hedges; empty when none does."""
    language = all_languages().get(before.language)
    marks = (
        [] if language is None else [language.line_comment, (language.block_comment or ("",))[0]]
    )
    marks = [mark for mark in marks if mark]
    for line in _added(before, edits):
        starts = [line.find(mark) for mark in marks if mark in line]
        found = _HEDGE.search(line, min(starts)) if starts and len(line) <= _LONGEST else None
        if found:
            return found[0].lower()
    return ""


def _added(before: View, edits: tuple[Edit, ...]) -> Iterator[str]:
    for hunk in hunks_of(before.index, edits):
        old = set(hunk.old)
        yield from (line for line in hunk.new if line not in old)
