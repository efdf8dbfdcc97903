"""The lines that take the place of quoted ones, as the file would have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.core.runs import Run, changed_runs
from understudy.reading import Match
from understudy.reading.ellipsis import pieces
from understudy.reading.indent_map import IndentMap
from understudy.reading.moving import kept_strings
from understudy.reading.normal import plain_characters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.reading.places import Place


def is_paired(wanted: Sequence[str], new: Sequence[str]) -> bool:
    """Whether marks for left-out lines stand in both texts, so that each has its counterpart."""
    return len(pieces(wanted)) == len(pieces(new))


def replaced(
    file: Sequence[str], place: Place, wanted: Sequence[str], new: Sequence[str]
) -> list[str]:
    """The lines that take the place of `place.lines`; all are lines without their ends.

    A line that is equal in `wanted` and `new` stays as the file has it, byte for byte. Of a place
    found around marks for left-out lines, `is_paired` must hold.
    """
    lines = in_file_style(file, place, wanted, new)
    done: list[str] = []
    at = place.lines.start
    for run in _runs(place, wanted, new):
        # What stands in front of the run stays, with blank lines that only the file has.
        if run.old_start == run.old_stop and run.old_start:
            stop = place.rows[run.old_start - 1].stop
        else:
            stop = place.rows[run.old_start].start
        done += file[at : max(stop, at)]
        done += _once(lines[run.new_start : run.new_stop], place, run)
        at = place.rows[run.old_stop - 1].stop if run.old_stop > run.old_start else max(stop, at)
    return [*done, *file[at : place.lines.stop]]


def _once(come: list[str], place: Place, run: Run) -> list[str]:
    """New lines without blank ones at their borders, where blank ones that only the file has stay."""
    rows = place.rows
    start, stop = 0, len(come)
    above = run.old_start < run.old_stop and run.old_start > 0
    if above and rows[run.old_start].start > rows[run.old_start - 1].stop:
        start = next((at for at, line in enumerate(come) if line.strip()), stop)
    if 0 < run.old_stop < len(rows) and rows[run.old_stop].start > rows[run.old_stop - 1].stop:
        while stop > start and not come[stop - 1].strip():
            stop -= 1
    return come[start:stop]


def _runs(place: Place, wanted: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """The runs of lines that differ, none of which holds a mark for left-out lines."""
    if place.match is not Match.ELISION:
        yield from changed_runs(wanted, new)
        return
    old_at = new_at = 0
    for old_piece, new_piece in zip(pieces(wanted), pieces(new), strict=True):
        for run in changed_runs(old_piece, new_piece):
            yield Run(
                old_at + run.old_start,
                old_at + run.old_stop,
                new_at + run.new_start,
                new_at + run.new_stop,
            )
        old_at, new_at = old_at + len(old_piece) + 1, new_at + len(new_piece) + 1


def in_file_style(
    file: Sequence[str], place: Place, wanted: Sequence[str], new: Sequence[str]
) -> list[str]:
    """The new lines with the file's indentation and kinds of quotes, as far as it shows them."""
    lines = list(new)
    if place.match is Match.CHARACTERS:
        found = [file[number] for row in place.rows for number in row]
        characters = plain_characters(wanted, found)
        lines = [line.translate(characters) for line in lines]
    if any(map(indent_of, lines)) and not any(map(indent_of, wanted)):
        lines = IndentMap.of_style(lines, file).applied(lines)
    if place.indent is None:
        return lines
    pairs = zip(wanted, place.rows, strict=True)
    moved = {line for line, row in pairs if row and line.strip() and file[row.start] != line}
    kept = kept_strings(lines, moved)
    done = _map_for(place.indent, wanted, lines).applied(lines, kept)
    return _first_line_back(file, place, wanted, done)


def _map_for(indent: IndentMap, wanted: Sequence[str], new: Sequence[str]) -> IndentMap:
    """The map, for a single line that was found without its indentation.

    Whether all lines were moved out, or only the first one lost its blanks, is seen by the new
    lines below it: those that are as far in as the file's line have not been moved.
    """
    real = [line for line in new if line.strip()]
    depth = indent.known.get("", "")
    single = sum(bool(line.strip()) for line in wanted) == 1
    if not single or not depth or len(real) < 2 or indent_of(real[0]):
        return indent
    inner = min((indent_of(line) for line in real[1:]), key=len)
    opens = real[0].rstrip().endswith((":", "{", "(", "["))
    if len(inner) > len(depth) or (inner == depth and not opens):
        return IndentMap({depth: depth}, ("", depth))
    return indent


def _first_line_back(
    file: Sequence[str], place: Place, wanted: Sequence[str], new: list[str]
) -> list[str]:
    """The new lines, the first with the blanks that it has in the file, when they were cut off.

    A first line that was not the first one before has another indentation than that one.
    """
    if place.indent is None or place.indent.first is None or not new:
        return new
    key = new[0].strip()
    same = [number for number, line in enumerate(wanted) if key and line.strip() == key]
    if len(same) == 1 and len(place.rows[same[0]]) == 1:
        new[0] = indent_of(file[place.rows[same[0]].start]) + key
    return new
