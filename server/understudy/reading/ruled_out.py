"""Old lines that are in the file, but not in the definition that is named above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.reading import Match
from understudy.reading.places import places_at

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 8
_WIDTH = 100


def ruled_out(file: Sequence[str], old: Sequence[str], anchors: Sequence[str]) -> str:
    """Where lines stand that were not found where they were said to be, as a sentence for a model.

    Args:
        file: the document's lines, without their ends like the others.
        old: the lines that were looked for.
        anchors: the lines that are named above their place, the outermost first.

    Returns:
        Nothing where they have no place at all, or none is said.
    """
    if not anchors or not any(map(str.strip, old)):
        return ""
    places = [place.lines.start + 1 for place in places_at(file, old, Match.CHARACTERS)]
    if not places:
        return ""
    lines = ", ".join(map(str, places[:_MOST]))
    word = "line" if len(places) == 1 else "lines"
    return (
        f"They begin at {word} {lines}, and not in `{anchors[-1].strip()[:_WIDTH]}`, which is named"
        " above them: name what they stand in, or nothing."
    )
