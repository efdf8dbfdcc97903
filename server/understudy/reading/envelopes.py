r"""Patches between `*** Begin Patch` and `*** End Patch`, and what models wrap around them.

A patch may come bare, in a fence, behind `apply_patch <<'EOF'`, or as a string inside JSON. Either
mark may be missing.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.reading.fences import fence_of
from understudy.reading.lead_in import label_in
from understudy.reading.marked_blocks import closing_fence
from understudy.reading.shape import contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.fences import Fence

_BEGIN = re.compile(r"[ \t]*(?:[\w./-]{0,40}[ \t]+)?\*\*\* ?Begin Patch\b[ *]*")
_END = re.compile(r"\*\*\* ?End Patch\b.*")
_FILE = re.compile(
    r"\*\*\* ?(?:(?P<update>Update|Modify|Edit|Change|Patch)d?|(?P<add>Add(?:ed)?|Created?|New)"
    r"|(?P<delete>Deleted?|Removed?))? ?File ?: *(?P<path>\S.*)",
    re.IGNORECASE,
)
_START = re.compile(r"\*\*\* (?:Begin Patch|(?:Update|Add|Delete) File: )")
_QUOTED = re.compile(
    r'"(?:apply_patch)?(?:\\n|\s)*\*\*\* (?:Begin Patch|(?:Update|Add|Delete) File: )'
)
_SPELT = re.compile(r"\*\*\* Begin Patch\\n")
_ENDING = "*** End Patch"
_LONGEST = 1_000
"""Longer lines hold no mark, which bounds what the patterns look at."""
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "/": "/"}
_ESCAPE = re.compile(r"\\(.)")
_HEREDOC = re.compile(r"apply_?patch.*<<-?\s*['\"]?(?P<word>\w+)['\"]?")


class FileMark(NamedTuple):
    """A line that names the file which the hunks below it are for.

    Attributes:
        what: `Update`, `Add` or `Delete`.
        path: as it is written.
    """

    what: str
    path: str


def file_mark(line: str) -> FileMark | None:
    """The mark that a line of a patch is; None for any other line. Its words may be left out."""
    if not line.startswith("***") or len(line) > _LONGEST:
        return None
    found = _FILE.match(line)
    if found is None:
        path = label_in(line)
        return FileMark("Update", path) if path else None
    what = "Add" if found["add"] else "Delete" if found["delete"] else "Update"
    return FileMark(what, found["path"].removesuffix("***").strip())


class Envelope(NamedTuple):
    """The lines of one patch.

    Attributes:
        lines: without their ends, and without the marks.
        first: the number of the first one in the text, from 1.
        ended: whether `*** End Patch` stands behind them.
        closed: whether something else shows that the patch is whole: the end of its fence, or of
            its here-document.
        cut_off: whether it stands in a fence that is never closed.
    """

    lines: Sequence[str]
    first: int
    ended: bool
    closed: bool = False
    cut_off: bool = False


def unwrapped(answer: str) -> tuple[str, bool]:
    """The text in which patches stand, and whether it was a string of JSON."""
    found = _QUOTED.search(answer)
    if found is None:
        spelt = _SPELT.search(answer)
        return (_spelt_out(answer[spelt.start() :]), True) if spelt else (answer, False)
    try:
        text, _ = json.JSONDecoder(strict=False).raw_decode(answer, found.start())
    except ValueError:
        text = _spelt_out(answer[found.start() + 1 :])
    if not isinstance(text, str) or (_ENDING in answer and _ENDING not in text):
        return answer, False
    return text, True


def _spelt_out(text: str) -> str:
    """The text of a JSON string whose escapes are not all right; as it is without any."""
    head = text.partition("\n")[0]
    if "\\n" not in head:
        return text
    return _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[0]), text)


def envelopes(text: str) -> tuple[list[Envelope], list[str]]:
    """The patches of a text, and the lines outside of them."""
    lines = contents(text)
    found: list[Envelope] = []
    prose: list[str] = []
    fence: Fence | None = None
    heredoc, at = "", 0
    last = max((number for number, line in enumerate(lines) if _END.match(line)), default=-1)
    while at < len(lines):
        line = lines[at]
        begins = _is_begin(line)
        if begins or _names_file(lines, at, has_end=fence is not None or at < last):
            start, lead = at + begins, line[: len(line) - len(line.lstrip(" \t"))]
            stop = _end_of(_Marks(lines, lead), start, fence, heredoc)
            found.append(_envelope(_Marks(lines, lead), start, stop, fence))
            at = stop + (found[-1].ended or found[-1].closed)
            if found[-1].closed:
                fence, heredoc = None, ""
            continue
        if (opened := fence_of(line)) is not None:
            fence = None if fence is not None and not opened.info else opened
        elif shell := _HEREDOC.search(line[:_LONGEST]):
            heredoc = shell["word"]
        elif not heredoc or line.strip() != heredoc:
            prose.append(line)
        at += 1
    return found, prose


def _names_file(lines: Sequence[str], at: int, *, has_end: bool) -> bool:
    """Whether a line outside of a patch is a mark that names a file.

    One without `File:` must have a hunk below it, and something that ends the patch (`has_end`).
    """
    line = lines[at].lstrip(" \t")[:_LONGEST]
    if _FILE.match(line):
        return True
    if not has_end or file_mark(line) is None:
        return False
    following = next((one.lstrip() for one in lines[at + 1 :] if one.strip()), "")
    return following.startswith("@@")


class _Marks(NamedTuple):
    """Lines whose marks stand behind the same blanks; others are lines of a file.

    A context line that holds a mark has a blank more in front of it.
    """

    lines: Sequence[str]
    lead: str

    def ends(self, at: int) -> bool:
        """Whether the patch ends at a line by its own mark."""
        line = self.lines[at]
        return line.startswith(self.lead) and _END.match(line, len(self.lead)) is not None

    def begins(self, at: int) -> bool:
        """Whether another patch begins at a line."""
        line = self.lines[at]
        return line.startswith(self.lead + "***") and _is_begin(line)


def _is_begin(line: str) -> bool:
    return len(line) < _LONGEST and _BEGIN.fullmatch(line) is not None


def _end_of(marks: _Marks, start: int, fence: Fence | None, heredoc: str) -> int:
    """The line that ends a patch: its own mark, the next patch, the here-document, the fence."""
    lines = marks.lines
    last = len(lines)
    for at in range(start, len(lines)):
        if marks.ends(at):
            return at
        if marks.begins(at):
            last = at
            break
    if heredoc:
        last = next((at for at in range(start, last) if lines[at].strip() == heredoc), last)
    if fence is not None:
        closing = closing_fence(lines[:last], start, fence)
        last = last if closing is None else closing
    # A context line could look so too, so that it counts for nothing where a real mark is.
    return next((at for at in range(start, last) if lines[at].strip() == _ENDING), last)


def _envelope(marks: _Marks, start: int, stop: int, fence: Fence | None) -> Envelope:
    lines, lead = marks
    known = stop < len(lines)
    ended = known and marks.ends(stop)
    closed = known and not ended and not marks.begins(stop)
    body = lines[start:stop]
    if lead and all(line.startswith(lead) for line in body if line.strip()):
        body = [line.removeprefix(lead) for line in body]
    return Envelope(body, start + 1, ended, closed, fence is not None and not known)
