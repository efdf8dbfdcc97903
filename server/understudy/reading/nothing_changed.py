"""What is said of a block that leads to the text as it is: it may have been meant to take lines away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.runs import changed_runs
from understudy.reading import Refusal, unreadable
from understudy.reading.headings import heading_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading import UnreadableError

_MOST = 5
_SHOWN = 100
_PART = 0.25
"""A block with less than this share of the lines was not meant to be all of them."""


def nothing_changed(lines: Sequence[str], old: Sequence[str]) -> UnreadableError:
    """The error for a block that changes nothing, with the definitions that it lacks.

    Args:
        lines: of the block, without their ends like the others.
        old: the lines that it was to replace.
    """
    new, there = ([line.rstrip() for line in one if line.strip()] for one in (lines, old))
    runs = list(changed_runs(there, new))
    if any(run.new_start < run.new_stop for run in runs) or len(new) < _PART * len(there):
        runs = []
    gone = [there[run.old_start : run.old_stop] for run in runs]
    named = [_named(each) for each in gone]
    if not named:
        return unreadable(Refusal.NO_CHANGE, "The block changes nothing.")
    shown = ", ".join(f"`{name}`" for name in named[:_MOST])
    return unreadable(
        Refusal.NO_CHANGE,
        f"The block lacks {shown}, and changes nothing else.",
        gone[0][0],
        f"The block lacks {shown}, and changes nothing else: if that is to go, write search/replace"
        " that quotes its lines and puts nothing in their place; else write the change.",
    )


def _named(lines: Sequence[str]) -> str:
    """The first definition that lines hold, or else the first of them."""
    return next(filter(None, map(heading_of, lines)), lines[0].strip()[:_SHOWN])
