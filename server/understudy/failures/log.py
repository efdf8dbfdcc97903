"""Bring a tool's output down to lines that can be read quickly, however much it is.

Of a long log its beginning and its end are kept, and of what lies between, the lines that hold a
word such as `error`. Everything here takes time in proportion to the text's length.
"""

from __future__ import annotations

import re

_WHOLE = 96_000
"""A text up to this many characters is read as it is."""
_HEAD = 24_000
_TAIL = 48_000
_MOST_BETWEEN = 400
_LONGEST_LINE = 800

_TRIGGERS = ("error", "Error", "ERROR", "FAIL", "panic", "fatal", "Exception", "timed out")
_ANSI = re.compile(
    r"\x1b(?:\[[0-9;:?]{0,40}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,400}(?:\x07|\x1b\\)|[@-Z\\^_])"
)


def readable_lines(text: str) -> list[str]:
    """The lines, without colours, line ends and spaces behind; a long line only by its beginning."""
    short = _shortened(text)
    plain = _ANSI.sub("", short) if "\x1b" in short else short
    lines = plain.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line[:_LONGEST_LINE].rstrip() for line in lines]


def _shortened(text: str) -> str:
    if len(text) <= _WHOLE:
        return text
    pieces = [text[:_HEAD]]
    places: set[int] = set()
    for trigger in _TRIGGERS:
        places.update(_places(text, trigger))
    end = 0
    for place in sorted(places)[:_MOST_BETWEEN]:
        if place >= end:
            start, end = _line_around(text, place)
            pieces.append(text[start:end])
    return "\n".join([*pieces, text[-_TAIL:]])


def _places(text: str, trigger: str) -> list[int]:
    """Where a word stands between the beginning and the end, once for each line, at first."""
    found: list[int] = []
    at = text.find(trigger, _HEAD, -_TAIL)
    while at >= 0 and len(found) < _MOST_BETWEEN:
        found.append(at)
        line_end = text.find("\n", at, at + 4 * _LONGEST_LINE)
        at = text.find(trigger, line_end if line_end > 0 else at + 4 * _LONGEST_LINE, -_TAIL)
    return found


def _line_around(text: str, place: int) -> tuple[int, int]:
    start = text.rfind("\n", max(0, place - _LONGEST_LINE // 2), place) + 1
    end = text.find("\n", place, place + _LONGEST_LINE // 2)
    near = max(start, place - _LONGEST_LINE // 2)
    return near, end if end > 0 else place + _LONGEST_LINE // 2
