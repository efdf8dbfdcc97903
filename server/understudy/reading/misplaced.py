"""What shows that a block can't be the new text of the lines that it is to replace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.failures.elision import is_elision
from understudy.failures.grammar import fault, has_parser
from understudy.reading import Refusal, unreadable
from understudy.reading.headings import heading_of
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
    last = next((line for line in reversed(lines) if line.strip()), "").rstrip()
    if not last or last in old:
        return None
    at = next((n for n, line in enumerate(old) if line.startswith(last)), len(old))
    rest = [line for line in old[at + 1 :] if line.strip()]
    if not rest or rest[-1] in lines or not set(rest).isdisjoint(lines[-len(rest) :]):
        return None
    return unreadable(
        Refusal.TRUNCATED,
        f"The block ends within a line: `{last.strip()[:_SHOWN]}`.",
        last,
        f"The block ends within the line `{old[at].strip()[:_SHOWN]}`: write all of it.",
    )


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
