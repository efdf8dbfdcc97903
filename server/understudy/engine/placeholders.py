"""Comments that stand for code which a model left out: "... rest of file unchanged"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.engine.hunks import real_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.hunks import Hunk

_MAX_LINE = 200
"""Placeholders are short; longer lines are not looked at, which keeps the patterns cheap."""

_LEAD = re.compile(r"\s*(?:#|//|/\*|\*|--|<!--|;|%|\{/\*|\[?\.{3}|\[?\u2026)")
_BARE = re.compile(r"\s*(?:#|//|/\*|--|<!--|;|%|\{/\*)\s*(?:\.{3}|\u2026)\s*(?:\*/\}?|-->)?\s*")
_WORD = re.compile(r"[\w']+")
_PART = r"(?:code|file|class|function|method|module|implementation|body|content|logic|import|line|test)s?"
_STAYS = (
    r"(?:(?:is|are|remains?|stays?|goes|unchanged|unmodified|omitted|here|the|same|as|before"
    r"|above|below|it|was|for brevity)(?: |$))"
)
_REST = (
    rf"(?:the |your |all )?(?:rest|remainder) of (?:the |your |this |my )?(?:\w+ )?{_PART}(?: |$)"
)
_EXISTING = rf"(?:keep |the |your |all |any )*existing (?:\w+ )?{_PART}(?: |$)"
_OTHER = (
    rf"(?:keep |the |your |all |any )*(?:(?:remaining|other|previous|unchanged|same|original) "
    rf"(?:\w+ )?{_PART}|rest|everything else|{_PART})(?: |$)"
)
_SAYS_SO = re.compile(rf"(?:and )?(?:(?:{_REST}|{_EXISTING}){_STAYS}*|{_OTHER}{_STAYS}+)")


def leaves_code_out(hunks: Iterable[Hunk]) -> str:
    """The first new placeholder that took the place of real lines; empty when there is none.

    Words are needed: an `Ellipsis`, a spread and a `TODO` are code and plans, not gaps. A comment
    of dots alone counts too. Where no line went away, a placeholder stands for nothing.
    """
    for hunk in hunks:
        added = [line for line in hunk.new if line not in hunk.old]
        found = [line for line in added if _is_placeholder(line)]
        if found and real_lines(hunk.old) > real_lines(hunk.new) - len(found):
            return found[0].strip()
    return ""


def _is_placeholder(line: str) -> bool:
    if len(line) > _MAX_LINE or not _LEAD.match(line):
        return False
    words = _WORD.findall(line.lower())
    if "..." in line or "\u2026" in line:
        words.append("here")
    return _BARE.fullmatch(line) is not None or _SAYS_SO.fullmatch(" ".join(words)) is not None
