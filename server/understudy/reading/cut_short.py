"""A text that is nothing but the beginning of the lines in whose place it is to stand.

A model that stops halfway and closes its fence has written such a text, and so has one that was to take
the last lines away. What goes tells them apart, and what was asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.failures.comments import comment_in
from understudy.reading import Refusal, Repair, unreadable
from understudy.reading.entries import definition_stop
from understudy.reading.headings import heading_at, heading_of
from understudy.reading.heads import head_of
from understudy.reading.never_reached import depth_of, is_never_reached
from understudy.reading.symbols import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.reading.neighbours import Around

_CLOSES = re.compile(r"[)\]}>;,]*(?:(?:end|fi|done|esac)\b[)\]};,]*)?")
_IDLE = re.compile(r"\s*(?:return(?: None| undefined)?;?|pass)\s*")
_GIVES = re.compile(r"\s*return[ (](?!\s*(?:None|undefined|nil)?;?\s*\Z)")
_SEVERAL = 3
"""So many lines at the end of a function are more than its result."""
_SHOWN = 100


class _Cut(NamedTuple):
    """Where a text ends.

    Attributes:
        kept: the old lines that it has.
        gone: the numbers of the others, without comments, blank lines and mere ends.
    """

    kept: Sequence[str]
    gone: Sequence[int]


def closes(line: str) -> bool:
    """Whether a line only ends what others began, or is blank."""
    return _CLOSES.fullmatch(line.strip()) is not None


def cut_short(lines: Sequence[str], around: Around) -> Repair | None:
    """A repair of high risk for a text that ends too early; None where all may go that it lacks.

    Lines may go that are never reached, that do nothing, and those that a diagnostic marks.

    Args:
        lines: of the text, without their ends.
        around: what they replace.

    Raises:
        UnreadableError: the text ends within a block, or long before a function's result.
    """
    cut = _cut(lines, around)
    if cut is None:
        return None
    if _is_open(lines, around):
        raise _refusal(cut, around)
    if not cut.gone or _is_idle(cut, around.old) or _is_marked(cut, around):
        return None
    if is_never_reached(cut.kept, [around.old[at] for at in cut.gone]):
        return None
    is_long = len(cut.gone) >= _SEVERAL and _GIVES.match(around.old[cut.gone[-1]])
    if is_long and not _is_at_a_border(cut, around):
        raise _refusal(cut, around)
    return Repair("last lines left out", around.old[cut.gone[0]].strip()[:_SHOWN], "high")


def is_beginning(lines: Sequence[str], around: Around) -> bool:
    """Whether a text is nothing but the beginning of the old lines, and the ends of what it begins."""
    return _cut(lines, around) is not None


def _cut(lines: Sequence[str], around: Around) -> _Cut | None:
    real = [(at, line.rstrip()) for at, line in enumerate(around.old) if line.strip()]
    new = [line.rstrip() for line in lines if line.strip()]
    while new and closes(new[-1]):
        new.pop()
    kept = [line for _, line in real[: len(new)]]
    if not new or new != kept:
        return None
    gone = [at for at, line in real[len(new) :] if not _is_nothing(line, around.language)]
    return _Cut(kept, gone)


def _is_nothing(line: str, language: str) -> bool:
    return closes(line) or bool(comment_in(line, language))


def _is_open(lines: Sequence[str], around: Around) -> bool:
    """Whether brackets or a block of Python are left open which the old lines close."""
    if depth_of(lines) > 0 >= depth_of(around.old):
        return True
    is_python = around.language == "python"
    return is_python and tree_of(lines) is None and tree_of(around.old) is not None


def _is_at_a_border(cut: _Cut, around: Around) -> bool:
    """Whether all that goes are whole definitions."""
    old, at = around.old, cut.gone[0]
    while at < len(old):
        at += head_of(old[at:], around.language).stop
        if at < len(old) and heading_at(old, at):
            at = definition_stop(old, at)
        elif at < len(old) and not _is_nothing(old[at], around.language):
            return False
        else:
            at += 1
    return True


def _is_idle(cut: _Cut, old: Sequence[str]) -> bool:
    """Whether only a line goes that does nothing at the end of a definition, outside of its loops."""
    line = old[cut.gone[0]]
    if len(cut.gone) > 1 or not _IDLE.fullmatch(line):
        return False
    if "pass" in line:
        return True
    head = next((one for one in cut.kept if heading_of(one)), "")
    depths = (len(indent_of(one)) for one in (*cut.kept, line) if not closes(one))
    outer = len(indent_of(head))
    return bool(head) and len(indent_of(line)) == min(one for one in depths if one > outer)


def _is_marked(cut: _Cut, around: Around) -> bool:
    """Whether a diagnostic marks all that goes, or the line with which each statement of it begins.

    One that marks lines which stay as well is about more than the end.
    """
    return around.marked.start >= cut.gone[0] and all(_covered(cut, around))


def _covered(cut: _Cut, around: Around) -> Iterator[bool]:
    depth: int | None = None
    for at in cut.gone:
        own = len(indent_of(around.old[at]))
        if at in around.marked:
            depth = own if depth is None else min(depth, own)
        yield at in around.marked or (depth is not None and own > depth)


def _refusal(cut: _Cut, around: Around) -> Exception:
    behind = around.old[cut.gone[0]] if cut.gone else around.old[-1]
    last, missing = cut.kept[-1].strip()[:_SHOWN], behind.strip()[:_SHOWN]
    return unreadable(
        Refusal.TRUNCATED,
        f"The block ends at `{last}`, and the lines go on.",
        last,
        f"The block ends at `{last}` and lacks all lines from `{missing}` on: write all of them.",
    )
