"""The file's name that a block of code begins with, in a comment above its first line of code."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.lines import split_lines
from understudy.reading import Repair
from understudy.reading.exactly import exact_text
from understudy.reading.lead_in import label_in
from understudy.reading.markdown import LANGUAGES as MARKDOWN
from understudy.reading.neighbours import CODE
from understudy.reading.path_words import named_in
from understudy.reading.shape import contents

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from understudy.reading.fences import Fenced

_COMMENT = re.compile(
    r"\s*(?P<mark>#+(?!!)|//+[!/]?|--|;+|%+|/\*+|<!--|\(\*|\"\"\"|''')\s*(?P<text>.*?)\s*"
    r"(?:\*+/|-->|\*\)|\"\"\"|''')?\s*"
)
_OPENING = re.compile(r"\s*(?:/\*+|<!--|\(\*|\"\"\"|''')\s*")
_REMARK = re.compile(r"\s+(?:[-\u2013\u2014:]|\()\s*\S")
_ABOVE = re.compile(r"\s*(?:#!.*|#.*\bcoding[:=].*|<\?(?:php|xml)\b.*)?\s*")
"""What stands above every comment."""
_LONGEST = 300


class Inside(NamedTuple):
    """A file that a block names.

    Attributes:
        path: as it is written; empty for none.
        at: the number of the line that says nothing else, from 0; None for a line that does.
    """

    path: str = ""
    at: int | None = None


def named_inside(lines: Sequence[str], known: tuple[str, ...] = ()) -> Inside:
    """The file that the first comment of a block names.

    Args:
        lines: of the block, without their ends; more than the first few are not looked at.
        known: the whole paths of known files.
    """
    for at, line in enumerate(lines[:6]):
        if _ABOVE.fullmatch(line[:_LONGEST]):
            continue
        if _OPENING.fullmatch(line) and at + 1 < len(lines):
            return Inside(label_in(lines[at + 1].strip(" \t*"), known))
        found = _COMMENT.fullmatch(line) if len(line) <= _LONGEST else None
        return _in_comment(found["text"], at, known) if found else Inside()
    return Inside()


def named_first(lines: Sequence[str], known: tuple[str, ...] = ()) -> Inside:
    """The same for code, of which no line is a path alone, so that the first one needs no comment."""
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    if first is not None and (path := label_in(lines[first], known)):
        return Inside(path, first)
    return named_inside(lines, known)


def without_file_name(
    lines: list[str], old: Collection[str], language: str, known: tuple[str, ...]
) -> tuple[list[str], list[Repair]]:
    """The lines of a block without a comment that only says a file's name, and what was done.

    Args:
        lines: of the block.
        old: those that the block replaces, which may begin with such a comment.
        language: an LSP language id; in Markdown, such a line may be a title.
        known: the whole paths of known files.
    """
    found = named_first(lines, known) if language in CODE else named_inside(lines, known)
    if not found.path or found.at is None or lines[found.at] in old:
        return lines, []
    line = lines[found.at]
    if language in MARKDOWN and line.lstrip().startswith("#"):
        return lines, []
    rest = [*lines[: found.at], *lines[found.at + 1 :]]
    return rest, [Repair("file named inside the block", line[:80])]


def unnamed(
    block: Fenced, old: str, language: str, known: tuple[str, ...]
) -> tuple[Fenced, list[Repair]]:
    """The same for a block that is to be all of a document; what is left is kept to the letter.

    Args:
        block: of a reply.
        old: the document.
        language: an LSP language id.
        known: the whole paths of known files.
    """
    lines = split_lines(block.text)
    plain = [line.rstrip("\r\n") for line in lines]
    rest, repairs = without_file_name(plain, contents(old), language, known)
    if not repairs or exact_text(block) is not None:
        return block, []
    at = next((at for at, line in enumerate(rest) if line != plain[at]), len(rest))
    stop = at + 1
    if not at and old.strip() and not old[:1].isspace() and stop < len(lines) and not plain[stop]:
        stop += 1
    return replace(block, text="".join([*lines[:at], *lines[stop:]])), repairs


def named_later(lines: Sequence[str], old: Collection[str], known: tuple[str, ...]) -> list[str]:
    """The paths, with folders, that comments at the margin below the first code of a block consist of.

    Args:
        lines: of the block, without their ends.
        old: lines of what the block replaces, whose comments are none of these.
        known: the whole paths of known files.
    """
    first = next((at for at, line in enumerate(lines) if not _is_above_code(line)), len(lines))
    found = []
    for line in lines[first:]:
        if "/" not in line or line[:1].isspace() or len(line) > _LONGEST or line in old:
            continue
        comment = _COMMENT.fullmatch(line)
        path = label_in(comment["text"], known) if comment else ""
        if "/" in path:
            found.append(path)
    return found


def _is_above_code(line: str) -> bool:
    return (
        _ABOVE.fullmatch(line[:_LONGEST]) is not None
        or _COMMENT.fullmatch(line[:_LONGEST]) is not None
    )


def _in_comment(text: str, at: int, known: tuple[str, ...]) -> Inside:
    if path := label_in(text, known):
        return Inside(path, at)
    named = named_in(text, known)
    if named and not named[0].start and _REMARK.match(text[named[0].stop :]):
        return Inside(named[0].path if "/" in named[0].path else "")
    return Inside()
