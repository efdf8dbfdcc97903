"""The paths in a line of a reply: those of known files first, however their folders are called."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from understudy.reading.file_names import ATTRIBUTES, looks_like_file

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 1_000
_FOLDER = r"[\w@.+~()\[\]$-]+"
_FRONT = rf"(?<![\w/\\.~@$+-])(?<!\w[&,'])(?P<path>(?:[A-Za-z]:)?[\\/]*(?:{_FOLDER}[\\/]+)*?(?:"
_BACK = r"))(?![\w/\\$]|[.-]\w)"
_WORD = re.compile(r"(?:(?!\]\()[^\s`\"<>|*\u2018-\u201f])+")
_MAY_BE = re.compile(r"[./\\]\w|[a-z]file")
"""What every path has in it."""
_LINE = re.compile(r"(?::\d{1,7}(?:[:-]\d{1,7})*|#L?\d{1,7}(?:-L?\d{1,7})?)\Z", re.IGNORECASE)
_FIRST = re.compile(rf"(?:{ATTRIBUTES})=|(?:\d+:)+|[\w+#-]{{2,}}:(?=[\w./\\$\[(])", re.IGNORECASE)
"""What may be glued to a path in front: an attribute's name, numbers of lines, a language."""
_ADDRESS = re.compile(r"(?<!file)://\S*\Z", re.IGNORECASE)
_BEHIND = ".,;:!?\u2026'"
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))


class Named(NamedTuple):
    """A path in a line.

    Attributes:
        path: as it is written, without the number of a line behind it.
        start / stop: its place, in code points.
    """

    path: str
    start: int
    stop: int


@lru_cache(maxsize=512)
def named_in(line: str, known: tuple[str, ...] = ()) -> tuple[Named, ...]:
    """The paths in a line, in order.

    Those of known files are looked for as wholes, so that their folders may have any name; all others
    among the words. Of a very long line, the end counts.

    Args:
        line: of a reply.
        known: the whole paths of known files.
    """
    skipped = max(len(line) - _LONGEST, 0)
    line = line[skipped:]
    found = [*_known_in(line, known)]
    for one in _words_in(line):
        if all(one.stop <= other.start or other.stop <= one.start for other in found):
            found.append(one)
    moved = (Named(one.path, one.start + skipped, one.stop + skipped) for one in found)
    return tuple(sorted(moved, key=lambda one: one.start))


def without_line(path: str) -> str:
    """A path without the number of a line behind it: `src/cart.py:8` is `src/cart.py`.

    Args:
        path: as a reply has it, without quotes around it.
    """
    return _LINE.sub("", path)


def _known_in(line: str, paths: tuple[str, ...]) -> Iterator[Named]:
    pattern = _pattern(paths)
    for found in pattern.finditer(line) if pattern is not None else ():
        if _ADDRESS.search(line, 0, found.start() + 2):
            continue
        behind = _LINE.search(line[: _end_of_word(line, found.end())], found.end())
        path = _without_openings(found["path"])
        start = found.end() - len(path)
        yield Named(path, start, behind.end() if behind else found.end())


def _without_openings(path: str) -> str:
    """A path without the brackets in front of it that close behind it."""
    for opening, closing in (*_PAIRS, *_PAIRS):
        if path.startswith(opening) and path.count(opening) > path.count(closing):
            path = path[1:]
    return path


def _end_of_word(line: str, at: int) -> int:
    while at < len(line) and (line[at].isalnum() or line[at] in ":#-"):
        at += 1
    return len(line[:at].rstrip(":#-"))


def _words_in(line: str) -> Iterator[Named]:
    for found in _WORD.finditer(line):
        word, start = found.group(), found.start()
        if "://" in word or not _MAY_BE.search(word):
            continue
        bare = _without_marks(word)
        start += word.find(bare)
        path = _LINE.sub("", bare)
        if looks_like_file(path):
            yield Named(path, start, start + len(bare))


def _without_marks(word: str) -> str:
    """A word without what surrounds a path in a sentence."""
    word = word.lstrip("'=,;]")
    if (glued := _FIRST.match(word)) and word[1:2] != ":":
        word = word[glued.end() :]
    changed = ""
    while word != changed:
        changed = word
        word = word.rstrip(_BEHIND).removesuffix("'s").removesuffix("\u2019s")
        for opening, closing in _PAIRS:
            if word.startswith(opening) and word.count(opening) > word.count(closing):
                word = word[1:]
            if word.endswith(closing) and word.count(closing) > word.count(opening):
                word = word[:-1]
            if word.startswith(opening) and word.endswith(closing):
                word = word[1:-1]
    return word


@lru_cache(maxsize=64)
def _pattern(paths: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds the paths of known files, and whatever folders stand in front of them."""
    tails = [_tail(path) for path in sorted(paths, key=len, reverse=True)]
    return re.compile(f"{_FRONT}{'|'.join(tails)}{_BACK}") if tails else None


def _tail(path: str) -> str:
    """A pattern for a path and all its ends; folders may be written in any case of letters."""
    *folders, name = [part for part in path.split("/") if part not in {"", "."}]
    pattern = ""
    for folder in folders:
        pattern = rf"(?:{pattern}(?i:{re.escape(folder)})[\\/]+(?:\.[\\/]+)*)?"
    return pattern + re.escape(name)
