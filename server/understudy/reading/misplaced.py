"""What shows that a block can't be the new text of the lines that it is to replace."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.failures.elision import is_elision
from understudy.failures.grammar import fault, has_parser
from understudy.reading import Refusal, unreadable
from understudy.reading.headings import heading_of
from understudy.reading.never_reached import depth_of
from understudy.reading.shape import common_indent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.reading import UnreadableError

_SHOWN = 100
_SEVERAL = 2
"""A single line may be anything."""


def cut_off(lines: Sequence[str], old: Sequence[str]) -> UnreadableError | None:
    """The error for a block that ends within a line of the old text, and lacks all behind it.

    Args:
        lines: of the block, without their ends like the others.
        old: the lines that it replaces.
    """
    own = [line for line in lines if line.strip()]
    last = own[-1].rstrip() if own else ""
    if not last or last in old:
        return None
    there = [line for line in old if line.strip()]
    count, known = Counter(lines), Counter(old)
    # The lines behind the last one that the block has are those that it lacks.
    first = max((at for at, line in enumerate(there) if count[line] >= known[line]), default=0)
    begun = [at for at in range(first, len(there)) if there[at].startswith(last)]
    # Of several that begin so, the one behind the same line is meant.
    same = (at for at in begun if at and there[at - 1 : at] == own[-2:-1])
    at = next(same, next(iter(begun), -1))
    if at < 0 or (at + 1 == len(there) and not _is_within_a_line(own, there)):
        return None
    return unreadable(
        Refusal.TRUNCATED,
        f"The block ends within a line: `{last.strip()[:_SHOWN]}`.",
        last,
        f"The block ends within the line `{there[at].strip()[:_SHOWN]}`: write all of it.",
    )


def _is_within_a_line(lines: Sequence[str], old: Sequence[str]) -> bool:
    """Whether lines end where the very last old one has a blank and goes on, or within brackets."""
    last, whole = lines[-1], old[-1]
    if len(last) >= len(whole) or not whole.startswith(last.rstrip()) or lines[-2:-1] != old[-2:-1]:
        return False
    goes_on = last.endswith((" ", "\t")) and whole.startswith(last)
    return goes_on or depth_of([last]) > 0 >= depth_of([whole])


def of_another_place(
    lines: Sequence[str], old: Sequence[str], others: Iterable[str]
) -> UnreadableError | None:
    """The error for a block that holds another function or class of the file in place of its own.

    Args:
        lines: of the block, without their ends like the others.
        old: the lines that it replaces.
        others: all other lines of the file.
    """
    own, new = set(_headings(old)), _outermost(lines)
    if not own or not new or not own.isdisjoint(_headings(lines)):
        return None
    found = new & {name for line in others if (name := heading_of(line))}
    if not found:
        return None
    name = min(found)
    return unreadable(
        Refusal.NO_EDIT,
        f"The block holds `{name}`, which stands elsewhere in the file.",
        name,
        f"The block holds `{name}`, but it replaces `{min(own)}`: write the new text of that.",
    )


def is_no_code(lines: Sequence[str], old: Sequence[str], language: str) -> bool:
    """Whether lines are not of a language that the old ones are of, and none of them is an old one.

    That is only looked at where a block does not name its language: it may be what a tool printed.
    """
    real = {line.strip() for line in lines if line.strip()}
    if len(real) < _SEVERAL or not real.isdisjoint(line.strip() for line in old):
        return False
    if not has_parser(language) or any(map(is_elision, lines)):
        return False
    return _parses(old, language) and not _parses(lines, language)


def _parses(lines: Sequence[str], language: str) -> bool:
    margin = common_indent([line for line in lines if line.strip()])
    text = "\n".join(line.removeprefix(margin) for line in lines)
    return fault(text + "\n", language) is None


def _headings(lines: Iterable[str]) -> list[str]:
    return [name for line in lines if (name := heading_of(line))]


def _outermost(lines: Sequence[str]) -> set[str]:
    """The names of what begins farthest out in the lines."""
    named = [(len(indent_of(line)), name) for line in lines if (name := heading_of(line))]
    depth = min((one for one, _ in named), default=0)
    return {name for one, name in named if one == depth}
