"""Texts that a model quotes from inside of lines, as tools that replace strings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.reading.already import akin, is_common

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTERS = 8


def part_of_line(
    file: Sequence[str], wanted: Sequence[str], new: Sequence[str]
) -> tuple[range, list[str] | None] | None:
    """The lines that hold a text, and what they become; None when no single place holds it.

    The lines become None when they hold the new text in place of the wanted one already.

    Args:
        file: the document's lines, without their ends, like the others.
        wanted: the text; its first line may begin inside a line, its last one may end in one.
        new: what takes its place.
    """
    text, sought, come = "\n".join(file), "\n".join(wanted), "\n".join(new)
    if not (wanted and wanted[0].strip() and wanted[-1].strip()):
        return None
    at = _single(text, sought)
    tells = sum(map(str.isalnum, come)) >= _LETTERS and come not in sought and akin(wanted, new)
    there = _single(text, come) if tells else None
    gone = at is None and sought not in text and not is_common(wanted, new)
    if there is not None and (gone or (at is not None and there <= at < there + len(come))):
        first = text.count("\n", 0, there)
        return range(first, first + come.count("\n") + 1), None
    if at is None:
        return None
    first = text.count("\n", 0, at)
    lines = range(first, first + sought.count("\n") + 1)
    if len(come) > len(sought) and _goes_on(text, at, sought, come):
        return range(first, first + come.count("\n") + 1), None
    start = text.rfind("\n", 0, at) + 1
    stop = text.find("\n", at + len(sought))
    stop = len(text) if stop < 0 else stop
    return lines, (text[start:at] + come + text[at + len(sought) : stop]).split("\n")


def _goes_on(text: str, at: int, sought: str, come: str) -> bool:
    """Whether a text that was made longer, at its end or its start, stands there with that already."""
    if come.startswith(sought):
        start = at
    elif come.endswith(sought):
        start = at - (len(come) - len(sought))
    else:
        return False
    stop = start + len(come)
    cuts = stop < len(text) and _wordy(text[stop]) and _wordy(come[-1])
    return start >= 0 and text.startswith(come, start) and not cuts


def _single(text: str, part: str) -> int | None:
    """Where a part stands in a text exactly once, and cuts no word."""
    at = text.find(part)
    if at < 0 or text.find(part, at + 1) >= 0:
        return None
    stop = at + len(part)
    cuts = (at > 0 and _wordy(text[at - 1]) and _wordy(part[0])) or (
        stop < len(text) and _wordy(text[stop]) and _wordy(part[-1])
    )
    return None if cuts else at


def _wordy(char: str) -> bool:
    return char.isalnum() or char == "_"
