"""What documents a definition, in one line that is closed: a docstring, a comment above it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from understudy.languages import all_languages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.core.lines import LineIndex

_MORE = " …"
_DOCSTRING = re.compile(r"([rRuU]?)(\"\"\"|'''|\"|')")
_OPENER = re.compile(r"/\*+!?<?|\(\*+|<!--|\{-|--\[\[|.")
_LINE_MARK = re.compile(r"//[/!]?<?|#+|--+|;+|%+")
_STARS = re.compile(r"\*+")
_USUAL_BLOCK = ("/*", "*/")
_USUAL_MARKS = ("//", "--", ";", "%")
_LONG_QUOTES = {"python": ('"""', "'''"), "go": ("`",)}
_TEMPLATES = frozenset({"javascript", "javascriptreact", "typescript", "typescriptreact"})


class Told(NamedTuple):
    """What some lines say, as one line or those lines, with their ends; empty where it is nothing."""

    start: int
    stop: int
    text: str


def docstring(lines: LineIndex, body: range) -> Told | None:
    """The docstring that a body begins with; None where there is none, or it never ends."""
    first = lines.content(body.start)
    found = _DOCSTRING.match(first.lstrip())
    if found is None:
        return None
    prefix, quotes = found[1], found[2]
    said: list[str] = []
    for line in body:
        rest = first.lstrip()[found.end() :] if line == body.start else lines.content(line)
        inside, end, _ = rest.partition(quotes)
        said.append(inside)
        if end and line == body.start:
            return Told(line, line + 1, f"{first}\n")
        if end:
            text = _first_of(said)
            # Neither may meet the quotes.
            text = f"{text} " if text.endswith((quotes[0], "\\")) else text
            told = f"{_indent(first)}{prefix}{quotes}{text}{quotes}\n" if text else ""
            return Told(body.start, line + 1, told)
        if len(quotes) == 1:
            break
    return None


def comment_at(lines: LineIndex, these: range, language: str) -> Told | None:
    """The comment that some lines begin with; None where they begin with something else."""
    bare = lines.content(these.start).strip()
    begin, end = _block_comment(language)
    if begin and bare.startswith(begin):
        return _block(lines, these, end)
    if bare.startswith(_line_marks(language)):
        return _lines(lines, these, _line_marks(language))
    return None


def open_quote(lines: LineIndex, these: range, language: str) -> tuple[int, str]:
    """The line in which a text of several lines begins that goes on behind these, and its quote."""
    quotes = ("`",) if language in _TEMPLATES else _LONG_QUOTES.get(language, ())
    for quote in quotes:
        opened = -1
        for line in these:
            if lines.content(line).count(quote) % 2:
                opened = line if opened < 0 else -1
        if opened >= 0:
            return opened, quote
    return -1, ""


def _block(lines: LineIndex, these: range, end: str) -> Told:
    first = lines.content(these.start)
    opener = _OPENER.match(first.lstrip())
    mark = opener[0] if opener else ""
    said: list[str] = []
    for line in these:
        rest = first.lstrip()[len(mark) :] if line == these.start else lines.content(line)
        inside, closed, behind = rest.partition(end)
        said.append(_STARS.sub("", inside.lstrip(), count=1))
        if closed and (line == these.start or behind.strip()):
            text = "".join(f"{lines.content(at)}\n" for at in range(these.start, line + 1))
            return Told(these.start, line + 1, text)
        if closed:
            text = _first_of(said)
            told = f"{_indent(first)}{mark} {text} {end}\n" if text else ""
            return Told(these.start, line + 1, told)
    return Told(these.start, these.stop, "")


def _lines(lines: LineIndex, these: range, marks: tuple[str, ...]) -> Told:
    first = lines.content(these.start)
    stop = these.start
    said: list[str] = []
    while stop < these.stop and (bare := lines.content(stop).strip()).startswith(marks):
        said.append(_LINE_MARK.sub("", bare, count=1))
        stop += 1
    mark = _LINE_MARK.match(first.lstrip())
    text = _first_of(said)
    told = f"{_indent(first)}{mark[0] if mark else ''} {text}\n" if text else ""
    return Told(these.start, stop, told)


def _first_of(lines: Iterable[str]) -> str:
    """The first of some lines that says something, with a mark behind it where others follow."""
    said = [line.strip() for line in lines if any(char.isalnum() for char in line)]
    return said[0] + (_MORE if len(said) > 1 else "") if said else ""


def _indent(content: str) -> str:
    return content[: len(content) - len(content.lstrip())]


@cache
def _block_comment(language: str) -> tuple[str, str]:
    known = all_languages().get(language)
    return _USUAL_BLOCK if known is None else known.block_comment or ("", "")


@cache
def _line_marks(language: str) -> tuple[str, ...]:
    known = all_languages().get(language)
    return (known.line_comment,) if known is not None and known.line_comment else _USUAL_MARKS
