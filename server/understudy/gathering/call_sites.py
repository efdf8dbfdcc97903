"""Where a text calls a name: in its code, and not in a comment or a string."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from understudy.gathering.syntaxes import STRINGS, syntax_of
from understudy.languages import all_languages

if TYPE_CHECKING:
    from collections.abc import Iterator

_CALLED = re.compile(r"(?:(?:::)?<[^()<>\n]{0,80}>)?\s*+\(")
_PART = re.compile(r"[\w$]")
_FARTHEST = 200
"""So many characters before a name are looked at."""
_BACK = re.compile(r"(\s*)(?:\.(?!\.)[?!]?|>-|::)\s*([\w$]*)")
"""What a name is taken from, in a text that is read backwards."""


class CallSite(NamedTuple):
    """A call.

    Attributes:
        at: where the name begins.
        whence: the names that it is taken from, the outermost first; an empty one stands for what is
            no name. None for a name that stands alone.
    """

    at: int
    whence: tuple[str, ...] | None


def call_sites(text: str, name: str, language: str) -> Iterator[CallSite]:
    """The calls of a name in a text, in its order.

    Args:
        text: of a file.
        name: of a function or method.
        language: LSP language id.
    """
    at = 0
    # Only what stands before a call is looked through for comments and strings.
    quoted = ((one.start(), one.end()) for one in _quoted(language).finditer(text))
    start, stop = next(quoted, (len(text), len(text)))
    while name and (at := text.find(name, at)) >= 0:
        while stop <= at and start < len(text):
            start, stop = next(quoted, (len(text), len(text)))
        end = at + len(name)
        is_whole = not _PART.match(text[at - 1 : at]) and _CALLED.match(text, end) is not None
        if is_whole and not start <= at < stop:
            yield CallSite(at, _whence(text[max(at - _FARTHEST, 0) : at], language))
        at = end


def _whence(before: str, language: str) -> tuple[str, ...] | None:
    back, at = before[::-1], 0
    names: list[str] = []
    while found := _BACK.match(back, at):
        if "\n" in found[1] and _is_behind_comment(before[: len(before) - found.end(1)], language):
            break
        names.append(found[2][::-1])
        at = found.end()
        if not found[2]:
            break
    return tuple(reversed(names)) or None


def _is_behind_comment(before: str, language: str) -> bool:
    """Whether the dot that a text ends with is that of a sentence."""
    last = before.rpartition("\n")[2]
    known = all_languages().get(language)
    marks = (known.line_comment, *(known.block_comment or ())) if known is not None else ()
    return any(mark in last for mark in marks if mark) or last.lstrip().startswith("*")


@cache
def _quoted(language: str) -> re.Pattern[str]:
    """Comments and strings. Each way begins with a character of its own, which is fast to search."""
    known, syntax = all_languages().get(language), syntax_of(language)
    ways = list(syntax.strings if syntax is not None else STRINGS)
    if known is not None and known.line_comment:
        ways.append(f"{re.escape(known.line_comment)}[^\\r\\n]*+")
    if known is not None and known.block_comment is not None:
        start, end = map(re.escape, known.block_comment)
        ways.append(rf"{start}[\s\S]*?(?:{end}|\Z)")
    return re.compile("|".join(ways))
