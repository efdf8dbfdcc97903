"""The lines around those that are replaced, where a block repeats some of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.reading import Refusal, Repair, unreadable
from understudy.reading.headings import heading_of
from understudy.reading.overlaps import overlap
from understudy.reading.shape import common_indent, contents
from understudy.reading.strings import inside_strings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading import UnreadableError

_STATEMENT = re.compile(
    r"(?:async|class|def|for|from|if|import|raise|return|try|while|with)\b|[\w.]+ *=[^=]"
)
_COMMENT_BEGINS = frozenset({"/*", "/**", "/*!"})
_LETTERS = 4
"""Letters and digits that lines must have before their being in two places says anything."""


class Around(NamedTuple):
    """The lines that are replaced, and those around them; all without their ends.

    Attributes:
        old: the given lines.
        above / below: all others of the document.
        language: an LSP language id.
        marked: which of the given lines a diagnostic marks, counted from 0.
    """

    old: Sequence[str]
    above: Sequence[str]
    below: Sequence[str]
    language: str
    marked: range = range(0)


def around_lines(text: str, lines: range, language: str, marked: range = range(0)) -> Around:
    """The lines of a document that are replaced, and those around them.

    Args:
        text: of the document, without a byte order mark.
        lines: counted from 0, like the others.
        language: an LSP language id.
        marked: those of the document that a diagnostic marks.
    """
    file, first = contents(text), lines.start
    above, old, below = file[:first], file[first : lines.stop], file[lines.stop :]
    return Around(old, above, below, language, range(marked.start - first, marked.stop - first))


def without_below(lines: list[str], around: Around, repairs: list[Repair]) -> list[str]:
    """The lines without those that they repeat from below the old ones."""
    real, below, old = (
        [line.rstrip() for line in some if line.strip()]
        for some in (lines, around.below, around.old)
    )
    bare = _without_outer_blanks(lines, around)
    if len(bare) < len(lines):
        repairs.append(Repair("blank lines around it left out", risk="none"))
        lines = bare
    repeated = overlap(below, real)
    if not 0 < repeated < len(real) or old[-repeated:] == real[-repeated:]:
        return lines
    if not tells(real[-repeated:]) and not _ends_too_much(real, repeated, around):
        return lines
    repairs.append(Repair("lines around it left out", real[-1].strip()[:80]))
    numbers = [at for at, line in enumerate(lines) if line.strip()]
    return list(lines[: numbers[-repeated - 1] + 1])


def _without_outer_blanks(lines: list[str], around: Around) -> list[str]:
    """The lines without blank ones at their borders that the lines around the old ones have."""
    start, stop = 0, len(lines)
    old = around.old
    if not old or not any(map(str.strip, lines)):
        return lines
    if old[0].strip() and around.above and not around.above[-1].strip():
        start = next(at for at, line in enumerate(lines) if line.strip())
    if old[-1].strip() and around.below and not around.below[0].strip():
        stop -= next(at for at, line in enumerate(reversed(lines)) if line.strip())
    return lines[start:stop]


def _ends_too_much(real: Sequence[str], repeated: int, around: Around) -> bool:
    """Whether the last lines of a block close what the lines below the old ones close as well."""
    old = [line for line in around.old if line.strip()]
    if all(line.strip() in _COMMENT_BEGINS for line in real[-repeated:]):
        return True
    margin = len(common_indent(old))
    is_outside = all(len(indent_of(line)) < margin for line in real[-repeated:])
    if is_outside and len(common_indent(real[:-repeated])) >= margin:
        return True
    if left_open(real) == left_open(old):
        return False
    if is_outside:
        return True
    # Where the file's braces did not match, the block may have put them right.
    whole = (*around.above, *old, *around.below)
    return not left_open(whole) and left_open(real[:-repeated]) == left_open(old)


def left_open(lines: Sequence[str]) -> int:
    """How many braces are opened and not closed in the lines; less than 0 for too many ends."""
    return sum(line.count("{") - line.count("}") for line in lines)


def refuse_neighbours(lines: Sequence[str], around: Around) -> None:
    """Refuses lines that hold what stands below the old ones, or less far in than they do."""
    real = [line.strip() for line in lines if line.strip()]
    if has_sibling(real[1:], around.below, around.old):
        raise neighbours(real[-1])
    old = [line for line in around.old if line.strip()]
    if around.language == "python" and (wrong := _too_far_out(lines, len(common_indent(old)))):
        raise neighbours(wrong)


def _too_far_out(lines: Sequence[str], margin: int) -> str:
    """The first statement that is less far in than all old lines; empty for none."""
    inside = inside_strings(lines, "python") or frozenset()
    return next(
        (
            line.strip()
            for at, line in enumerate(lines)
            if at not in inside and len(indent_of(line)) < margin and _STATEMENT.match(line.strip())
        ),
        "",
    )


def has_sibling(bare: Sequence[str], others: Sequence[str], old: Sequence[str]) -> bool:
    """Whether lines hold the next definition that the neighbourhood begins with."""
    heading = next((line.strip() for line in others if heading_of(line)), "")
    return bool(heading) and heading in bare and heading not in {line.strip() for line in old}


def outer_headings(around: Around) -> list[str]:
    """The lines that begin the definitions around the old lines, the innermost first."""
    real = [line for line in around.old if line.strip()]
    depth = len(common_indent(real)) if real else 0
    found = []
    for line in reversed(around.above):
        if not depth:
            break
        if line.strip() and len(indent_of(line)) < depth:
            depth = len(indent_of(line))
            found.append(line)
    return [line for line in found if heading_of(line)]


def tells(lines: Sequence[str]) -> bool:
    """Whether lines hold enough for their being in two places to say anything."""
    return sum(map(str.isalnum, "".join(lines))) >= _LETTERS


def neighbours(line: str) -> UnreadableError:
    """The error for a block with a line from around those that it replaces."""
    shown = line.strip()[:100]
    return unreadable(
        Refusal.NO_EDIT,
        f"The block holds `{shown}`, which is no part of the lines that it replaces.",
        shown,
        f"The block holds `{shown}`, which stands around the lines that it replaces: write only the"
        " new text of these.",
    )


def is_whole_file(lines: Sequence[str], around: Around) -> bool:
    """Whether a block is the whole file in place of the old lines."""
    head = [line for line in around.above if line.strip()]
    tail = [line for line in around.below if line.strip()]
    written = [line for line in lines if line.strip()]
    if not (head or tail) or len(written) <= len(head) + len(tail):
        return False
    return written[: len(head)] == head and (not tail or written[-len(tail) :] == tail)
