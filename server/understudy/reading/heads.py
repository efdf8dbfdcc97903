"""What stands right above a definition and belongs to it: comments, directives, decorators.

A model that begins its block with the definition does not mean what stands above to go; one that
writes a comment or a decorator of its own means that to take the place of the old one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["comment", "directive", "attribute", "request"]
"""A request is a comment that asks for something, which goes when that is done."""

LONGEST = 60
"""No head has more lines; that bounds how far one is looked for."""
_WIDEST = 400
_HASH = frozenset({"python", "ruby", "php", "shellscript", "r", "perl", "elixir"})
"""Languages where a comment begins with `#`."""
_DASHES = frozenset({"lua", "sql", "haskell"})
_BRACKETS = frozenset({"rust", "php"})
"""Languages whose attributes stand in `#[` and `]`."""
_DIRECTIVE = re.compile(
    r"(?://|#|/\*|--)\s*(?:go:|export\s+\w|\+build|nolint|lint:|eslint|biome-|prettier|@ts-|tslint"
    r"|noqa|type:|pyright|mypy|pylint|ruff:|pragma|fmt:|rubocop|istanbul|c8 |v8 )"
)
_REQUEST = re.compile(
    r"(?://|#|/\*|--)[/*#\-\s]*(?:TO" r"DO|FIX" r"ME|X" r"XX|understudy)\b", re.IGNORECASE
)
_OPENS = re.compile(r"@[\w.:$]*|#!?\[|\[{1,2}(?=[\w:])")
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`[^`]*`")
_BRACKET = re.compile(r"[()\[\]{}]")


class Part(NamedTuple):
    """A comment, a directive in one, or a decorator, an attribute or an annotation."""

    kind: Kind
    lines: range


class Head(NamedTuple):
    """The parts above a definition, and the line behind them that is not blank."""

    parts: tuple[Part, ...]
    stop: int

    @property
    def kinds(self) -> frozenset[Kind]:
        """What the head has any of and stays with the definition."""
        return frozenset(one.kind for one in self.parts) - {"request"}

    def of(self, lines: Sequence[str], *kinds: Kind) -> list[str]:
        """The lines of the parts of some kinds."""
        return [lines[at] for one in self.parts if one.kind in kinds for at in one.lines]


def head_of(lines: Sequence[str], language: str) -> Head:
    """The head that lines begin with, as far as the first line that belongs to none."""
    parts: list[Part] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        part = _part(lines, at, language)
        if part is None:
            break
        if part.kind == "comment" and parts and parts[-1] == Part("request", range(at - 1, at)):
            part = Part("request", part.lines)
        parts.append(part)
        at = part.lines.stop
    return Head(tuple(parts), at)


def head_start(lines: Sequence[str], at: int, language: str) -> int:
    """The line where the head of what begins in a line starts; that line where it has none."""
    first = at
    while first > max(at - LONGEST, 0) and lines[first - 1].strip():
        first -= 1
    depth = _depth(lines[at]) if at < len(lines) else 0
    for start in range(first, at):
        if _depth(lines[start]) == depth and head_of(lines[start:at], language).stop == at - start:
            return start
    return at


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _part(lines: Sequence[str], at: int, language: str) -> Part | None:
    bare = lines[at].strip()
    if _is_attribute(bare, language):
        stop = _attribute_stop(lines, at, language)
        return None if stop is None else Part("attribute", range(at, stop))
    if bare.startswith("/*") and language not in _HASH | _DASHES:
        stop = _comment_stop(lines, at)
        return None if stop is None else Part(_comment_kind(bare), range(at, stop))
    mark = "#" if language in _HASH else "--" if language in _DASHES else "//"
    is_comment = bare.startswith(mark) or (language == "php" and bare.startswith("//"))
    return Part(_comment_kind(bare), range(at, at + 1)) if is_comment else None


def _is_attribute(bare: str, language: str) -> bool:
    if bare.startswith("@"):
        return not bare.startswith(("@interface", "@implementation", "@protocol", "@end"))
    if language in _BRACKETS:
        return bare.startswith(("#[", "#!["))
    opens = {"csharp": "[", "cpp": "[["}.get(language)
    return opens is not None and bare.startswith(opens)


def _comment_kind(bare: str) -> Kind:
    if _REQUEST.match(bare[:_WIDEST]):
        return "request"
    return "directive" if _DIRECTIVE.match(bare[:_WIDEST]) else "comment"


def _comment_stop(lines: Sequence[str], at: int) -> int | None:
    """The line behind a comment between stars; None where code follows it on its last line."""
    for number in range(at, min(at + LONGEST, len(lines))):
        end = lines[number].find("*/")
        if end >= 0:
            return None if lines[number][end + 2 :].strip() else number + 1
    return None


def _attribute_stop(lines: Sequence[str], at: int, language: str) -> int | None:
    """The line behind the attributes of a line; None where the definition is on the same one."""
    depth = 0
    for number in range(at, min(at + LONGEST, len(lines))):
        rest = _STRING.sub('""', lines[number].strip()[:_WIDEST])
        depth, rest = _behind(rest, depth, is_open=language == "python")
        if depth > 0:
            continue
        return number + 1 if not rest or rest.startswith(("//", "#", "/*")) else None
    return None


def _behind(text: str, depth: int, *, is_open: bool) -> tuple[int, str]:
    """How deep in brackets a line ends, and what stands behind the attributes in it.

    Args:
        text: of the line, without strings.
        depth: in brackets, where it begins.
        is_open: whether an attribute goes on to the end of its line, whatever it holds.
    """
    at = 0
    if depth == 0:
        opening = _OPENS.match(text)
        if opening is None:
            return 0, text
        depth, at = opening[0].count("["), opening.end()
    rest = text[at:]
    if depth == 0 and not rest.startswith("(") and not is_open:
        return _again(rest.lstrip())
    for found in _BRACKET.finditer(text, at):
        depth += 1 if found[0] in "([{" else -1
        if depth <= 0 and not is_open:
            return _again(text[found.end() :].lstrip())
    return max(depth, 0), ""


def _again(rest: str) -> tuple[int, str]:
    """The same for what follows an attribute: another one, or the definition."""
    if not _OPENS.match(rest):
        return 0, rest
    depth = sum(map(rest.count, "([{")) - sum(map(rest.count, ")]}"))
    if depth > 0:
        return depth, ""
    last = max(rest.rfind(")"), rest.rfind("]"))
    words = rest[last + 1 :].split()
    return 0, " ".join(word for word in words if not word.startswith("@"))
