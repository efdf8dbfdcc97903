"""Which file a piece of a reply is for: the one place that all forms of replies ask.

A piece is a block of code, a pair of texts, a diff or a patch. It may name its file itself, in what
is called its label: an info string, what stands behind its first mark, the comment that it begins
with. Else the words above it tell, and where these say nothing, the piece before it may.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.reading.fences import fence_of
from understudy.reading.file_names import attribute_in
from understudy.reading.lead_in import Lead, lead_of, levels_of
from understudy.reading.named_inside import named_first
from understudy.reading.path_words import named_in
from understudy.reading.targets import plain_path
from understudy.reading.whose import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.reading.targets import Documents
    from understudy.reading.whose import Shown

_GOES_ON = re.compile(
    r"(?:and\s+|then\s+)?(?:with|to|by|into|becomes?|after|new|should be|must be|is now|now|(?:change|replace)"
    r"\s+(?:it|this|that)\s+(?:to|with|by))\b.{0,60}",
    re.IGNORECASE,
)
"""What stands between a text and what takes its place."""


class Piece(NamedTuple):
    """A piece of a reply.

    Attributes:
        label: the path that it names itself; empty for none.
        above: the lines between it and the piece before it.
        shown: what it shows of its file.
    """

    label: str
    above: Sequence[str]
    shown: Shown = NOTHING


class Above(NamedTuple):
    """What was found above a piece.

    Attributes:
        prose: the lines, without fences and without the one that only names the file.
        path: of the file; empty for none.
    """

    prose: list[str]
    path: str


def path_above(
    above: Sequence[str], label: str, documents: Documents, shown: Shown = NOTHING
) -> Above:
    """The path that the lines above a piece name, or its own label; and what else they say.

    Args:
        above: the lines between the piece and the one before it, with or without ends. Blocks of
            code among them say nothing, a fence that is still open may name the file.
        label: what names the file beside the piece; empty for none.
        documents: those that are known.
        shown: what the piece shows of its file.
    """
    spoken, opened = _spoken(above)
    lead = lead_of([above[number] for number in spoken], documents, shown)
    left_out = {spoken[lead.line]} if lead.line is not None else set()
    if opened is not None and not label:
        inside = named_first([line.rstrip("\r\n") for line in above[opened + 1 :]], documents.paths)
        left_out |= {opened + 1 + at for at in inside.lines}
        fence = fence_of(above[opened])
        label = inside.path or path_in_info(fence.info if fence else "", documents.paths)
    fences = {number for number, line in enumerate(above) if fence_of(line) is not None}
    prose = [line for number, line in enumerate(above) if number not in left_out | fences]
    return Above(prose, surer_path(label, lead.path, documents))


def behind_piece(lines: Sequence[str]) -> Sequence[str]:
    """The lines behind a piece, without the fence that closes around it."""
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    fence = fence_of(lines[first]) if first < len(lines) else None
    return lines if fence is None or fence.info else lines[first + 1 :]


def paths_of(pieces: Iterable[Piece], documents: Documents) -> list[str]:
    """The path of each piece of a reply; empty where nothing names one.

    A heading holds for all pieces below it that name no other file, and what takes the place of a
    text is for the same file.

    Args:
        pieces: in order.
        documents: those that are known.
    """
    paths: list[str] = []
    section, last = Lead(), ""
    for label, above, shown in pieces:
        lead = lead_of(above, documents, shown)
        if lead.level:
            section = lead
        elif section.level and any(level <= section.level for level in levels_of(above)):
            section = Lead()
        path = surer_path(label, lead.path, documents)
        if not path or (section.path and documents.is_made_up(path)):
            goes_on = above and _GOES_ON.fullmatch(above[-1].strip(" *_#>:"))
            path = last if goes_on else section.path
        last = path
        paths.append(path)
    return paths


def surer_path(label: str, told: str, documents: Documents) -> str:
    """The label, unless the words above name another file of this name with its folders.

    A name that is made up gives way to any other.

    Args:
        label: the path that a piece names itself; empty for none.
        told: what the words above it say.
        documents: those that are known.
    """
    plain, more = plain_path(label), plain_path(told)
    is_whole = "/" in plain and plain == documents.own.name
    is_other = more.endswith(f"/{plain}") and documents.key(told) != documents.key(label)
    gives_way = bool(more) and documents.is_made_up(label)
    return told if not plain or gives_way or (is_other and not is_whole) else label


def path_in_info(info: str, known: tuple[str, ...] = ()) -> str:
    """The path in a block's info string; empty for none."""
    if given := attribute_in(info):
        return given
    named = named_in(info, known)
    return named[-1].path if named else ""


def _spoken(above: Sequence[str]) -> tuple[list[int], int | None]:
    """The numbers of the lines outside of blocks of code, and of the fence that is still open."""
    spoken: list[int] = []
    marks, opened = "", None
    for number, line in enumerate(above):
        fence = fence_of(line)
        if fence is None:
            if opened is None:
                spoken.append(number)
            continue
        is_end = opened is not None and not fence.info and fence.marks.startswith(marks)
        marks, opened = ("", None) if is_end else (fence.marks, number)
    return spoken, opened
