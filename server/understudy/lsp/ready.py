"""Verified edits that wait to be taken, carried along while the user types elsewhere.

Carrying an edit along costs what its own lines cost, however long the document is: it happens for
every keystroke.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from understudy.core.rebase import rebase_lines
from understudy.core.text import shift
from understudy.workspace.paths import path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from understudy.core.lines import LineIndex
    from understudy.core.rebase import LineChange
    from understudy.core.text import Edit
    from understudy.engine.other_files import Other
    from understudy.engine.outcome import Outcome
    from understudy.lsp.documents import Document

S = TypeVar("S", bound="Spot")


@dataclass(frozen=True, slots=True)
class Spot:
    """A run of lines that an edit depends on.

    Attributes:
        first: the number of the first of them.
        lines: their text, ends included; the edit only fits exactly these.
    """

    first: int
    lines: tuple[str, ...]

    @property
    def stop(self) -> int:
        """The number of the line behind the last one."""
        return self.first + len(self.lines)

    def shares(self, first: int, last: int) -> bool:
        """Whether one of its lines is among `first` to `last`."""
        return self.first <= last and first < self.stop


@dataclass(frozen=True, slots=True)
class Place(Spot):
    """The lines that one edit touches.

    Attributes:
        edit: in code points from the start of the first line.
    """

    edit: Edit


@dataclass(frozen=True, slots=True)
class Ready:
    """A verified edit of one document.

    Attributes:
        id: the name under which it is taken or discarded.
        version: the document's version that `places` belong to.
        outcomes: what was proved; several when one edit mends several diagnostics.
        moved: how many changes it was carried over.
        problems: where the diagnostics stand that it mends; without one of them nothing is mended.
            Of an edit that changes other documents alone, the line where it was asked for.
        files: what becomes of other documents; the edit is taken with all of them or not at all.
        part_of: the id of the edit that it is a part of, proved alone; empty for a whole one.
    """

    id: str
    uri: str
    version: int
    places: tuple[Place, ...]
    outcomes: tuple[Outcome, ...]
    title: str
    moved: int = 0
    problems: tuple[Spot, ...] = ()
    files: tuple[Other, ...] = ()
    part_of: str = ""

    def is_offered_at(self, first: int, last: int) -> bool:
        """Whether the edit or a problem that it mends has a line among `first` to `last`."""
        here = range(self.lines.start, max(self.lines.stop, self.lines.start + 1))
        edited = here.start <= last and first < here.stop
        return edited or any(one.shares(first, last) for one in self.problems)

    @property
    def lines(self) -> range:
        """From the first to past the last line that the edit touches, or was asked for on."""
        spots: tuple[Spot, ...] = self.places or self.problems
        return range(min(one.first for one in spots), max(one.stop for one in spots))

    def edits(self, index: LineIndex) -> tuple[Edit, ...]:
        """The edits in code points of the document at `version`, whose lines are `index`."""
        return tuple(
            moved for one in self.places for moved in shift((one.edit,), index.start(one.first))
        )

    def at(self, version: int) -> Ready:
        """The same edit, known to fit this version."""
        return replace(self, version=version)


def is_of(file: Other, uri: str) -> bool:
    """Whether a URI names this file, in whichever way the client spells it."""
    return uri == file.before.uri or (
        file.before.path is not None and path_of(uri) == file.before.path
    )


def fits(file: Other, document: Document) -> bool:
    """Whether an open document is still what an edit of several was made for."""
    return not file.is_new and not document.lost and document.text == file.before.text


def hunks_of(places: Iterable[Place]) -> tuple[tuple[Place, ...], ...]:
    """The places in groups, between which at least one line stays as it is."""
    groups: list[tuple[Place, ...]] = []
    for one in sorted(places, key=lambda place: place.first):
        if groups and one.first <= max(each.stop for each in groups[-1]):
            groups[-1] = (*groups[-1], one)
        else:
            groups.append((one,))
    return tuple(groups)


def places_of(index: LineIndex, edits: Iterable[Edit]) -> tuple[Place, ...]:
    """The lines that each edit touches, in a text and its code points."""
    places = []
    for edit in edits:
        lines = index.lines_of(edit.span)
        (relative,) = shift((edit,), -index.start(lines.start))
        places.append(Place(lines.start, tuple(index.lines[lines.start : lines.stop]), relative))
    return tuple(places)


def problem_spots(start: LineIndex, outcomes: Iterable[Outcome]) -> tuple[Spot, ...]:
    """The lines of `start` on which the outcomes' diagnostics begin, each once.

    An outcome may have been found in a text that earlier edits had changed already.
    """
    # Imported here: the server starts without it.
    from understudy.core.runs import aligned_runs, old_line

    spots: dict[Spot, None] = {}
    for one in outcomes:
        if one.diagnostic is None:
            continue
        now = one.view.index
        line = now.line_of(one.diagnostic.span.start)
        if now.text != start.text:
            line = min(old_line(aligned_runs(start.lines, now.lines), line), len(start) - 1)
        spots[Spot(line, (start.lines[line],))] = None
    return tuple(spots)


def rebase(
    ready: Ready, changes: tuple[LineChange, ...] | None, line: Callable[[int], str]
) -> Ready | None:
    """The edit in the document's present text; None when a line was changed that it depends on.

    Args:
        ready: the edit as it was.
        changes: what happened since `ready.version`; None when that is unknown.
        line: the present text of a line, by its number.
    """
    if changes is None:
        return None
    places = moved(ready.places, changes, line)
    problems = moved(ready.problems, changes, line)
    if places is None or problems is None:
        return None
    count = ready.moved + len(changes)
    return replace(ready, places=places, problems=problems, moved=count)


def moved(
    spots: tuple[S, ...], changes: tuple[LineChange, ...], line: Callable[[int], str]
) -> tuple[S, ...] | None:
    """Where lines stand after the changes; None when one of them is another one now."""
    found: list[S] = []
    for one in spots:
        now = rebase_lines(range(one.first, one.stop), changes)
        if now is None or tuple(map(line, now)) != one.lines:
            return None
        found.append(replace(one, first=now.start))
    return tuple(found)
