"""Where a reply says which file a block is: in the info string, in a comment, in the line above."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.reading.fences import Fenced

_LONGEST = 300
_ATTRIBUTE = re.compile(
    r"\b(?:title|file|filename|file_name|filepath|file_path|path|name)\s*=\s*"
    r"(?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)'|(?P<bare>[^\s}\"']+))",
    re.IGNORECASE,
)
_PATH = r"(?:[A-Za-z]:)?[\w@.+~/\\()\[\]-]*[\w)\]]"
_ENDING = re.compile(r"[\w)\]-]\.[A-Za-z]\w{0,9}")
_COMMENT = re.compile(
    r"\s*(?:#+|//+|--|;+|%|/\*+|<!--|\(\*|\"\"\")\s*(?:(?:file ?name|file ?path|file|path)\s*:\s*)?"
    rf"[`'\"*]*(?P<path>{_PATH})[`'\"*]*:?\s*(?:\(.{{0,40}}\))?\s*(?:\*/|-->|\*\)|\"\"\")?\s*",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:#{1,6}\s+|[-*+]\s+|\d{1,3}[.)]\s+)*(?:(?:new |updated |modified )?(?:file ?name|file ?path"
    r"|file|path)(?![\w./\\-])\s*:?\s*)?[*_`'\"(<\[]*(?:(?:file|path)\s*:\s*)?"
    rf"[*_`'\"]*(?P<path>{_PATH})[*_`'\")>\]]*\s*:?\s*[*_]*(?:\((?:new|updated|modified|full|complete)[^()]{{0,40}}\))?\s*:?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w@.+~/\\-]+")


def path_in_info(block: Fenced) -> str:
    """The path in a block's info string; empty for none."""
    info = block.info[:_LONGEST]
    found = _ATTRIBUTE.search(info)
    if found:
        return found["double"] or found["single"] or found["bare"]
    first, _, rest = info.partition(" ")
    _, colon, behind = first.partition(":")
    for part in (behind if colon and len(first) - len(behind) > 2 else first, rest.strip()):
        if is_path(part):
            return part
    return ""


def path_in_comment(line: str) -> str:
    """The path that a comment consists of; empty for none."""
    if len(line) > _LONGEST:
        return ""
    found = _COMMENT.fullmatch(line)
    return found["path"] if found and is_path(found["path"]) else ""


def path_alone(line: str) -> str:
    """The path that a heading, a bold line or a label consists of; empty for none."""
    if len(line) > _LONGEST:
        return ""
    found = _HEADING.fullmatch(line.strip())
    return found["path"] if found and is_path(found["path"]) else ""


def words_like_paths(line: str) -> Iterator[str]:
    """The words of a sentence that may be names of files."""
    for word in _WORD.findall(line[:_LONGEST]):
        name = word.rstrip(".")
        if is_path(name):
            yield name


def is_path(word: str) -> bool:
    """Whether a word looks like a file's name: it has an ending, or folders."""
    if not word or any(char.isspace() for char in word) or "://" in word:
        return False
    name = word.replace("\\", "/").rsplit("/", 1)[-1]
    if name.replace(".", "").isdigit():
        return False
    return (
        bool(_ENDING.search(name))
        or (name.startswith(".") and len(name) > 2)
        or ("/" in word and name.isidentifier() and not word.startswith("/"))
    )
