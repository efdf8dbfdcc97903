"""The lines of an ignore file, as git reads them: which of them is about a path itself.

A path within a folder that is left out is not asked about, so what a line says of a folder says nothing
of what is in it. Syntax and meaning are those of gitignore(5) and of git's wildmatch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_LINE = 4_096
_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": " \t",
    "cntrl": "\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": " \t\n\r\f\v",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
_SPECIAL = re.compile(r"[*?\[\\]")


@dataclass(frozen=True, slots=True)
class _Line:
    """One pattern.

    Attributes:
        literal: what is meant where nothing stands for something else.
        pattern: else what a name or path must match as a whole.
        whole: whether the path from the file's folder on is meant, and not its last name.
    """

    is_negated: bool
    for_folders: bool
    whole: bool
    literal: str | None
    pattern: re.Pattern[str] | None

    def means(self, path: str, name: str, *, is_folder: bool) -> bool:
        if self.for_folders and not is_folder:
            return False
        text = path if self.whole else name
        if self.pattern is None:
            return text == self.literal
        return self.pattern.fullmatch(text) is not None


class IgnoreLines:
    """The lines of one folder's ignore files, those further down with the last word."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Read them; what is no pattern means nothing."""
        found = (_line(line) for line in lines)
        self._lines = tuple(one for one in reversed(list(found)) if one is not None)

    def says(self, path: str, *, is_folder: bool) -> bool | None:
        """Whether a path is ignored; None where no line is about it.

        Args:
            path: from the folder of the lines on, with `/`.
            is_folder: whether it is one.
        """
        name = path.rpartition("/")[2]
        for one in self._lines:
            if one.means(path, name, is_folder=is_folder):
                return not one.is_negated
        return None


@lru_cache(maxsize=64)
def ignore_lines(lines: tuple[str, ...]) -> IgnoreLines:
    """The same, read once: files are looked at whenever they are asked about."""
    return IgnoreLines(lines)


def _line(line: str) -> _Line | None:
    text = _without_blanks(line.rstrip("\r\n"))
    if not text or text.startswith("#") or len(text) > _MOST_LINE:
        return None
    is_negated = text.startswith("!")
    text = text[is_negated:]
    for_folders = text.endswith("/")
    text = text[:-1] if for_folders else text
    whole = "/" in text
    text = text[text.startswith("/") :]
    if not text:
        return None
    if _SPECIAL.search(text) is None:
        return _Line(is_negated, for_folders, whole, text, None)
    expression = _expression(text)
    if expression is None:
        return None
    return _Line(is_negated, for_folders, whole, None, re.compile(expression, re.DOTALL))


def _without_blanks(line: str) -> str:
    """A line without the blanks at its end, of which one behind a backslash is meant."""
    end = len(line)
    while end and line[end - 1] == " ":
        before = line[: end - 1]
        if (len(before) - len(before.rstrip("\\"))) % 2:
            break
        end -= 1
    return line[:end]


def _expression(text: str) -> str | None:
    """A regular expression for a pattern; None where it can match nothing."""
    found: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == "*":
            piece, at = _stars(text, at)
        elif char == "?":
            piece, at = "[^/]", at + 1
        elif char == "[":
            read = _bracket(text, at)
            if read is None:
                return None
            piece, at = read
        elif char == "\\":
            if at + 1 == len(text):
                return None
            piece, at = re.escape(text[at + 1]), at + 2
        else:
            piece, at = re.escape(char), at + 1
        found.append(piece)
    return "".join(found)


def _stars(text: str, start: int) -> tuple[str, int]:
    """What stars stand for, and where they end: two of them between slashes for any folders."""
    end = start
    while end < len(text) and text[end] == "*":
        end += 1
    # Git compares what stands before the first special mark by itself, and begins anew there.
    begins = text[start - 1 : start] in {"", "/"} or _SPECIAL.search(text, 0, start) is None
    if end - start >= 2 and begins and (end == len(text) or text[end] == "/"):
        if end == len(text):
            return ".+" if text[start - 1 : start] == "/" else ".*", end
        return "(?:.*/)?", end + 1
    return "[^/]*", end


def _bracket(text: str, start: int) -> tuple[str, int] | None:
    """A set of characters, and where it ends; None where it never does."""
    at = start + 1
    is_negated = text[at : at + 1] in {"!", "^"}
    at += is_negated
    found: list[str] = []
    first = True
    while at < len(text) and (first or text[at] != "]"):
        first = False
        named = re.compile(r"\[:(\w*):\]").match(text, at)
        if named is not None:
            if named[1] not in _CLASSES:
                return None
            found.append(_CLASSES[named[1]])
            at = named.end()
            continue
        low, at = _one(text, at)
        is_range = text[at : at + 1] == "-" and text[at + 1 : at + 2] not in {"]", ""}
        high, at = _one(text, at + 1) if is_range else (low, at)
        if low <= high:
            found.append(f"{re.escape(low)}-{re.escape(high)}")
    if at >= len(text):
        return None
    inner = "".join(found)
    if is_negated:
        return f"[^/{inner}]", at + 1
    return (f"(?!/)[{inner}]" if inner else "(?!)"), at + 1


def _one(text: str, at: int) -> tuple[str, int]:
    """One character of a set, and where the next one begins."""
    if text[at] == "\\" and at + 1 < len(text):
        return text[at + 1], at + 2
    return text[at], at + 1
