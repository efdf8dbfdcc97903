"""Tokens and statements of Python text that may be broken.

The standard library's tokenizer stops at the first thing it can't read; this one never fails. It
knows nothing of indentation, and reads an f-string as one string.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from understudy.context.open_brackets import PAIRS, OpenBrackets
from understudy.context.python_parts import index_of, part_around, places_of, silent
from understudy.core.bounded_cache import bounded_cache
from understudy.core.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.core.lines import LineIndex

Kind = Literal["name", "number", "string", "op", "comment", "newline", "other"]

CLOSERS = PAIRS
"""The closing bracket of each opening one."""

BLOCK_WORDS = frozenset(
    {"if", "elif", "else", "for", "while", "try", "except", "finally", "with", "def", "class"}
    | {"async", "match", "case"}
)
"""Words that begin a statement which ends in a colon; the last two are names elsewhere."""

# A line that begins with one of these begins a statement, even behind an unclosed bracket.
_STARTERS = frozenset(
    {"assert", "break", "class", "continue", "def", "del", "except", "finally", "global", "import"}
    | {"nonlocal", "pass", "raise", "return", "try", "while", "with", "@"}
)

_KEPT_BYTES = 100_000_000
"""What remembered scans may take in memory when their tokens, 50 bytes a character, are read."""

_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\f]+|\\(?:\r\n|\r|\n))
    | (?P<newline>\r\n|\r|\n)
    | (?P<comment>\#[^\r\n]*)
    | (?P<string>(?:[rR][bBfFtT]?|[bBfFtT][rR]?|[uU])?(?:
          '''(?:[^\\']|\\.|'(?!''))*(?:'''|\\?\Z)
        | \"\"\"(?:[^\\"]|\\.|"(?!""))*(?:\"\"\"|\\?\Z)
        | '(?:[^\\'\r\n]|\\\r\n|\\.)*'?
        | "(?:[^\\"\r\n]|\\\r\n|\\.)*"?))
    | (?P<number>(?:\d[\w]*(?:\.[\w]*)?|\.\d[\w]*)(?:(?<=[eE])[-+]\d+)?)
    | (?P<name>[^\W\d]\w*)
    | (?P<op>\*\*=|//=|>>=|<<=|\.\.\.|->|:=|\*\*|//|<<|>>|[=!<>]=|[-+*/%@&|^]=|[-+*/%@&|^~<>=.,:;()\[\]{}])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_BLOCK_INDENT = re.compile(r":[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n])([ \t]+)[^\s#]")
"""The first line of a block."""


class Token(NamedTuple):
    """A piece of text; spaces and continuation backslashes are between tokens.

    A tuple, because a file has tens of thousands of them and a frozen dataclass takes three times
    as long to make.
    """

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.start + len(self.text)

    @property
    def quote(self) -> str:
        """The opening quote of a string: one or three characters; empty for other tokens."""
        if self.kind != "string":
            return ""
        body = self.text.lstrip("rRbBfFtTuU")
        return body[:3] if body[:3] in {'"""', "'''"} else body[:1]

    @property
    def prefix(self) -> str:
        """The letters in front of a string's opening quote."""
        return self.text[: self.text.index(self.quote)] if self.kind == "string" else ""

    @property
    def closed(self) -> bool:
        """False for a string that lacks its closing quote."""
        body = self.text[len(self.prefix) + len(self.quote) :]
        head = body.removesuffix(self.quote)
        escapes = len(head) - len(head.rstrip("\\"))
        return self.kind != "string" or (body.endswith(self.quote) and escapes % 2 == 0)


@dataclass(frozen=True, slots=True)
class Statement:
    """One logical line as far as it can be told, without comments and line ends.

    Attributes:
        tokens: at least one.
        unclosed: the brackets that are still open at its end, outermost first.
    """

    tokens: tuple[Token, ...]
    unclosed: tuple[Token, ...]

    @property
    def first(self) -> Token:
        """Its first token."""
        return self.tokens[0]

    @property
    def last(self) -> Token:
        """Its last token."""
        return self.tokens[-1]

    @property
    def is_block(self) -> bool:
        """Whether its first word asks for a colon and a block."""
        return self.first.kind == "name" and self.first.text in BLOCK_WORDS


