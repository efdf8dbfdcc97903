"""A reply that is wrapped as a whole: each line a quotation, or all signs of its marks entities."""

from __future__ import annotations

import re
from typing import NamedTuple

from understudy.reading import Repair
from understudy.reading.entities import decoded

_QUOTED = re.compile(r" {0,3}> ?")
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
    """A reply without the marks of a quotation that is all of it, and with the signs of its marks."""
    repairs: list[Repair] = []
    lines = reply.split("\n")
    real = [line for line in lines if line.strip()]
    if real and all(map(_QUOTED.match, real)) and not _PLAIN.search(reply):
        lines = [_QUOTED.sub("", line, count=1) for line in lines]
        repairs.append(Repair("a quotation around the reply", risk="low"))
    text = "\n".join(lines)
    if _ESCAPED.search(text) and not _PLAIN.search(text):
        text = "\n".join(decoded(lines))
        repairs.append(Repair("entities in the whole reply", risk="low"))
    return Unwrapped(text, tuple(repairs))
