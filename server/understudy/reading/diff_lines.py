"""The lines of a unified diff: what names its files, and where its hunks end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.reading.hunk_headers import is_sure

if TYPE_CHECKING:
    from collections.abc import Sequence

GIT = re.compile(r"diff --git (?P<old>\"?a/.+) (?P<new>\"?b/.+)")
_TIME = re.compile(r"(?:\t.*|\s+\d{4}-\d\d-\d\d[ T]\d\d:.*)$", re.DOTALL)
_LONGEST = 1_000
_ESCAPE = re.compile(r"\\([0-7]{3})")


def starts_diff(lines: Sequence[str], at: int) -> bool:
    """Whether a diff outside of fences starts here."""
    line = lines[at]
    if line.startswith("@@"):
        return is_sure(line)
    return GIT.match(line) is not None or is_index(lines, at) or is_pair(lines, at)


def is_index(lines: Sequence[str], at: int) -> bool:
    """Whether the two lines that svn puts above a file's diff stand here."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return lines[at].startswith("Index: ") and below.startswith("=====")


def is_pair(lines: Sequence[str], at: int) -> bool:
    """Whether the two lines that name the file stand here."""
    if not lines[at].startswith("--- ") or at + 1 >= len(lines):
        return False
    return lines[at + 1].startswith("+++ ") and bool(lines[at][4:].strip())


def counted_end(lines: Sequence[str], start: int, counts: tuple[int, int]) -> int | None:
    """Where a hunk ends by its own counts; None when the lines say otherwise."""
    old, new = counts
    at = start
    while (old > 0 or new > 0) and at < len(lines):
        sign = lines[at][:1] or " "
        if sign not in " -+\\":
            return None
        old -= sign in " -"
        new -= sign in " +"
        at += 1
    if old or new:
        return None
    while at < len(lines) and lines[at].startswith("\\"):
        at += 1
    behind = next((n for n in range(at, len(lines)) if lines[n].strip()), None)
    if behind is None or _is_boundary(lines, behind, headless=True):
        return at
    return None if lines[behind].startswith((" ", "-", "+")) and behind == at else at


def seen_end(lines: Sequence[str], start: int, *, headless: bool) -> int:
    """Where a hunk ends by what follows it."""
    return next(
        (at for at in range(start, len(lines)) if _is_boundary(lines, at, headless=headless)),
        len(lines),
    )


def _is_boundary(lines: Sequence[str], at: int, *, headless: bool) -> bool:
    """Whether no line of the hunk stands here; `headless`: no `@@` need follow a file's name."""
    line = lines[at]
    if line.startswith("@@") or GIT.match(line):
        return True
    if line.startswith("Index: "):
        return is_index(lines, at)
    if not is_pair(lines, at):
        return False
    return headless or at + 2 >= len(lines) or lines[at + 2].startswith("@@")


def diff_path(text: str) -> str:
    """A path without its time; in quotes, with its bytes spelt out (git's `core.quotePath`)."""
    text = _TIME.sub("", text[:_LONGEST]).strip()
    if not (len(text) > 1 and text[0] == text[-1] == '"'):
        return text
    raw = text[1:-1].encode("utf-8", "surrogatepass").decode("latin-1")
    spelt = _ESCAPE.sub(lambda found: chr(int(found[1], 8) & 0xFF), raw)
    return spelt.encode("latin-1").decode("utf-8", "replace").replace('\\"', '"')