@dataclass(frozen=True)
class Scan:
    """The tokens of one text, or of a part of it, and ways to find them by place.

    Nothing is read before it is asked for. Lines, offsets and `statement`, `on_line` and `before`
    are those of the whole text; outside of the part they read all of it.
    """

    text: str
    part: Span

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens of the part, with comments and line ends."""
        # Every alternative of the pattern is named after its kind. `Token(…)` would take twice as
        # long.
        return tuple(
            Token._make((found.lastgroup, found.group(), found.start()))
            for found in _TOKEN.finditer(self.text, self.part.start, self.part.end)
            if found.lastgroup != "space"
        )

    @cached_property
    def index(self) -> LineIndex:
        """The lines of the text."""
        return index_of(self.text)

    @cached_property
    def code(self) -> tuple[Token, ...]:
        """The tokens without comments and line ends."""
        return tuple(token for token in self.tokens if token.kind not in {"comment", "newline"})

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.code]

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The logical lines; those with nothing in them are left out."""
        return tuple(_statements(self.tokens, self.index))

    @cached_property
    def _statement_starts(self) -> list[int]:
        return [statement.first.start for statement in self.statements]

    def at(self, offset: int) -> int:
        """The place in `code` of the token that holds `offset` or else starts next behind it."""
        place = bisect_right(self._starts, offset) - 1
        if place >= 0 and self.code[place].end > offset:
            return place
        return place + 1

    def before(self, offset: int) -> Token | None:
        """The last code token that ends at or before `offset`."""
        if self._lies_outside(offset - 1):
            return scan(self.text).before(offset)
        place = bisect_right(self._starts, offset) - 1
        while place >= 0 and self.code[place].end > offset:
            place -= 1
        return self.code[place] if place >= 0 else None

    def statement(self, offset: int) -> Statement | None:
        """The statement that holds `offset`, or else the last one before it."""
        if self._lies_outside(offset):
            return scan(self.text).statement(offset)
        place = bisect_right(self._statement_starts, offset) - 1
        return self.statements[place] if place >= 0 else None

    def on_line(self, line: int) -> list[Token]:
        """The code tokens that start on a line."""
        span = self.index.line_span(line)
        if self._lies_outside(span.start):
            return scan(self.text).on_line(line)
        first = bisect_left(self._starts, span.start)
        return list(self.code[first : bisect_left(self._starts, span.end)])

    def indent(self, line: int) -> str:
        """The blanks at the start of a line."""
        content = self.index.content(line)
        return content[: len(content) - len(content.lstrip(" \t\f"))]

    def indent_unit(self) -> str:
        """One step of indentation as this text writes it; four spaces when it shows none."""
        unit = ""
        for one in _BLOCK_INDENT.finditer(self.text):
            is_shorter = not unit or len(one.group(1)) < len(unit)
            if is_shorter and not silent(self.text, one.start(1)):
                unit = one.group(1)
        return "\t" if unit.startswith("\t") else unit or "    "

    def count(self, word: str) -> int:
        """How often the whole text has the word, strings and comments aside."""
        return sum(not silent(self.text, place) for place in places_of(self.text, word))

    def _lies_outside(self, offset: int) -> bool:
        """Whether the part says nothing about a place, though the text does."""
        return not self.part.start <= offset <= self.part.end and 0 <= offset <= len(self.text)


def scan(text: str, near: int | None = None) -> Scan:
    """Read a text, or of a long one the part around the place `near`. Never raises."""
    return _scan(text, part_around(text, near) if near is not None else Span(0, len(text)))


@bounded_cache(_KEPT_BYTES, lambda _scan, text, part: len(text) + 50 * len(part))
def _scan(text: str, part: Span) -> Scan:
    return Scan(text, part)


def line_end(text: str) -> str:
    r"""The line end that a text uses first; `\n` when it has only one line."""
    found = re.search(r"\r\n|\n|\r", text)
    return found.group() if found else "\n"


def unclosed_brackets(tokens: Sequence[Token]) -> list[Token]:
    """The opening brackets that the tokens leave open, outermost first."""
    brackets: OpenBrackets[Token] = OpenBrackets()
    for token in tokens:
        brackets.read(token)
    return brackets.open


def _statements(tokens: Sequence[Token], index: LineIndex) -> list[Statement]:
    found: list[Statement] = []
    current: list[Token] = []
    brackets: OpenBrackets[Token] = OpenBrackets()
    at_line_start = True
    for token in tokens:
        if token.kind == "comment":
            continue
        if token.kind == "newline":
            at_line_start = True
        if current and _ends(current, brackets.open, token, at_line_start, index):
            found.append(Statement(tuple(current), tuple(brackets.open)))
            current, brackets = [], OpenBrackets()
        if token.kind != "newline" and token.text != ";":
            current.append(token)
            brackets.read(token)
            at_line_start = False
    if current:
        found.append(Statement(tuple(current), tuple(brackets.open)))
    return found


def _ends(
    current: list[Token],
    stack: list[Token],
    token: Token,
    at_line_start: bool,  # noqa: FBT001 — a state of the loop, not a choice of behaviour
    index: LineIndex,
) -> bool:
    """Whether the current statement ends before `token`."""
    if not stack:
        return token.kind == "newline" or token.text == ";"
    if not at_line_start or token.text not in _STARTERS:
        return False
    return index.position(token.start)[1] <= index.position(current[0].start)[1]
