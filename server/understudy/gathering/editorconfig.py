"""Which lines of an `.editorconfig` are about a file (https://spec.editorconfig.org)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.core.lines import LineIndex

_SECTION = re.compile(r"\s*\[(.*)\]\s*$")
_KEY = re.compile(r"\s*(?:indent_style|indent_size|tab_width|max_line_length|quote_type)\s*[=:]")
_PIECE = re.compile(r"\*\*|\{[+-]?\d+\.\.[+-]?\d+\}|\[!?[^\]/]+\]|\\.|.")
_MOST_CHARS, _MOST_STARS = 200, 8
"""A longer glob, or one with more stars, is taken to match nothing: matching must not take long."""


def lines_about(index: LineIndex, path: str) -> list[int]:
    """The lines that say how a file is written, each section below its header.

    Args:
        index: of the `.editorconfig`.
        path: of the file, below the folder of the `.editorconfig`, with `/`.
    """
    found: dict[int, None] = {}
    header: int | None = None
    for line in range(len(index)):
        content = index.content(line)
        section = _SECTION.match(content)
        if section is not None:
            header = line if matches(section[1], path) else None
        elif header is not None and _KEY.match(content):
            found |= {header: None, line: None}
    return list(found)


def matches(glob: str, path: str) -> bool:
    """Whether a section with this name is about a file."""
    if len(glob) > _MOST_CHARS or glob.count("*") > _MOST_STARS:
        return False
    has_folder = "/" in glob
    pieces = _PIECE.findall(glob.removeprefix("/"))
    is_balanced = pieces.count("{") == pieces.count("}")
    try:
        pattern = "".join(_written(pieces, is_balanced=is_balanced))
        return re.fullmatch(pattern, path if has_folder else path.rpartition("/")[2]) is not None
    except re.error:
        return False


def _written(pieces: list[str], *, is_balanced: bool) -> list[str]:
    """The pieces of a glob as those of a regular expression."""
    special = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    if is_balanced:
        special |= {"{": "(?:", "}": ")"}
    found: list[str] = []
    depth = 0
    for piece in pieces:
        depth += (piece == "{") - (piece == "}")
        if piece == "," and depth > 0 and is_balanced:
            found.append("|")
        elif piece in special:
            found.append(special[piece])
        else:
            found.append(_of_several(piece))
    return found


def _of_several(piece: str) -> str:
    """A character, a set of them or a range of numbers."""
    if piece.startswith("{") and len(piece) > 1:
        return r"[+-]?\d+"
    if piece.startswith("[") and len(piece) > 1:
        return f"[^{re.escape(piece[2:-1])}]" if piece[1] == "!" else f"[{re.escape(piece[1:-1])}]"
    return re.escape(piece.removeprefix("\\") or piece)
