"""A hunk: old lines, new lines and context, as a reply writes them, and whole files in hunks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Sign = Literal[" ", "-", "+"]

_END_MARKS = {
    "\\ Line end: LF": "\n",
    "\\ Line end: CR LF": "\r\n",
    "\\ Line end: CR": "\r",
    "\\ Line end: none": "",
}
"""Says how the line above ends, where it is not as the file's lines do, and that the line is meant
to the letter. Ours alone."""
_NO_END = "\\ No newline"
_NO_END_LINE = "\\ No newline at end of file"
SHIFTED = re.compile(r" {1,2}(?P<sign>[-+])(?P<text>.*)", re.DOTALL)
"""A sign behind a blank; or a line that happens to begin so."""


@dataclass(frozen=True, slots=True)
class HunkLine:
    r"""One line of a hunk.

    Attributes:
        sign: as in a unified diff.
        text: the line without its sign and its end.
        raw: the line as the reply has it. Context lines often lack their blank, so that a raw
            line that begins with one can be read in two ways.
        end: how the line ends, if the reply says so; `""` at the end of a file without one.
        exact: whether it is certain that the line is meant to the letter.
    """

    sign: Sign
    text: str
    raw: str = ""
    end: str | None = None
    exact: bool = False

    @property
    def unsigned(self) -> bool:
        """Whether a context line lacks its blank."""
        return self.sign == " " and not self.raw.startswith(" ")


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines of one place, before and after.

    Attributes:
        lines: context, old and new lines as they follow each other.
        hint: the line, from 0, where the reply says that the old lines begin. Often wrong.
        anchors: lines above the place, the outermost first, such as a class and its method.
        at_end: whether the hunk reaches to the end of the file.
        where: the hunk's first line in the reply, from 1.
        complete: whether its end was seen.
        bare: whether it stands in running text, so that prose may follow it.
        loose: whether the anchor is what a diff has behind its numbers: the last heading above the
            hunk, which may be that of the definition before the one that is changed.
        inserts: whether its numbers say that it has no old lines, and `hint` is the line above which
            the new ones come.
    """

    lines: tuple[HunkLine, ...]
    hint: int | None = None
    anchors: tuple[str, ...] = ()
    at_end: bool = False
    where: int = 0
    complete: bool = True
    bare: bool = False
    loose: bool = False
    inserts: bool = False

    @property
    def old(self) -> list[str]:
        """The lines that are to be found."""
        return [line.text for line in self.lines if line.sign != "+"]

    @property
    def new(self) -> list[str]:
        """The lines that take their place."""
        return [line.text for line in self.lines if line.sign != "-"]

    @property
    def changes(self) -> bool:
        """Whether anything is added or removed, or a line gets another end."""
        if all(line.sign == " " for line in self.lines):
            return False
        return self.old != self.new or any(line.end is not None for line in self.lines)

    @property
    def may_change(self) -> bool:
        """Whether anything is added or removed, or would be if signs stood behind blanks."""
        return self.changes or any(SHIFTED.match(line.raw) for line in self.lines)

    @property
    def ends_in_change(self) -> bool:
        """Whether no context follows the last change, or nothing is changed at all."""
        return not self.changes or self.lines[-1].sign != " "


@dataclass(frozen=True, slots=True)
class FileEdit:
    """What a reply does with one file.

    Attributes:
        path: as the reply names the file; empty when it names none.
        other_names: those that it has beside its path, such as the one on the old side of a diff.
        hunks: the changes of a file that exists.
        content: all lines of a new file; None for one that exists.
        deleted: whether the file goes away.
        new_path: where it is moved to; empty when it stays.
    """

    path: str
    hunks: tuple[Hunk, ...] = ()
    content: tuple[HunkLine, ...] | None = None
    deleted: bool = False
    new_path: str = ""
    other_names: tuple[str, ...] = ()


def hunk_lines(body: Sequence[str]) -> tuple[HunkLine, ...]:
    """The lines of a hunk's body; blank ones at its end that hold not even their blank are left out.

    Args:
        body: the lines of the reply, without their ends.
    """
    found: list[HunkLine] = []
    for raw in body:
        end = _end_told(raw)
        if end is None:
            found.append(_line(raw))
        elif found:
            found[-1] = replace(found[-1], end=end, exact=raw in _END_MARKS)
    while found and not found[-1].raw:
        found.pop()
    return tuple(found)


def added_lines(body: Iterable[str]) -> tuple[HunkLine, ...]:
    """The lines of a new file, each behind a plus, which some replies leave out."""
    found: list[HunkLine] = []
    for raw in body:
        end = _end_told(raw)
        if end is None:
            found.append(HunkLine("+", raw.removeprefix("+"), raw))
        elif found:
            found[-1] = replace(found[-1], end=end, exact=raw in _END_MARKS)
    while found and not found[-1].raw:
        found.pop()
    return tuple(found)


def is_exact(edits: Iterable[FileEdit]) -> bool:
    """Whether new lines say that they are meant to the letter, as only our own writer does."""
    return any(line.exact for edit in edits for hunk in edit.hunks for line in hunk.lines)


def end_mark(end: str) -> str:
    """The line that says how the one above it ends."""
    return exact_mark(end) if end else _NO_END_LINE


def exact_mark(end: str) -> str:
    """The line that says so, and that the one above it is meant to the letter."""
    return next(mark for mark, known in _END_MARKS.items() if known == end)


def _line(raw: str) -> HunkLine:
    if raw.startswith("-"):
        return HunkLine("-", raw[1:], raw)
    if raw.startswith("+"):
        return HunkLine("+", raw[1:], raw)
    return HunkLine(" ", raw.removeprefix(" "), raw)


def _end_told(raw: str) -> str | None:
    if raw.startswith(_NO_END):
        return ""
    return _END_MARKS.get(raw)
