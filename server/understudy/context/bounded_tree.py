"""The tree of any text in any language that has a grammar, in bounded time and memory.

Grammars recover from every error, and on some texts that nobody writes, such as ten thousand opening
brackets, they need minutes or gigabytes for it. Such texts are refused before, and what takes too
long is given up.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from understudy.context.grammar import tree_of
from understudy.context.syntax import KEPT_CHARS, PYTHON, Source, parse, without_long_comments
from understudy.core.bounded_cache import bounded_cache
from understudy.core.failures import UnavailableError

if TYPE_CHECKING:
    from tree_sitter import Tree

    from understudy.context.grammar import Grammar

MAX_CHARS = 500_000
"""Longer texts are refused. Without errors so many characters take about half a second."""

_MAX_DEPTH = 150
"""Nested brackets; the parsers' effort grows with the square of their number and more."""
_LIMIT_S = 1.0

_BRACKET = re.compile(r"[(\[{)\]};>]|(?<=\w)<")
_LONE_CR = re.compile(rb"\r(?!\n)")
_OPENS, _ENDS_STATEMENT = "([{<", ";"
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"()[]{}")


def read_tree(text: str, grammar: Grammar) -> Source:
    """The tree of a text; the last few are kept. For long texts call it in a thread.

    Raises:
        UnavailableError: when the text is too long, nested too deeply or takes too long, or when the
            grammar is not installed.
    """
    found = _read(text, grammar)
    if isinstance(found, str):
        raise UnavailableError(found)
    return found


def fresh_tree(text: str, grammar: Grammar) -> Source:
    """As `read_tree`, for a text that nobody asks about again: nothing is kept.

    Raises:
        UnavailableError: as there.
    """
    if refused := refusal(text):
        raise UnavailableError(refused)
    try:
        return Source(text, partial(_tree, grammar=grammar))
    except ValueError as error:
        raise UnavailableError(_too_slow()) from error
    except ImportError as error:
        raise UnavailableError(_missing(grammar)) from error


@bounded_cache(KEPT_CHARS, lambda _found, text, _grammar: len(text))
def _read(text: str, grammar: Grammar) -> Source | str:
    """The tree, or the reason why there is none."""
    if refused := refusal(text):
        return refused
    try:
        # Python's scanner needs a text with less comments, and its trees are kept for others anyway.
        python = grammar.module == PYTHON.module
        return parse(text) if python else Source(text, partial(_tree, grammar=grammar))
    except ValueError:
        return _too_slow()
    except ImportError:
        return _missing(grammar)


def _too_slow() -> str:
    return f"Parsing did not end within {_LIMIT_S:g} s."


def _missing(grammar: Grammar) -> str:
    return f"The grammar `{grammar.module}` is not installed."


def refusal(text: str) -> str:
    """Why a text is not given to a parser; empty when it is."""
    if len(text) > MAX_CHARS:
        return f"The text is longer than the {MAX_CHARS:,} characters that are parsed."
    if not _surely_flat(text) and depth(text) > _MAX_DEPTH:
        return f"The text has more than {_MAX_DEPTH} brackets inside each other."
    return ""


def _tree(data: bytes, grammar: Grammar) -> Tree:
    """Parsed with LF for each CR that ends a line alone, which few grammars know."""
    if grammar.module == PYTHON.module:
        data = without_long_comments(data)
    return tree_of(_LONE_CR.sub(b"\n", data), grammar, _LIMIT_S)


def _surely_flat(text: str) -> bool:
    """Whether brackets are obviously not nested deeply, told ten times as fast as how deeply.

    Pairs are taken out from the inside; what does not pair up counts as if it all was open.
    """
    data = text.encode("utf-8", "surrogatepass")
    angles = data.count(b"<")
    if angles > _MAX_DEPTH // 3:
        angles = max(piece.count(b"<") for piece in data.split(b";"))
    left = data.translate(None, _NO_BRACKETS)
    for rounds in range(_MAX_DEPTH // 3):
        fewer = left.replace(b"()", b"").replace(b"[]", b"").replace(b"{}", b"")
        if len(fewer) == len(left):
            return 3 * rounds + len(left) + angles <= _MAX_DEPTH
        left = fewer
    return False


def depth(text: str) -> int:
    """How many brackets are open at most, told without knowing strings and comments.

    A `<` behind a word may open type arguments; if it was a comparison, the statement's end closes it.
    """
    deepest = brackets = angles = 0
    for found in _BRACKET.finditer(text):
        mark = found[0]
        if mark == "<":
            angles += 1
        elif mark == ">":
            angles = max(angles - 1, 0)
        elif mark in _OPENS:
            brackets += 1
        else:
            angles = 0
            brackets = max(brackets - (mark != _ENDS_STATEMENT), 0)
        deepest = max(deepest, brackets + angles)
    return deepest
