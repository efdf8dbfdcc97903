"""Search/replace blocks in a reply, between marks of any spelling."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.lines import split_lines
from understudy.reading import Refusal
from understudy.reading.fences import fence_of
from understudy.reading.file_names import attribute_in
from understudy.reading.lead_in import label_in
from understudy.reading.piece_files import behind_piece, path_above
from understudy.reading.search_marks import NO_END, header_of, mark_of, unescaped
from understudy.reading.whose import NOTHING, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.reading.search_marks import Mark
    from understudy.reading.targets import Documents

_DIVIDERS = 8
"""With more rows of `=` in a block, nobody can say which one divides it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts of a block.

    Attributes:
        lines: without their ends.
        raw: with their ends, as the reply has them.
        is_open: whether it says that its last line, a file's last one, has no end.
    """

    lines: tuple[str, ...]
    raw: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class SearchBlock:
    """A text and what takes its place.

    Attributes:
        path: the file, as far as the reply names one.
        cuts: the two texts; several pairs where more than one row of `=` may divide them, the
            likeliest first.
        hint: the line, from 0, where the text is said to begin.
        verbatim: whether the texts are whole files, with their ends of lines.
        where: the block's line in the reply, from 1.
        is_closed: whether nothing that may follow belongs to it. A row of signs without a word
            may still become part of its text.
        anchors: lines above the place, the outermost first, such as a class and its method.
    """

    path: str
    cuts: tuple[tuple[Side, Side], ...]
    hint: int | None = None
    verbatim: bool = False
    where: int = 0
    is_closed: bool = True
    anchors: tuple[str, ...] = ()

    @property
    def wanted(self) -> list[str]:
        """The lines that are looked for, in the likeliest cut."""
        return list(self.cuts[0][0].lines)

    @property
    def new(self) -> list[str]:
        """The lines that take their place, in the likeliest cut."""
        return list(self.cuts[0][1].lines)


class Broken(NamedTuple):
    """Why the marks of a block can't be read.

    Attributes:
        where: the block's line in the reply, from 1.
        what: a sentence about it.
    """

    refusal: Refusal
    where: int
    what: str


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a reply.

    Attributes:
        found: those that are complete, in order.
        prose: the text around them.
        broken: the first one that can't be read.
    """

    found: tuple[SearchBlock, ...]
    prose: str
    broken: Broken | None = None


class _Window(NamedTuple):
    """A search mark and the marks behind it, up to the next search mark.

    Attributes:
        start: the line of the search mark.
        stop: the line behind the window.
    """

    start: int
    stop: int
    mark: Mark
    marks: list[tuple[int, Mark]]


def marked_blocks(text: str, documents: Documents) -> Blocks:
    """The blocks of a reply. One without a path is for the same file as the one before it.

    Args:
        text: the reply.
        documents: those that are known.
    """
    lines = split_lines(text)
    found: list[SearchBlock] = []
    prose: list[str] = []
    at, path = 0, ""
    for window in _windows(lines):
        above = lines[at : window.start]
        label = _label(window, documents)
        one = _block(lines, window)
        shown = NOTHING if isinstance(one, Broken) else Shown([one[0].wanted])
        between = behind_piece(above) if found else above
        rest, named = path_above(between, label, documents, shown)
        path = named or path
        prose += rest
        if isinstance(one, Broken):
            return Blocks(tuple(found), _prose(prose), one)
        block, at = one
        found.append(replace(block, path=path))
    return Blocks(tuple(found), _prose([*prose, *lines[at:]]))


def _prose(lines: Sequence[str]) -> str:
    shown = [line.rstrip("\r\n") for line in lines if fence_of(line) is None]
    return "\n".join(shown).strip()


def _windows(lines: Sequence[str]) -> Iterator[_Window]:
    marks = [(at, mark) for at, line in enumerate(lines) if (mark := mark_of(line)) is not None]
    heads = [number for number, (_, mark) in enumerate(marks) if mark.kind == "search"]
    for number, following in pairwise([*heads, len(marks)]):
        stop = marks[following][0] if following < len(marks) else len(lines)
        at, mark = marks[number]
        yield _Window(at, stop, mark, marks[number + 1 : following])


