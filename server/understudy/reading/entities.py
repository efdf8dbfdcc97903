"""Text with `&lt;` and the like in place of signs, as some chat windows and models write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.failures.comments import comment_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_SIGN = re.compile(r"[<>]|&(?!(?:lt|gt|amp|quot|apos|nbsp|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_HASH = frozenset(
    {"dockerfile", "dotenv", "elixir", "fish", "julia", "makefile", "perl", "powershell", "python"}
    | {"r", "ruby", "shellscript", "terraform", "toml", "yaml"}
)
_DASHES = frozenset({"elm", "haskell", "lua", "sql"})
_BEGINS = {mark: re.compile(f"[\"'`]|(?<!&){mark}") for mark in ("#", "--", "//")}
"""What begins a string, and a comment behind code, by the mark of the comment."""
_REST = {quote: re.compile(rf"(?:[^{quote}\\]|\\.)*+{quote}") for quote in "\"'`"}
"""What follows the mark that begins a string of one line."""
_RUST_CHAR = re.compile(r"(?:[^'\\]|\\(?:'|[^']{1,12}))'")
_BEFORE_VALUE = re.compile(r"(?:[=(,]|\breturn|\A)\s*\Z")


def decoded(lines: Sequence[str]) -> list[str]:
    """The lines with the signs that entities stand for."""
    return [ENTITY.sub(sign_of, line) for line in lines]


def sign_of(entity: re.Match[str]) -> str:
    """The sign that an entity stands for."""
    import html

    return html.unescape(entity[0])


def has_signs(lines: Sequence[str]) -> bool:
    """Whether lines hold a `<`, `>` or `&` as it is."""
    return any(map(_SIGN.search, lines))


def is_escaped(lines: Sequence[str], old: Sequence[str], file: str) -> bool:
    """Whether all signs of some lines were written as entities, as far as one can see.

    The lines hold entities and none of the signs, the file holds no entity, and what the lines
    replace holds such signs.

    Args:
        lines: that take the place of others.
        old: these others.
        file: the text of the whole document.
    """
    if not any("&" in line and ENTITY.search(line) for line in lines):
        return False
    return not has_signs(lines) and not ENTITY.search(file) and has_signs(old)


def outside_quotes(line: str, language: str) -> Iterator[re.Match[str]]:
    """The entities of a line that seem to stand outside of strings and comments.

    Args:
        line: without its end; it should not begin inside a string.
        language: an LSP language id.
    """
    if not ENTITY.search(line) or comment_in(line, language):
        return
    bare = _bare(line, language)
    for found in ENTITY.finditer(bare):
        if not is_address(found, bare):
            yield found


def is_address(entity: re.Match[str], line: str) -> bool:
    """Whether what looks like an entity takes the address of something, as in `= &amp;`."""
    behind = line[entity.end() :]
    return not behind.strip() and _BEFORE_VALUE.search(line[: entity.start()]) is not None


def _bare(line: str, language: str) -> str:
    """The line with blanks for its strings, and without the comment behind its code."""
    begins = _BEGINS["#" if language in _HASH else "--" if language in _DASHES else "//"]
    never_closed: set[str] = set()
    parts: list[str] = []
    kept = at = 0
    while found := begins.search(line, at):
        at = found.end()
        quote = found[0]
        if quote not in _REST:
            return "".join(parts) + line[kept : found.start()]
        if quote in never_closed:
            continue
        ends = _RUST_CHAR if language == "rust" and quote == "'" else _REST[quote]
        rest = ends.match(line, at)
        if rest is not None:
            parts += (line[kept : found.start()], " " * (rest.end() - found.start()))
            kept = at = rest.end()
        elif ends is not _RUST_CHAR:
            # From any later quote on, the same signs are escaped, and none ends a string either.
            never_closed.add(quote)
    return "".join(parts) + line[kept:]
