"""Whole files in brief of which other pieces show everything already."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.context.items import Chosen, Item, Level

_GAP = "…"


def adding_nothing(chosen: Sequence[Chosen]) -> tuple[Item, ...]:
    """The files, not shown in full, that add no line to what other pieces show of them."""
    return tuple(
        one.item
        for one in chosen
        if one.item.tier == "full_files" and one.level.form != "full" and not one.item.required
        if _lines([one.level]) <= _lines(_beside(one, chosen))
    )


def _beside(file: Chosen, chosen: Iterable[Chosen]) -> Iterable[Level]:
    """What pieces that are no whole files show of a file."""
    return (
        one.level
        for one in chosen
        if one.item.path == file.item.path
        and one.item.tier != "full_files"
        and file.item.start <= one.item.start
        and one.item.stop <= file.item.stop
    )


def _lines(levels: Iterable[Level]) -> set[str]:
    """The lines with something on them, without marks of gaps."""
    lines = (line.strip() for level in levels for line in level.text.split("\n"))
    return {line for line in lines if line and _GAP not in line}