def _label(window: _Window, documents: Documents) -> str:
    """The path behind the first mark of a block, else behind another one; empty for none."""
    for mark in (window.mark, *(one for _, one in window.marks)):
        if path := attribute_in(mark.rest) or label_in(mark.rest, documents.paths):
            return path
    return ""


def _block(lines: Sequence[str], window: _Window) -> tuple[SearchBlock, int] | Broken:
    """The block of a window and the line behind it."""
    marks = [(at, mark) for at, mark in window.marks if mark.find == window.mark.find]
    ends = _ends(marks)
    if not ends:
        return _unfinished(window, is_last=window.stop == len(lines))
    dividers = [at for at, mark in marks if mark.kind == "divider" and at < ends[0]]
    if _says(lines, ends[0], ends[-1]):
        return _broken(window, Refusal.AMBIGUOUS, "holds several end marks")
    if not dividers:
        return _broken(window, Refusal.MALFORMED, "has no `=======` between its two texts")
    if len(dividers) > _DIVIDERS:
        return _broken(window, Refusal.AMBIGUOUS, "holds many rows that may divide it")
    block = _cut(lines, window, _likeliest(dividers, dict(marks), window.mark), ends[0])
    is_closed = dict(marks)[ends[0]].is_word or window.stop < len(lines)
    return replace(block, is_closed=is_closed), ends[-1] + 1


def _unfinished(window: _Window, *, is_last: bool) -> Broken:
    if is_last:
        return _broken(window, Refusal.TRUNCATED, "has no end mark, so the reply was cut off")
    return _broken(window, Refusal.MALFORMED, "has no end mark before the next one begins")


def _broken(window: _Window, refusal: Refusal, what: str) -> Broken:
    where = window.start + 1
    return Broken(refusal, where, f"The block in line {where} {what}.")


def _ends(marks: Sequence[tuple[int, Mark]]) -> list[int]:
    """The lines of the end marks. A row of signs alone counts where no mark has a word."""
    divider = next((at for at, mark in marks if mark.kind == "divider"), -1)
    ends = [(at, mark) for at, mark in marks if mark.kind == "end"]
    worded = [at for at, mark in ends if mark.is_word]
    return worded or [at for at, mark in ends if at > divider >= 0]


def _says(lines: Sequence[str], start: int, stop: int) -> bool:
    """Whether anything stands between two lines, other than fences and marks."""
    between = lines[start + 1 : stop]
    return any(
        line.strip() and fence_of(line) is None and mark_of(line) is None for line in between
    )


def _likeliest(dividers: Sequence[int], marks: dict[int, Mark], head: Mark) -> list[int]:
    """The dividers that look like the search mark, if any do; else all of them."""
    alike = [at for at in dividers if marks[at].lead == head.lead and marks[at].size == head.size]
    return alike or [at for at in dividers if marks[at].lead == head.lead] or list(dividers)


def _cut(lines: Sequence[str], window: _Window, dividers: Sequence[int], end: int) -> SearchBlock:
    body = _moved_out(list(lines[window.start + 1 : end]), window.mark.lead)
    header = header_of(body)
    first = window.start + 1
    cuts = tuple(
        (_side(body[header.size : at - first]), _side(body[at - first + 1 :]))
        for at in dividers
        if at - first >= header.size
    )
    return SearchBlock("", cuts, header.hint, header.verbatim, window.start + 1)


def _side(lines: Sequence[str]) -> Side:
    is_open = bool(lines) and lines[-1].rstrip("\r\n") == NO_END
    kept = [unescaped(line) for line in (lines[:-1] if is_open else lines)]
    contents = tuple(line.rstrip("\r\n") for line in kept)
    raw = "".join(kept)
    return Side(contents, raw.removesuffix("\n") if is_open else raw, is_open)


def _moved_out(lines: list[str], lead: str) -> list[str]:
    """The lines without the blanks in front of their marks, where all lines have them."""
    if lead and all(line.startswith(lead) for line in lines if line.strip()):
        return [line.removeprefix(lead) for line in lines]
    return lines
