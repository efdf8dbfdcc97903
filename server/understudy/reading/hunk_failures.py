"""What a model is told about hunks that have no place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.reading import Refusal, unreadable
from understudy.reading.ruled_out import ruled_out
from understudy.reading.similar import nearest_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.reading import UnreadableError
    from understudy.reading.placing import Unplaced

_TOLD = 3
"""So many hunks are explained; the others are counted."""
_LINES = 30
_WIDTH = 200


def unplaced(file: Sequence[str], wrong: Sequence[Unplaced], total: int) -> UnreadableError:
    """The error for the hunks of a file that have no place, of `total` ones."""
    refusals = {one.missing.refusal for one in wrong}
    refusal = Refusal.NOT_FOUND if Refusal.NOT_FOUND in refusals else Refusal.AMBIGUOUS
    first = next(one for one in wrong if one.missing.refusal is refusal)
    what = "stand in the file several times"
    if refusal is Refusal.NOT_FOUND:
        is_apart = all(_ruled_out(file, one) for one in wrong if one.missing.refusal is refusal)
        what = "stand elsewhere than is said" if is_apart else "are not in the file"
    return unreadable(
        refusal,
        f"The old lines of {len(wrong)} of {total} hunks {what}.",
        "\n".join(first.hunk.old),
        "\n".join(_teaching(file, wrong, total)),
    )


def _teaching(file: Sequence[str], wrong: Sequence[Unplaced], total: int) -> Iterator[str]:
    yield f"{len(wrong)} of {total} hunks could not be placed, so none was carried out."
    for one in wrong[:_TOLD]:
        yield from _explained(file, one)
    if len(wrong) > _TOLD:
        yield f"The same goes for {len(wrong) - _TOLD} more."
    yield "Copy context and old lines from the file as they stand, and send all hunks again."


def _explained(file: Sequence[str], one: Unplaced) -> Iterator[str]:
    missing, old = one.missing, one.hunk.old
    if not old:
        yield "A hunk adds lines without any context: write some lines above or below them."
        return
    if missing.refusal is Refusal.AMBIGUOUS:
        yield "These lines stand in the file several times:"
        yield from _quoted(old)
        lines = ", ".join(str(at + 1) for at in missing.places[:10])
        yield f"They begin at lines {lines}. Give more context, or an `@@` line that names the place."
        return
    if where := _ruled_out(file, one):
        yield "These lines do not stand where it is said:"
        yield from _quoted(old)
        yield where
        return
    yield "These lines are not in the file:"
    yield from _quoted(old)
    near = nearest_lines(file, old)
    if near is not None:
        yield f"Did you mean the lines from {near.start + 1} on?"
        yield from _quoted(file[near.start : near.stop])


def _ruled_out(file: Sequence[str], one: Unplaced) -> str:
    return ruled_out(file, one.hunk.old, one.hunk.anchors)


def _quoted(lines: Sequence[str]) -> Iterator[str]:
    for line in lines[:_LINES]:
        yield f"| {line[:_WIDTH]}"
    if len(lines) > _LINES:
        yield f"| ({len(lines) - _LINES} more lines)"
