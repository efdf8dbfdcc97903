"""The tree of any text in any language that has a grammar, in bounded time and memory.

Grammars recover from every error, and on some texts that nobody writes, such as ten thousand opening
brackets, they need minutes or gigabytes for it. Such texts are refused before, and what takes too
long is given up.
"""

from __future__ import annotations

import re
import time
from functools import partial
from typing import TYPE_CHECKING

from understudy.context.grammar import tree_of
from understudy.context.syntax import KEPT_CHARS, PYTHON, Source, parse
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


@bounded_cache(KEPT_CHARS, lambda _found, text, _grammar: len(text))
def _read(text: str, grammar: Grammar) -> Source | str:
    """The tree, or the reason why there is none."""
    if refused := _refusal(text):
        return refused
    try:
        # Python's scanner needs a text with less comments, and its trees are kept for others anyway.
        python = grammar.module == PYTHON.module
        return parse(text) if python else Source(text, partial(_tree, grammar=grammar))
    except ValueError:
        return f"Parsing did not end within {_LIMIT_S:g} s."
    except ImportError:
        return f"The grammar `{grammar.module}` is not installed."


def _refusal(text: str) -> str:
    """Why a text is not given to a parser; empty when it is."""
    if len(text) > MAX_CHARS:
        return f"The text is longer than the {MAX_CHARS:,} characters that are parsed."
    if depth(text) > _MAX_DEPTH:
        return f"The text has more than {_MAX_DEPTH} brackets inside each other."
    return ""


def _tree(data: bytes, grammar: Grammar) -> Tree:
    """Parsed with LF for each CR that ends a line alone, which few grammars know."""
    until = time.monotonic() + _LIMIT_S
    return tree_of(_LONE_CR.sub(b"\n", data), grammar, lambda: time.monotonic() > until)


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
