"""A block that is asked for as a whole file, and holds only what the file lacks.

That is a part of the file which is to be, such as a new function or a test: in its place, all else
would be gone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.core.markup import PROSE
from understudy.reading.entries import LANGUAGES, WORDS, entries
from understudy.reading.headings import heading_of
from understudy.reading.import_lines import is_import
from understudy.reading.name_patterns import PATTERNS
from understudy.reading.naming import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADER = re.compile(
    r"package\b|<\?php|(?:file)?namespace\b|module\b|import\b|using\b|#|//|/\*|\*|--|<!--|</"
    r"|(?:end|else|do|done|then|fi|esac|begin|pass|break|return|try|finally|default)\b\W*$"
)
"""What files without anything in common begin with, and words that close or open blocks in all."""
_CONTAINER = re.compile(r"(?:file)?namespace\b|module\b|package\b|mod\b", re.IGNORECASE)
_NAME = re.compile(
    r"[\w\s.$*&<>,\[\]\"'-]{0,80}?(?P<name>[\w.$-]+)[\"'\]]*[ \t]*(?:=(?!=)|[:+?]=|(?<!:):(?!:))"
)
"""What a value is given to, at the margin: a variable, a key, a target."""
_WORD = re.compile(r"[\w$]+")
_TITLE = re.compile(r"#{1,6}[ \t]+(?P<name>.*\S)")
_MARKS = re.compile(r"(?:#{1,6}|[-*+]|\d{1,9}[.)]|[|>`~=]+)(?=\s|$)|")
_SEVERAL = 2
_MANY = 8
"""So many lines that are all like those of the file are no coincidence, whatever they define."""
_SHARE = 0.5
_NEARLY_ALL = 0.9
_ALIKE = 50
_LONGEST = 400


def holds_only_new(lines: Sequence[str], before: Sequence[str], language: str) -> bool:
    """Whether nothing of a file is in a block that is to be all of it.

    Where all definitions of a file are gone, half of the block's lines must be the file's, as they are
    where these got other names.

    Args:
        lines: of the block, without their ends.
        before: those of the file.
        language: an LSP language id.
    """
    old, new = _telling(before, language), _telling(lines, language)
    if len(old) < _SEVERAL:
        return False
    defined, given = _defined(before, language), _given(before, language)
    now = _defined(lines, language) | _given(lines, language)
    there = frozenset(old)
    common = sum(line in there for line in new)
    if not now.isdisjoint(defined or given):
        return False
    if (len(old) >= _MANY or not defined) and _is_line_for_line(old, new, language):
        return False
    if defined or len(given) >= _SEVERAL:
        old_names = defined or given
        alike = common >= _SHARE * len(new) or _are_all_renamed(old, new, old_names | now)
        return not (new and alike and len(now) >= len(old_names))
    return not common


def _telling(lines: Sequence[str], language: str) -> list[str]:
    """The lines that say something about what a file is, without their indentation."""
    return [
        bare
        for line in lines
        if any(map(str.isalpha, bare := line.strip()))
        and (language in PROSE or not (_HEADER.match(bare) or is_import(bare, language)))
    ]


def _are_all_renamed(old: Sequence[str], new: Sequence[str], names: set[str]) -> bool:
    """Whether hardly a line is new but for the names that the texts define."""

    def unnamed(line: str) -> str:
        return _WORD.sub(lambda word: "" if word[0] in names else word[0], line)

    there = {unnamed(line) for line in old}
    return sum(unnamed(line) in there for line in new) >= _NEARLY_ALL * len(new)


def _defined(lines: Sequence[str], language: str) -> set[str]:
    """The names of the outermost definitions."""
    if language in PROSE:
        return set()
    if language in PATTERNS.keys() - (LANGUAGES - WORDS):
        return set(_outermost(lines, language))
    found = [
        (len(indent_of(line)), name)
        for line in lines
        if (name := heading_of(line)) and not _CONTAINER.match(line.strip())
    ]
    outer = min((depth for depth, _ in found), default=0)
    return {name for depth, name in found if depth == outer}


def _outermost(lines: Sequence[str], language: str) -> Iterator[str]:
    stop = 0
    for one in named(lines, language):
        if one.lines.start >= stop and not _CONTAINER.match(lines[one.lines.start].strip()):
            stop = one.lines.stop
            yield one.name


def _given(lines: Sequence[str], language: str) -> set[str]:
    """The names of the entries of a file, its variables at the margin, or its titles."""
    if language in PROSE:
        return {found["name"] for line in lines if (found := _TITLE.match(line[:_LONGEST]))}
    if language in LANGUAGES:
        return {one.key for one in entries(lines, language)}
    return {
        found["name"]
        for line in lines
        if line[:1].strip() and (found := _NAME.match(line[:_LONGEST]))
    }


def _is_line_for_line(old: Sequence[str], new: Sequence[str], language: str) -> bool:
    """Whether each line stands for the one that was there: a little like it, or with its mark."""
    from rapidfuzz import fuzz

    if len(old) != len(new):
        return False
    if language in PROSE:
        return all(_mark(one) == _mark(two) for one, two in zip(old, new, strict=True))
    return all(
        fuzz.ratio(one[:_LONGEST], two[:_LONGEST], score_cutoff=_ALIKE)
        for one, two in zip(old, new, strict=True)
    )


def _mark(line: str) -> str:
    found = _MARKS.match(line)
    return re.sub(r"\d+", "1", found.group()) if found else ""
