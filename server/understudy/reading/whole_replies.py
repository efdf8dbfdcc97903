"""A reply that is wrapped: its lines or those of its edits a quotation, or all signs of its marks entities."""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple

from understudy.reading import Repair
from understudy.reading.entities import decoded, has_signs

_QUOTED = re.compile(r" {0,3}> ?")
_MARKED = re.compile(
    r"^ {0,3}>[ \t]*(?:<{5,9}[ \t]*(?:SEARCH|ORIGINAL|HEAD)\b|\*\*\* Begin Patch\b)", re.MULTILINE
)
"""Where edits begin in a quotation."""
_CODE = re.compile(r"^[ \t]*(?:<{5,9}|>{5,9}|`{3}|~{3}|\*\*\* Begin Patch\b|--- \S)", re.MULTILINE)
"""Where code or an edit begins outside of one: what is quoted may be no more than what was said before."""
_ESCAPED = re.compile(r"^[ \t]*(?:&lt;){5,9}[ \t]*(?:SEARCH|ORIGINAL|HEAD)\b", re.MULTILINE)
_PLAIN = re.compile(r"^[ \t]*(?:<{5,9}|>{5,9})", re.MULTILINE)


class Unwrapped(NamedTuple):
    """A reply without what was around all of it.

    Attributes:
        repairs: one for each wrapping that was taken away.
    """

    text: str
    repairs: tuple[Repair, ...] = ()


def unwrapped(reply: str) -> Unwrapped:
    """A reply without the marks of a quotation around all of it or its edits, and with the signs of its marks."""
    repairs: list[Repair] = []
    lines = reply.split("\n")
    real = [line for line in lines if line.strip()]
    if real and all(map(_QUOTED.match, real)) and not _PLAIN.search(reply):
        lines = [_QUOTED.sub("", line, count=1) for line in lines]
        repairs.append(Repair("a quotation around the reply", risk="low"))
    elif _MARKED.search(reply) and not _CODE.search(reply):
        lines = _without_quotations(lines)
        repairs.append(Repair("a quotation around the edits", risk="low"))
    text = "\n".join(lines)
    if _ESCAPED.search(text) and not has_signs(lines):
        text = "\n".join(decoded(lines))
        repairs.append(Repair("entities in the whole reply", risk="low"))
    return Unwrapped(text, tuple(repairs))


def _without_quotations(lines: list[str]) -> list[str]:
    """The lines without the marks of the quotations that hold edits."""
    found: list[str] = []
    for is_quoted, run in groupby(lines, key=lambda line: _QUOTED.match(line) is not None):
        part = list(run)
        if is_quoted and any(map(_MARKED.match, part)):
            part = [_QUOTED.sub("", line, count=1) for line in part]
        found += part
    return found
