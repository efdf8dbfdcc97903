"""Members of a class in a block: each in the place of the one of its name, a new one beside them.

The members are found by their first lines and by indentation, so that any language may have them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.reading import Refusal, UnreadableError
from understudy.reading.anchors import is_heading
from understudy.reading.entries import definition_stop, name_of
from understudy.reading.headings import heading_at
from understudy.reading.heads import LONGEST, head_of, head_start
from understudy.reading.lazy import gaps_of
from understudy.reading.neighbours import Around
from understudy.reading.region_text import fitted
from understudy.reading.shape import common_indent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.reading import Repair

_MOST = 20


class Piece(NamedTuple):
    """A definition of a block or a file.

    Attributes:
        lines: with what stands right above it.
        head: the line that begins it.
    """

    name: str
    lines: range
    head: int


@dataclass(slots=True)
class _Wrapped:
    """What a block says of one class: its members, and where it leaves others out.

    Attributes:
        head: the line that begins the class.
        items: the members, and None for each mark in place of others.
    """

    head: int
    items: list[Piece | None] = field(default_factory=list)


def with_lone_members(
    lines: Sequence[str], file: Sequence[str], language: str, repairs: list[Repair]
) -> list[str] | None:
    """The file with each of the definitions that a block consists of in its place.

    None where it is not certain: they are not all members of something in the file, or another one has
    the same name.

    Args:
        lines: of the block, without their ends like the others.
        file: as it is.
        language: an LSP language id.
        repairs: gets what is for review.

    Raises:
        UnreadableError: one of them stops halfway.
    """
    found = list(_pieces(lines, language))
    if not found or not _is_all(lines, found):
        return None
    places = _by_name(file, {one.name for one in found}, language)
    if any(len(places.get(one.name, ())) != 1 for one in found):
        return None
    if not all(indent_of(file[places[one.name][0]]) for one in found):
        return None
    edits = [(one, places[one.name][0]) for one in found]
    return _placed(lines, file, edits, language, repairs)


def with_members(
    lines: Sequence[str], file: Sequence[str], language: str, repairs: list[Repair]
) -> list[str] | None:
    """The file with the members of a block's class, which leaves others out where marks say so.

    None where it is not certain which class or which member is meant, or where a new one belongs.

    Args:
        lines: of the block, without their ends like the others.
        file: as it is.
        language: an LSP language id.
        repairs: gets what is for review.

    Raises:
        UnreadableError: a member stops halfway.
    """
    gaps = frozenset(gaps_of(lines, file, language))
    wrapped = _wrapped(lines, gaps, file, language)
    if wrapped is None:
        return None
    wanted = lines[wrapped.head].strip()
    there = [at for at, line in enumerate(file) if line.strip() == wanted]
    if len(there) != 1:
        return None
    scope = range(there[0] + 1, definition_stop(file, there[0]))
    places = _by_name(file, {one.name for one in wrapped.items if one}, language, scope)
    known: list[tuple[Piece, int]] = []
    new: list[Piece] = []
    for at, one in enumerate(wrapped.items):
        if one is None or _is_left(lines, one, gaps):
            continue
        if not gaps.isdisjoint(one.lines) or len(places.get(one.name, ())) > 1:
            return None
        if one.name in places:
            known.append((one, places[one.name][0]))
        elif at + 1 == len(wrapped.items) or all(each is not None for each in wrapped.items[at:]):
            new.append(one)
        else:
            return None
    done = _placed(lines, file, known, language, repairs)
    return None if done is None else _added(lines, done, new, wanted)


def _is_left(lines: Sequence[str], one: Piece, gaps: frozenset[int]) -> bool:
    """Whether the whole body of a member is left out, so that it stays as it is."""
    body = [at for at in range(one.head + 1, one.lines.stop) if lines[at].strip()]
    inner = [at for at in body if indent_of(lines[at]) > indent_of(lines[one.head])]
    return bool(inner) and gaps.issuperset(inner)


def _wrapped(
    lines: Sequence[str], gaps: frozenset[int], file: Sequence[str], language: str
) -> _Wrapped | None:
    """The class that a block consists of; None where anything else is in it."""
    outer = next((at for at, line in enumerate(lines) if line.strip() and at not in gaps), 0)
    head = outer + head_of(lines[outer:], language).stop
    if head >= len(lines) or not is_heading(lines[head]):
        return None
    stop = definition_stop(lines, head)
    if any(lines[at].strip() and at not in gaps for at in range(stop, len(lines))):
        return None
    known = {line.strip() for line in file} | {""}
    found = _Wrapped(head)
    at = head + 1
    while at < stop:
        piece, behind = (None, at + 1) if at in gaps else _piece(lines, at, language)
        if piece is not None:
            found.items.append(piece)
        elif at in gaps:
            found.items.append(None)
        elif not known.issuperset(line.strip() for line in lines[at:behind]):
            return None
        at = behind
    return found if None in found.items and any(found.items) else None


def _pieces(lines: Sequence[str], language: str) -> Iterator[Piece]:
    """The outermost definitions of some lines, as far as the first line that belongs to none."""
    margin = len(common_indent([line for line in lines if line.strip()]))
    at = 0
    while at < len(lines):
        piece, behind = _piece(lines, at, language)
        if piece is not None and len(indent_of(lines[piece.head])) == margin:
            yield piece
        elif lines[at].strip():
            return
        at = behind


def _piece(lines: Sequence[str], at: int, language: str) -> tuple[Piece | None, int]:
    """The definition that begins in a line, or below what belongs to it there; and what is behind."""
    if not lines[at].strip():
        return None, at + 1
    # A mark in place of others is no comment on what follows it.
    head = at + head_of(lines[at : at + LONGEST], language).stop
    name = _name(lines, head, language)
    if not name:
        return None, max(head, at + 1)
    stop = definition_stop(lines, head)
    return Piece(name, range(at, stop), head), stop


def _name(lines: Sequence[str], at: int, language: str) -> str:
    if at >= len(lines):
        return ""
    return name_of(lines[at], language) or heading_at(lines, at)


def _by_name(
    file: Sequence[str], names: set[str], language: str, scope: range | None = None
) -> dict[str, list[int]]:
    """The lines where definitions of some names begin; in a scope, those at its least depth."""
    found: dict[str, list[int]] = {}
    depth = -1
    for at in scope or range(len(file)):
        if depth < 0 and scope is not None and file[at].strip() not in {"", "{"}:
            depth = len(indent_of(file[at]))
        if scope is not None and len(indent_of(file[at])) != depth:
            continue
        if (name := _name(file, at, language)) in names:
            found.setdefault(name, []).append(at)
    return found


def _is_all(lines: Sequence[str], found: Sequence[Piece]) -> bool:
    inside = {at for one in found for at in one.lines}
    return all(at in inside for at, line in enumerate(lines) if line.strip())


def _placed(
    lines: Sequence[str],
    file: Sequence[str],
    edits: Sequence[tuple[Piece, int]],
    language: str,
    repairs: list[Repair],
) -> list[str] | None:
    """The file with definitions of a block in the places where old ones begin."""
    done = list(file)
    own: list[Repair] = []
    if len(edits) > _MOST or len({at for _, at in edits}) < len(edits):
        return None
    for one, at in sorted(edits, key=lambda edit: -edit[1]):
        start, stop = head_start(done, at, language), definition_stop(done, at)
        around = Around(done[start:stop], done[:start], done[stop:], language)
        try:
            come, _ = fitted(list(lines[one.lines.start : one.lines.stop]), around, own)
        except UnreadableError as error:
            if error.refusal is Refusal.TRUNCATED:
                raise
            return None
        done[start:stop] = come
    repairs += (repair for repair in own if repair.risk == "high")
    return done


def _added(
    lines: Sequence[str], file: list[str], new: Sequence[Piece], wanted: str
) -> list[str] | None:
    """The file with new members at the end of a class."""
    if not new:
        return file
    head = next((at for at, line in enumerate(file) if line.strip() == wanted), 0)
    stop = definition_stop(file, head)
    is_closed = stop - 1 > head and len(indent_of(file[stop - 1])) <= len(indent_of(file[head]))
    at = stop - 1 if is_closed else stop
    inner = common_indent([line for line in file[head + 1 : at] if line.strip()])
    if not inner:
        return None
    come: list[str] = []
    for one in new:
        part = lines[one.lines.start : one.lines.stop]
        here = common_indent([line for line in part if line.strip()])
        come += ["", *(inner + line.removeprefix(here) if line.strip() else line for line in part)]
    return [*file[:at], *come, *file[at:]]
