"""The lines that mark off search/replace blocks, in the spellings that models use."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from understudy.core.indentation import indent_of

Kind = Literal["search", "divider", "end"]

_LONGEST = 300
_MAY_BE_ONE = re.compile(r"[\\ \t]*[<>=+:-]{2}")
_IN_SIGNS = r"[ \t]*:?[ \t]*<[^<>\r\n]*[./][^<>\r\n]*>"
_PATH = rf"[ \t]*:?[ \t]+[`*\"'(\[]*[^<>\s]*[./][^<>\s]*|{_IN_SIGNS}"
"""A path behind a mark, on which no other word follows."""
_MARK = re.compile(
    r"(?P<lead>[ \t]*)(?:"
    rf"(?P<search><{{5,9}}[ \t]*(?:SEARCH|ORIGINAL|FIND)\b>*(?P<rest>[^<>\r\n]*|{_IN_SIGNS})"
    rf"|-{{5,9}}[ \t]*SEARCH>*(?P<beside>{_PATH})?|-{{2,9}}[ \t]?FIND-*)"
    r"|(?P<divider>={5,9}|-{2,9}[ \t]?REPLACE-*)"
    rf"|(?P<end>(?:>{{5,9}}[ \t]*(?:REPLACE|UPDATED?)[<>]*|\+{{5,9}}[ \t]*REPLACE>*)(?P<behind>{_PATH})?"
    r"|>{5,9}[ \t]*[<>]*|-{2,9}[ \t]?COMPLETE-*)"
    r")[ \t]*",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"[ \t]*:(?P<name>start_line|end_line|verbatim):[ \t]*(?P<value>\d{0,9})[ \t]*"
)
_HEADER_END = re.compile(r"[ \t]*-{5,9}[ \t]*")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?:[ \r\n]|\Z)")
"""What git writes around both sides of a conflict."""
NO_END = "\\ No newline at end of file"
"""Below a file's last line when that has no end, as in diffs."""


class Mark(NamedTuple):
    """A line that is a mark.

    Attributes:
        lead: the blanks in front of it.
        is_word: whether a word says what it is, and not only a row of signs.
        find: whether it is of the kind `---FIND`, `---REPLACE`, `---COMPLETE`.
        size: how many signs the row has.
        rest: what stands behind the word, such as a path.
    """

    kind: Kind
    lead: str
    is_word: bool
    find: bool
    size: int
    rest: str


class Header(NamedTuple):
    """What stands between a search mark and the text.

    Attributes:
        hint: the line, from 0, where the text is said to begin.
        verbatim: whether both texts count with their ends of lines, as whole files.
        size: how many lines it has.
    """

    hint: int | None
    verbatim: bool
    size: int


def mark_of(line: str) -> Mark | None:
    """The mark that a line is; None for any other."""
    line = line.rstrip("\r\n")
    if len(line) > _LONGEST or not _MAY_BE_ONE.match(line):
        return None
    found = _MARK.fullmatch(line)
    if found is None:
        return None
    kind: Kind = "search" if found["search"] else "divider" if found["divider"] else "end"
    text = found[kind]
    size = len(text) - len(text.lstrip(text[0]))
    find = text[0] == "-" and not text.lstrip("-").strip().upper().startswith("SEARCH")
    rest = found["rest"] or found["beside"] or found["behind"] or ""
    return Mark(kind, found["lead"], text.strip(text[0]) != "", find, size, rest)


def header_of(lines: list[str]) -> Header:
    """What the first lines of a search text say about it."""
    hint, verbatim, size = None, False, 0
    for line in lines[:4]:
        found = _HEADER.fullmatch(line.rstrip("\r\n"))
        if found is None:
            break
        size += 1
        verbatim = verbatim or found["name"] == "verbatim"
        if found["name"] == "start_line" and found["value"]:
            hint = max(int(found["value"]) - 1, 0)
    if size and len(lines) > size and _HEADER_END.fullmatch(lines[size].rstrip("\r\n")):
        size += 1
    return Header(hint, verbatim, size)


def escaped(line: str) -> str:
    """A line of code as it stands in a block, where it might else be taken for a mark."""
    lead = indent_of(line)
    return f"{lead}\\{line[len(lead) :]}" if _is_like_mark(line) else line


def unescaped(line: str) -> str:
    """A line of a block as it stands in code."""
    lead = indent_of(line)
    bare = lead + line[len(lead) + 1 :]
    return bare if line.startswith("\\", len(lead)) and _is_like_mark(bare) else line


def _is_like_mark(line: str) -> bool:
    bare = line.lstrip("\\ \t")
    if mark_of(bare) is not None or _CONFLICT.match(bare):
        return True
    return line.startswith("\\") and line.lstrip("\\").rstrip("\r\n") == NO_END[1:]
