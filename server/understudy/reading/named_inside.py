"""The file's name that a block of code begins with, in a comment above its first line of code."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.lines import split_lines
from understudy.reading import Repair
from understudy.reading.exactly import exact_text
from understudy.reading.languages import CODE, fits_path
from understudy.reading.lead_in import label_in
from understudy.reading.markdown import LANGUAGES as MARKDOWN
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
_RULE = re.compile(r"\s*(?:#{3,}|/?[/*#;%-]*\s*[=\-*~_#+]{3,}[/*#-]*|[/*#;%-]{1,3})\s*")
"""A comment of signs alone, as they stand around a title."""
_AROUND = "-=*~#+| \t"
_DOTS = re.compile(r"\A(?:\.{3}|\u2026)\s*|\s*(?:\.{3}|\u2026)\Z")
_EDITED = re.compile(
    r"[@\\]?(?:(?:the|these|this|new|updated|corrected|fixed|full|complete|add|put|goes|version|contents?|code|changes?"
    r"|edits?|fix(?:es)?|updates?|excerpt|location|path|file)[\s:]+)*(?:(?:in|into|to|of|for|from|at)\s+)?"
    r"(?:(?:the|file)\s+)*[`*'\"(\[]*",
    re.IGNORECASE,
)
"""What a comment says of the file that the code below it is for."""
_REMARK = re.compile(r"(?:\s+[-\u2013\u2014(]|\s*:(?=\s))\s*\S")
_ABOVE = re.compile(r"\s*(?:#!.*|#.*\bcoding[:=].*|<\?(?:php|xml)\b.*)?\s*")
"""What stands above every comment."""
_LONGEST = 300


class Inside(NamedTuple):
    """A file that a block names.

    Attributes:
        path: as it is written; empty for none.
        lines: the numbers of the lines that say nothing else, from 0; empty for a line that does.
    """

    path: str = ""
    lines: range = range(0)


def named_inside(lines: Sequence[str], known: tuple[str, ...] = ()) -> Inside:
    """The file that the first comment of a block names.

    Args:
        lines: of the block, without their ends; more than the first few are not looked at.
        known: the whole paths of known files.
    """
    first = 0
    for at, line in enumerate(lines[:6]):
        if _ABOVE.fullmatch(line[:_LONGEST]):
            first = at + 1
        elif _OPENING.fullmatch(line) and at + 1 < len(lines):
            return Inside(_of_comment(lines[at + 1].strip(" \t*"), known).path)
        elif not _is_rule(line):
            found = _COMMENT.fullmatch(line) if len(line) <= _LONGEST else None
            named = _of_comment(found["text"], known) if found else Inside()
            if found and not named.path:
                return Inside(_of_second_line(found["text"], lines[at + 1 : at + 3], known))
            is_boxed = first < at and at + 1 < len(lines) and _is_rule(lines[at + 1])
            return named._replace(lines=range(first, at + 1 + is_boxed)) if named.lines else named
    return Inside()


def _of_second_line(said: str, below: Sequence[str], known: tuple[str, ...]) -> str:
    """The path with folders that a comment consists of below a sentence that ends; empty for none."""
    if not said.endswith((".", "!")):
        return ""
    for line in below:
        found = _COMMENT.fullmatch(line) if len(line) <= _LONGEST else None
        if found is None:
            break
        if text := found["text"].strip(_AROUND):
            path = label_in(text, known)
            return path if "/" in path else ""
    return ""


def named_first(lines: Sequence[str], known: tuple[str, ...] = ()) -> Inside:
    """The same for code, of which no line is a path alone, so that the first one needs no comment."""
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    if first is not None and (path := label_in(lines[first], known)):
        return Inside(path, range(first, first + 1))
    return named_inside(lines, known)


def without_file_name(
    lines: list[str], old: Collection[str], language: str, known: tuple[str, ...]
) -> tuple[list[str], list[Repair]]:
    """The lines of a block without a comment that only says a file's name, and what was done.

    One with the name of a file in another language belongs to the code.

    Args:
        lines: of the block.
        old: those that the block replaces, which may begin with such a comment.
        language: an LSP language id; in Markdown, such a line may be a title.
        known: the whole paths of known files.
    """
    is_code = language in CODE
    found = named_first(lines, known) if is_code else named_inside(lines, known)
    if is_code and not fits_path(language, found.path):
        return lines, []
    named = [lines[at] for at in found.lines]
    line = next((line for line in named if found.path in line), "")
    if not line or line in old or (language in MARKDOWN and line.lstrip().startswith("#")):
        return lines, []
    rest = [*lines[: found.lines.start], *lines[found.lines.stop :]]
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
    stop = at + len(plain) - len(rest)
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


def _is_rule(line: str) -> bool:
    return len(line) <= _LONGEST and _RULE.fullmatch(line) is not None


def _of_comment(text: str, known: tuple[str, ...]) -> Inside:
    """The file that a comment names; with one line, where it says nothing else."""
    text = _DOTS.sub("", text.strip(_AROUND))
    if path := label_in(text, known):
        return Inside(path, range(1))
    named = named_in(text, known)
    if not named:
        return Inside()
    path, front, back = named[0].path, text[: named[0].start], text[named[0].stop :]
    if _EDITED.fullmatch(front) and not any(map(str.isalnum, back)):
        return Inside(path, range(1))
    has_remark = not front and _REMARK.match(back) is not None
    return Inside(path if has_remark and "/" in path else "")
