"""Lines of an edit that stand in the place of code: refused where they say so, else for review."""

from __future__ import annotations

from understudy.failures.stand_ins import stand_ins
from understudy.reading import Refusal, Repair, unreadable
from understudy.reading.shape import contents

_SHOWN = 80


def standing_in(before: str, after: str, language: str) -> tuple[Repair, ...]:
    """A repair of high risk for each line that may stand for code of a document.

    Raises:
        UnreadableError: for a line that says so.
    """
    found = stand_ins(contents(before), contents(after), language)
    for one in found:
        if one.is_sure:
            text, lines = one.text[:_SHOWN], f"{one.lost} line{'s' if one.lost > 1 else ''}"
            raise unreadable(
                Refusal.ELIDED,
                f"`{text}` stands in the place of {lines} of code.",
                text,
                f"The line `{text}` would be written into the file in place of real lines: write all"
                " of them, or leave that line out if they are to go.",
            )
    return tuple(
        Repair("perhaps in the place of code", f"`{one.text[:_SHOWN]}`", "high") for one in found
    )
