"""Fenced blocks of code in a reply, byte for byte (CommonMark 0.31, 4.5), and the text around them.

Three things are read as models mean them, not as CommonMark has it. A fence may be indented by any
number of blanks, and may stand behind the mark of a list item or a quotation. Inside a block, a
fence of the same length with a word opens another block, and the next bare one closes that. A
block that is never closed does not end with the text: the reply was cut off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.lines import content_length, split_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

_BOM = "\ufeff"
_LONGEST = 1_000
"""Longer lines are no fences; that bounds what the patterns look at."""

_FENCE = re.compile(
    r"(?P<lead>[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]+|>){0,4}[ \t]*)"
    r"(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)"
)
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]")
_WORD = re.compile(r"[{.\s]*(?P<word>[\w+#-]+(?:[.+#-][\w+#-]+)*)?")
_DOTTED = frozenset({"vb.net", "asp.net"})
"""Languages with a dot; other words with one are names of files."""
_CLOSING_SHIFT = 3
"""So many blanks further in than the block itself, a fence still closes it."""


@dataclass(frozen=True, slots=True)
class Fenced:
    """A fenced block.

    Attributes:
        word: the language as the info string names it, in lower case; empty for none.
        info: the whole info string.
        text: what stands between the fences, byte for byte, its last line end included. The
            indentation of the fence itself is taken off where all lines have it.
        start / end: the place of the block in the text, fences included, in code points.
        above: the lines of prose between the block and the one before it, trimmed, without blank ones.
    """

    word: str
    info: str
    text: str
    start: int
    end: int
    above: tuple[str, ...] = ()

    @property
    def before(self) -> str:
        """The last line of prose above the block; empty for none."""
        return self.above[-1] if self.above else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A text, taken apart.

    Attributes:
        blocks: the outermost blocks, in order.
        prose: the lines outside of them, with LF.
        unclosed: whether the last block is never closed. It is not one of `blocks`.
    """

    blocks: tuple[Fenced, ...]
    prose: str
    unclosed: bool = False


class Fence(NamedTuple):
    """A line that opens or closes a block.

    Attributes:
        lead: what stands in front of it.
        marks: the fence.
        info: the text behind it, trimmed.
    """

    lead: str
    marks: str
    info: str


def fenced(text: str) -> Answer:
    """The outermost fenced blocks of a text, and what stands around them."""
    lines = split_lines(text)
    starts = list(accumulate(map(len, lines), initial=0))
    blocks: list[Fenced] = []
    prose: list[str] = []
    above: list[str] = []
    at = 0
    while at < len(lines):
        opening = fence_of(lines[at])
        if opening is None:
            line = lines[at][: content_length(lines[at])]
            prose.append(line)
            above += [bare] if (bare := line.strip()) else []
            at += 1
            continue
        stop = _closing(lines, at, opening)
        if stop is None:
            return Answer(tuple(blocks), "\n".join(prose).strip(), unclosed=True)
        body = _moved_out(lines[at + 1 : stop], opening.lead)
        word, info = word_of(opening.info), opening.info
        blocks.append(Fenced(word, info, body, starts[at], starts[stop + 1], tuple(above)))
        above, at = [], stop + 1
    return Answer(tuple(blocks), "\n".join(prose).strip())


def between(lines: Sequence[str], first: int, last: int, opening: Fence) -> Answer:
    """A text whose one block stands between two of its lines, the fences.

    Args:
        lines: the text, with line ends.
        first: the line of the first fence, from 0.
        last: that of the last.
        opening: the first fence.
    """
    starts = list(accumulate(map(len, lines), initial=0))
    body = "".join(lines[first + 1 : last])
    above = tuple(bare for line in lines[:first] if (bare := line.strip()))
    word, info = word_of(opening.info), opening.info
    block = Fenced(word, info, body, starts[first], starts[last + 1], above)
    prose = "".join([*lines[:first], *lines[last + 1 :]]).replace("\r\n", "\n").strip()
    return Answer((block,), prose)


def fence_of(line: str) -> Fence | None:
    """The fence that a line is; None for any other line. Line ends and a BOM do not matter."""
    if len(line) > _LONGEST or ("```" not in line and "~~~" not in line):
        return None
    content = line[: content_length(line)].removeprefix(_BOM)
    found = _FENCE.fullmatch(content)
    if found is None:
        return None
    return Fence(found["lead"], found["marks"], found["info"].strip())


def word_of(info: str) -> str:
    """The language that an info string names: of `{.python .numberLines}`, `python`."""
    found = _WORD.match(info)
    word = (found["word"] or "").lower() if found else ""
    behind = info[found.end() : found.end() + 1] if found else ""
    is_path = behind in {"/", "\\"} or ("." in word and word not in _DOTTED)
    return "" if is_path or behind == "=" else word


def fence_around(text: str) -> str:
    """A fence of backticks that is longer than any in the text."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    return "`" * (longest + 1)


def _closing(lines: Sequence[str], opening_at: int, opening: Fence) -> int | None:
    """The line that closes the block which a line opens; None when there is none."""
    deepest = _width(opening.lead) + _CLOSING_SHIFT
    depth = 1
    for at in range(opening_at + 1, len(lines)):
        fence = fence_of(lines[at])
        if fence is None or not _belongs(fence, opening) or _width(fence.lead) > deepest:
            continue
        if not fence.info:
            depth -= 1
        elif len(fence.marks) == len(opening.marks):
            depth += 1
        if not depth:
            return at
    return None


def _belongs(fence: Fence, opening: Fence) -> bool:
    """Whether a fence is of the block's kind, and stands in the same container.

    A list item inside of the block may hold a fence of its own, which is text of the block.
    """
    if fence.marks[0] != opening.marks[0] or len(fence.marks) < len(opening.marks):
        return False
    return not _ITEM.search(fence.lead) and ">" not in fence.lead.removeprefix(_quoted(opening))


def _quoted(fence: Fence) -> str:
    """The part of the lead that every line of a quotation repeats."""
    return fence.lead[: fence.lead.rfind(">") + 1]


def _width(lead: str) -> int:
    return len(lead.expandtabs(4))


def _moved_out(lines: Sequence[str], lead: str) -> str:
    """The lines without the lead of their fence, as inside an item of a list."""
    margin = _ITEM.sub(lambda item: " " * len(item.group()), lead)
    if ">" in margin:
        return "".join(_unquoted(line, margin) for line in lines)
    if not margin or not all(line.startswith(margin) for line in lines if line.strip()):
        return "".join(lines)
    return "".join(line.removeprefix(margin) for line in lines)


def _unquoted(line: str, margin: str) -> str:
    if line.startswith(margin):
        return line.removeprefix(margin)
    return line.removeprefix(margin.rstrip(" \t"))
