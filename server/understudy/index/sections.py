"""The sections of prose, by their headings."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.markup import MARKDOWN_LIKE
from understudy.index.facts import Definition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARKED = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]+(?P<name>[^\n]*[^\s#])")
_FENCE = re.compile(r" {0,3}(?P<marks>`{3,}|~{3,})")
_COMMANDS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph")
_COMMAND = re.compile(
    rf"\s*\\(?P<what>{'|'.join(_COMMANDS)})\*?(?:\[[^\]]*\])?\{{(?P<name>[^{{}}]+)\}}"
)
_LINE = re.compile(r"(?P<sign>[=\-~^\"'`#*+.:_])(?P=sign){2,}\s*$")


class _Heading(NamedTuple):
    name: str
    level: int
    line: int


def has_sections(language: str) -> bool:
    """Whether the headings of texts in a language are known."""
    return language in MARKDOWN_LIKE or language in {"latex", "tex", "restructuredtext"}


def sections(lines: Sequence[str], language: str) -> list[Definition]:
    """Each section with all that is below its heading, up to one of its level or above.

    Args:
        lines: without their ends.
        language: an LSP language id.
    """
    found = list(_headings(lines, language))
    return [
        Definition(one.name, "class", one.line, one.line, one.line + 1, _stop(number, found, lines))
        for number, one in enumerate(found)
    ]


def _stop(number: int, found: Sequence[_Heading], lines: Sequence[str]) -> int:
    own = found[number].level
    return next((one.line for one in found[number + 1 :] if one.level <= own), len(lines))


def _headings(lines: Sequence[str], language: str) -> Iterator[_Heading]:
    if language in MARKDOWN_LIKE:
        return _marked(lines)
    return _underlined(lines) if language == "restructuredtext" else _commands(lines)


def _marked(lines: Sequence[str]) -> Iterator[_Heading]:
    fence = ""
    for at, line in enumerate(lines):
        edge = _FENCE.match(line)
        if fence:
            fence = "" if edge and edge["marks"].startswith(fence) else fence
        elif edge:
            fence = edge["marks"]
        elif told := _MARKED.match(line):
            yield _Heading(told["name"], len(told["marks"]), at)


def _commands(lines: Sequence[str]) -> Iterator[_Heading]:
    for at, line in enumerate(lines):
        if told := _COMMAND.match(line):
            yield _Heading(told["name"], _COMMANDS.index(told["what"]), at)


def _underlined(lines: Sequence[str]) -> Iterator[_Heading]:
    """Titles with a line below them: signs rank in the order in which they come."""
    levels: dict[str, int] = {}
    for at, (name, below) in enumerate(pairwise(lines)):
        line = _LINE.match(below)
        is_title = name[:1].strip() and any(map(str.isalnum, name)) and len(name) <= len(below) + 2
        if (
            line
            and is_title
            and (at == 0 or not lines[at - 1].strip() or _LINE.match(lines[at - 1]))
        ):
            yield _Heading(name.strip(), levels.setdefault(line["sign"], len(levels)), at)
