"""Fewer lines to ask about: those around the problem, out of the block that they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.edit_formats import EditFormat, Region
    from understudy.engine.subject import Subject

_MARGIN = 3
"""Lines on either side of the problem, so that what is written fits to them."""
_SHARE = 0.7
"""Only so many lines, by their share, are fewer by enough to make a difference."""


def narrower(subject: Subject, region: Region, edit_format: EditFormat) -> range | None:
    """The lines to ask about in place of a region's; None where they are hardly fewer.

    Args:
        subject: what is asked.
        region: that was asked about.
        edit_format: in which; some are about files as a whole.
    """
    lines = _lines_of(subject)
    if lines is None or edit_format.whole_file:
        return None
    first = max(lines.start - _MARGIN, region.lines.start)
    stop = min(lines.stop + _MARGIN, region.lines.stop)
    if first >= stop or stop - first > _SHARE * len(region.lines):
        return None
    return range(first, stop)


def _lines_of(subject: Subject) -> range | None:
    """The lines that the task is about, without what belongs to them."""
    if subject.wish is not None:
        chosen = subject.wish.selected
        return chosen if chosen and not subject.wish.whole else None
    if subject.target is None:
        return None
    return subject.view.index.lines_of(subject.target.span)
