"""A block that begins a definition and does not end it, or wraps it in what stands around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.reading import Refusal, unreadable
from understudy.reading.headings import heading_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading import UnreadableError
    from understudy.reading.neighbours import Around

_NO_BODY = frozenset({"...", "\u2026"})
_ENDS = frozenset({"}", "};", "},", "})", "});", "end"})
_HEAD = re.compile(r"(?:package|import|from|use|using|namespace|#include|require)\b")


def lacks_its_body(lines: Sequence[str], around: Around) -> UnreadableError | None:
    """The error for a block with the heading of the old lines, without their body or their end.

    Args:
        lines: of the block, from the heading on, without their ends.
        around: what they replace.
    """
    new, old = ([one.strip() for one in some if one.strip()] for some in (lines, around.old))
    if len(old) < 2 or not new:
        return None
    at = next((at for at, line in enumerate(new) if heading_of(line)), 0)
    body = new[at + 1 :]
    if (
        new[at].endswith((":", "{"))
        and _NO_BODY.issuperset(body)
        and not _NO_BODY.issuperset(old[1:])
    ):
        return _refusal(new[at], "holds only the first line of the definition")
    if old[-1] in _ENDS and len(new) > 1 and not _is_ended(lines, new[at]):
        return _refusal(old[-1], f"lacks the last line, `{old[-1]}`")
    return None


def _is_ended(lines: Sequence[str], heading: str) -> bool:
    """Whether the last line is not farther in than the heading, or what is left open is closed there."""
    real = [line for line in lines if line.strip()]
    depth = next((len(indent_of(line)) for line in real if line.strip() == heading), 0)
    opened = sum(line.count("{") - line.count("}") for line in real)
    return len(indent_of(real[-1])) <= depth or opened <= 0


def _refusal(line: str, what: str) -> UnreadableError:
    return unreadable(
        Refusal.ELIDED,
        f"The block {what}.",
        line[:100],
        f"The block {what}: write all of the lines, from the first to the last.",
    )


def without_outer_ends(lines: list[str]) -> list[str]:
    """The lines of a definition without the ends of what was around it."""
    depth = len(indent_of(lines[0])) if lines else 0
    stop = len(lines)
    while stop > 1:
        line = lines[stop - 1]
        if line.strip() and (line.strip() not in _ENDS or len(indent_of(line)) >= depth):
            break
        stop -= 1
    return lines[:stop]


def repeats_file_head(head: Sequence[str], around: Around) -> bool:
    """Whether the lines above a definition are all imports and the like that the file has already."""
    above = {line.strip() for line in around.above}
    bare = [line.strip() for line in head]
    return bool(bare) and _HEAD.match(bare[0]) is not None and above.issuperset(bare)
