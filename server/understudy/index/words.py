"""The names that occur in a text, told without its tree: comments and strings are left out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from understudy.context.grammar import loaded

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from understudy.context.grammar import Grammar
    from understudy.languages import Language

MAX_WORDS = 2_000
_WORD = re.compile(r"[^\W\d]\w{1,99}")
_MOST_CHARS = 100
_DIGITS = "0123456789"
_ONLY_WORDS = bytes(
    byte if chr(byte).isascii() and (chr(byte).isalnum() or byte == ord("_")) else ord(" ")
    for byte in range(256)
)
_LONG = '"""'
_STRING = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
_CHARACTERS = r"|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'"


def words(text: str, language: Language, defined: Container[str]) -> tuple[str, ...]:
    """The names of a text in the order in which they first occur, without those it defines.

    Keywords are left out, names of one letter as well, and what goes beyond `MAX_WORDS`.
    """
    if language.grammar is None:
        return ()
    known = _keywords(language.grammar)
    seen = _all_words(_unsaid(language).sub(" ", text))
    return tuple([one for one in seen if one not in known and one not in defined][:MAX_WORDS])


def _all_words(text: str) -> dict[str, None]:
    """What `_WORD` finds, in order. In ASCII, where that is told four times as fast, by splitting."""
    if text.isascii():
        pieces = dict.fromkeys(text.encode().translate(_ONLY_WORDS).decode().split())
        if max(map(len, pieces), default=0) <= _MOST_CHARS:
            found = [piece if piece[0] > "9" else piece.lstrip(_DIGITS) for piece in pieces]
            return dict.fromkeys([word for word in found if len(word) > 1])
    return dict.fromkeys(_WORD.findall(text))


@cache
def _keywords(grammar: Grammar) -> frozenset[str]:
    """What a grammar writes itself are keywords."""
    return frozenset(_kinds(grammar))


def _kinds(grammar: Grammar) -> Iterator[str]:
    language = loaded(grammar)
    for number in range(language.node_kind_count):
        kind = language.node_kind_for_id(number)
        if kind and not language.node_kind_is_named(number):
            yield kind.lstrip("#")


@cache
def _unsaid(language: Language) -> re.Pattern[str]:
    """Comments and strings that end with their line. Where `'a` is a name, `'` begins no string."""
    pattern = f"{_LONG}{_until(_LONG)}|{_STRING}"
    if language.id != "rust":
        pattern += _CHARACTERS
    if language.line_comment:
        pattern += f"|{re.escape(language.line_comment)}[^\n]*"
    if language.block_comment is not None:
        begin, end = language.block_comment
        pattern += f"|{re.escape(begin)}{_until(end)}"
    return re.compile(pattern)


def _until(end: str) -> str:
    """The pattern for all up to an end, or to the text's; faster than asking at every character."""
    first, rest = re.escape(end[0]), re.escape(end[1:])
    return f"[^{first}]*+(?:{first}(?!{rest})[^{first}]*+)*+(?:{first}{rest}|\\Z)"
