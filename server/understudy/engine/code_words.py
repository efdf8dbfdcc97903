"""The words of a code: what is left of its lines when formatting does not count.

White space, line ends, comments, trailing commas, semicolons and quotes where the language has a
choice, and parentheses that only group are what formatters set, and are no words. No parser is asked:
pieces of texts are read, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from understudy.context.directives import is_read_by_tools
from understudy.core.markup import PROSE
from understudy.languages import all_languages

if TYPE_CHECKING:
    from collections.abc import Sequence

    Lines = list[list[str]]

_SCRIPTS = frozenset({"javascript", "javascriptreact", "typescript", "typescriptreact"})
_EITHER_QUOTE = _SCRIPTS | {"python", "css", "html", "lua", "yaml", "toml", "ruby", "php"}
"""Languages in which a formatter may choose between `'` and `"`."""
_NO_SEMICOLON = _SCRIPTS | {"python", "css", "go", "kotlin", "swift", "lua", "ruby"}
"""Languages in which a semicolon at the end of a line means nothing."""
_WORDS = PROSE | {""}
"""Texts in which an apostrophe is one."""
_BEFORE_GROUPS = frozenset(
    {
        *("and", "as", "assert", "await", "case", "catch", "del", "do", "elif", "else", "except"),
        *("export", "extends", "for", "from", "function", "if", "import", "in", "instanceof", "is"),
        *("match", "new", "not", "of", "or", "print", "raise", "return", "switch", "throw"),
        *("typeof", "until", "using", "void", "when", "while", "with", "yield"),
    }
)
"""Words behind which a parenthesis is no call's."""
_CLOSING = frozenset(")]}")
_NO_TYPES = _SCRIPTS | {"python"}
"""Languages in which no `>` ends a list of types behind which a call's parenthesis stands."""

_LIFETIMES = frozenset({"rust"})
"""Languages in which `'` mostly begins a name."""

_DOUBLE = r'"(?:[^"\\\r\n]|\\[^\r\n])*"'
_SINGLE = r"'(?:[^'\\\r\n]|\\[^\r\n])*'"
_PARTS = (
    r"(?P<end>\r\n|\n|\r)",
    r"(?P<word>\w+)",
    r"(?P<blank>[^\S\r\n]+|\\(?=[\r\n]))",
    r"(?P<mark>.)",
)


def code_words(lines: Sequence[str], language: str, *, comments: bool = False) -> Lines:
    """The words of each line.

    Args:
        lines: of any part of a text, with or without their ends.
        language: an LSP language id; of an unknown one, only white space is no word.
        comments: whether the words of comments are words, too.
    """
    reading = _Reading(language, comments)
    pattern = _pattern(language)
    # A comment or a bracket may begin in one line and end in another.
    for found in pattern.finditer("".join(map(_with_end, lines))):
        reading.take(found.lastgroup or "", found[0])
    reading.settle("")
    return (reading.lines + [[] for _ in lines])[: len(lines)]


def _with_end(line: str) -> str:
    return line if line.endswith(("\n", "\r")) else line + "\n"


@cache
def _pattern(language: str) -> re.Pattern[str]:
    known = all_languages().get(language)
    parts = []
    if known is not None and known.block_comment is not None:
        begin, end = map(re.escape, known.block_comment)
        parts.append(rf"(?P<block>{begin}(?s:.*?)(?:{end}|\Z))")
    if known is not None and known.line_comment:
        parts.append(rf"(?P<line>{re.escape(known.line_comment)}[^\r\n]*)")
    if language == "python":
        # What stands between them may be only a part of the string, so it is read as words.
        parts.append(r"(?P<fence>\"\"\"|''')")
    if language not in _WORDS:
        single = "" if language in _LIFETIMES else f"|{_SINGLE}"
        quote = '"' if language in _LIFETIMES else "[\"']"
        parts += [rf"(?P<string>{_DOUBLE}{single})", rf"(?P<endless>{quote}[^\r\n]*)"]
    return re.compile("|".join([*parts, *_PARTS]))


@dataclass
class _Bracket:
    """A parenthesis that is open.

    Attributes:
        is_call: whether it is a word.
        commas: how many commas stood in it.
    """

    is_call: bool
    commas: int = 0


@dataclass
class _Reading:
    """Reads from the beginning to the end."""

    language: str
    comments: bool
    lines: Lines = field(default_factory=lambda: [[]])
    _open: list[_Bracket] = field(default_factory=list)
    _comma: list[str] | None = None
    """The line of a comma of which it is not known yet whether it is a trailing one."""
    _last: str = ""

    def take(self, kind: str, text: str) -> None:
        """Read on by one token."""
        if kind == "end":
            self.lines.append([])
        elif kind in {"block", "line"}:
            self._comment(text)
        elif kind == "string":
            self._say(self._string(text))
        elif kind == "endless":
            for word in re.findall(r"\w+|[^\w\s]", text):
                self._say(word)
        elif kind == "word":
            self._say(text.lower() if text[0].isdigit() or self.language == "sql" else text)
        elif kind == "mark":
            self._mark(text)

    def settle(self, following: str) -> None:
        """Tell of a comma that waits whether it was a word, by what follows it."""
        if self._comma is None:
            return
        line, self._comma = self._comma, None
        alone = bool(self._open) and not self._open[-1].is_call and self._open[-1].commas == 1
        # `(a,)` is a tuple, and `(a)` is none.
        if following not in _CLOSING or (following == ")" and alone):
            line.append(",")

    def _say(self, word: str) -> None:
        self.settle(word)
        self.lines[-1].append(word)
        self._last = word

    def _mark(self, mark: str) -> None:
        if mark == ",":
            self.settle(mark)
            self._comma = self.lines[-1]
            if self._open:
                self._open[-1].commas += 1
        elif mark == "(":
            self._begin()
        elif mark == ")":
            self._end()
        elif mark != ";" or self.language not in _NO_SEMICOLON:
            self._say(mark)

    def _begin(self) -> None:
        last = self._last
        ends = "_)]" if self.language in _NO_TYPES else "_)]>"
        is_name = last[-1:].isalnum() or last[-1:] in tuple(ends)
        is_call = is_name and last not in _BEFORE_GROUPS
        self.settle("(")
        self._open.append(_Bracket(is_call))
        if is_call:
            self._say("(")
        self._last = "("

    def _end(self) -> None:
        self.settle(")")
        if self._open and self._open.pop().is_call:
            self._say(")")
        self._last = ")"

    def _comment(self, text: str) -> None:
        words = self.comments or is_read_by_tools(text)
        for number, line in enumerate(re.split(r"\r\n|\n|\r", text)):
            if number:
                self.lines.append([])
            if words:
                self.lines[-1] += re.findall(r"\w+", line)

    def _string(self, text: str) -> str:
        if self.language not in _EITHER_QUOTE:
            return text
        inner = text[1:-1]
        return '"' + inner.replace("\\'", "'").replace('\\"', '"')
