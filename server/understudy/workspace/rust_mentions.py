"""Which other files a Rust source takes in: `mod`, `#[path]` and `include!`, told by its tokens.

In doubt more than it does: modules may be meant for one system only, and macros may write others.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?P<comment>//[^\n]*)|(?P<block>/\*)|(?:b|c)?r(?P<raw>#*)\"|(?:b|c)?(?P<quote>\")"
    r"|b?'(?:\\[^\n]{1,12}?|[^'\\\n])'|(?:r#)?(?P<word>\w+)|(?P<mark>\S)"
)
_BLOCK = re.compile(r"/\*|\*/")
_STRING = re.compile(r'((?:[^"\\]|\\.)*)"', re.DOTALL)
_WANT_TOKENS = tuple(
    re.compile(words) for words in (r"path\s*[=/]", r"include\s*[!/]", r"mod\s*[$/]")
)
"""One for each word, and no boundary before it: so they are found as fast as plain text."""
_MODULE = re.compile(r"mod\s+(?:r#)?(\w+)\s*[;/]")
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")

Token = tuple[str, str]
"""A kind (`word`, `mark`, `string`, or `escaped` for a string with escapes) and its text."""


@dataclass(slots=True)
class Mentions:
    """What a source takes in.

    Attributes:
        modules: names of modules whose text lies in files of their own.
        files: ends of paths that are taken in by name, with slashes and without `..`.
        named: the same of every other string that names a Rust file.
        is_open: whether some file below the source's folder is taken in, which one can't be told.
        is_unclear: whether any file at all may be.
    """

    modules: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    is_open: bool = False
    is_unclear: bool = False


def mentions(text: str) -> Mentions:
    """The files that a Rust source takes in, in linear time for any text."""
    found = Mentions()
    tokens = list(_tokens(text))
    for number, token in enumerate(tokens):
        before, after = tokens[max(number - 2, 0) : number], tokens[number + 1 : number + 4]
        if token == ("word", "mod") and after:
            _module(after, found)
        elif token == ("word", "path") and after[:1] == [("mark", "=")]:
            _path(before, after[1:], found)
        elif token == ("word", "include") and after[:1] == [("mark", "!")]:
            _include(_group(tokens, number + 2), found)
        elif token[0] == "string" and ".rs" in token[1]:
            found.named.add(_tail(token[1]))
        elif token[0] == "unclosed":
            found.is_unclear = True
    return found


def quick_mentions(text: str) -> Mentions:
    """The same without `named`, many times faster for most sources.

    It may take modules in that are named in comments and texts alone.
    """
    if any(words.search(text) for words in _WANT_TOKENS):
        return mentions(text)
    return Mentions(modules=set(_MODULE.findall(text)))


def _module(after: list[Token], found: Mentions) -> None:
    """`mod name;`, or `mod $name;` in a macro."""
    if after[0] == ("mark", "$"):
        found.is_open = True
    elif after[0][0] == "word" and after[1:2] == [("mark", ";")]:
        found.modules.add(after[0][1])


def _path(before: list[Token], value: list[Token], found: Mentions) -> None:
    """`#[path = "name"]`, also inside of `cfg_attr`; other macros' attributes may look the same."""
    if not before or before[-1][1] not in ("[", ",", "("):
        return
    if value and value[0][0] == "string":
        _take(value[0][1], found)
    elif value and (
        value[0][0] == "escaped" or value[0][1] == "$" or value[1:2] == [("mark", "!")]
    ):
        found.is_unclear = True


def _include(group: list[Token], found: Mentions) -> None:
    """`include!("name")`, or `concat!` of a folder and strings that say where in it."""
    said = [one for one in group if one[0] != "mark" or one[1] not in "()[]{},"]
    literal = ""
    while said and said[-1][0] == "string":
        literal = said.pop()[1] + literal
    if not said:
        _take(literal, found)
    elif "/" in literal and all(kind != "escaped" for kind, _ in said):
        _take(literal.partition("/")[2], found)
    else:
        found.is_unclear = True


def _take(path: str, found: Mentions) -> None:
    tail = _tail(path)
    found.files.add(tail)
    found.is_unclear = found.is_unclear or not tail


def _tail(path: str) -> str:
    """A path from below the folders that it climbs to."""
    parts = posixpath.normpath(path.replace("\\", "/")).split("/")
    return "/".join(part for part in parts if part not in {"", ".", ".."}).casefold()


def _group(tokens: list[Token], start: int) -> list[Token]:
    """What stands between brackets."""
    depth = 0
    for number in range(start, len(tokens)):
        kind, text = tokens[number]
        depth += kind == "mark" and text in _OPENING
        depth -= kind == "mark" and text in _CLOSING
        if depth <= 0:
            return tokens[start + 1 : number]
    return [("unclosed", "")]


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while token := _TOKEN.search(text, at):
        at = token.end()
        if token["block"]:
            at = _after_block(text, at)
        elif token["raw"] is not None:
            end = text.find(f'"{token["raw"]}', at)
            if end < 0:
                yield "unclosed", ""
                return
            yield "string", text[at:end]
            at = end + 1 + len(token["raw"])
        elif token["quote"]:
            string = _STRING.match(text, at)
            if string is None:
                yield "unclosed", ""
                return
            yield ("escaped" if "\\" in string[1] else "string"), string[1]
            at = string.end()
        elif token["word"] or token["mark"]:
            yield ("word", token["word"]) if token["word"] else ("mark", token["mark"])


def _after_block(text: str, at: int) -> int:
    """Where a block comment ends; they may be nested."""
    depth = 1
    while depth and (mark := _BLOCK.search(text, at)):
        depth += 1 if mark[0] == "/*" else -1
        at = mark.end()
    return at if depth == 0 else len(text)
