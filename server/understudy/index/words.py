"""The names that occur in a text, told without its tree: comments and strings are left out."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from understudy.context.grammar import loaded

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from understudy.context.grammar import Grammar
    from understudy.languages import Language

MAX_WORDS = 2_000
_WORD = re.compile(r"[^\W\d]\w{1,99}")
_STRING = r'"""(?s:.*?)(?:"""|\Z)|"(?:[^"\\\n]|\\.)*"'
_CHARACTERS = r"|'(?:[^'\\\n]|\\.)*'"


def words(text: str, language: Language, defined: Container[str]) -> tuple[str, ...]:
    """The names of a text in the order in which they first occur, without those it defines.

    Keywords are left out, names of one letter as well, and what goes beyond `MAX_WORDS`.
    """
    if language.grammar is None:
        return ()
    known = _keywords(language.grammar)
    seen = dict.fromkeys(_WORD.findall(_unsaid(language).sub(" ", text)))
    return tuple(
        islice((one for one in seen if one not in known and one not in defined), MAX_WORDS)
    )


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
    pattern = _STRING if language.id == "rust" else _STRING + _CHARACTERS
    if language.line_comment:
        pattern += f"|{re.escape(language.line_comment)}[^\n]*"
    if language.block_comment is not None:
        begin, end = map(re.escape, language.block_comment)
        pattern += f"|{begin}(?s:.*?)(?:{end}|\\Z)"
    return re.compile(pattern)
