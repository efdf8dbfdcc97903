"""Grammars of tree-sitter: which one reads a language, and how texts are given to it.

Each grammar is a package of its own, which is loaded when the first text of its language is read.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Language, Tree

_PIECE = 16_384
"""So many bytes are given to the parser at once."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What reads the texts of a language, and which of its nodes are pieces of code.

    Attributes:
        module: the package that holds it, by its import name.
        function: what gives the language there; a package may hold several.
        symbols: types of the nodes that are whole symbols: functions, methods, classes.
        blocks: types of the nodes that hold together within a symbol or beside one: loops, branches,
            lists of imports.
        reliable: whether what it can't read is wrong. Where macros, dialects or habits make many
            correct texts unreadable, only what an edit changes tells anything.
    """

    module: str
    function: str = "language"
    symbols: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()
    reliable: bool = True


def kinds(names: str) -> frozenset[str]:
    """Types of nodes, written one after the other with blanks between them."""
    return frozenset(names.split())


@cache
def loaded(grammar: Grammar) -> Language:
    """The grammar itself.

    Raises:
        ImportError: when its package is not installed.
    """
    from tree_sitter import Language

    return Language(getattr(import_module(grammar.module), grammar.function)())


def tree_of(data: bytes, grammar: Grammar, limit_s: float | None = None) -> Tree:
    """The tree of some bytes. Other threads go on meanwhile.

    The parser holds the interpreter lock between two questions: it asks for a long text piece by
    piece, and with a limit it asks every hundred steps whether to go on.

    Args:
        data: UTF-8.
        grammar: what reads it.
        limit_s: seconds after which it is given up.

    Raises:
        ImportError: when the grammar is not installed.
        ValueError: when it was given up.
    """
    from tree_sitter import Parser

    parser = Parser(loaded(grammar))
    if len(data) <= _PIECE and limit_s is None:
        return parser.parse(data)
    size = _PIECE if limit_s is None else max(len(data), 1)
    whole = memoryview(data)
    pieces: list[memoryview] = []

    def read(start: int, _: object) -> memoryview:
        pieces.append(whole[start : start + size])
        return pieces[-1]

    try:
        if limit_s is None:
            return parser.parse(read)
        return parser.parse(read, progress_callback=_lateness(limit_s))
    finally:
        # tree-sitter 0.26 never lets go of what it was handed, so that must not hold the text.
        for piece in pieces:
            piece.release()


def _lateness(limit_s: float) -> Callable[[int, bool], bool]:
    """Whether it is too late; asked so often that every call within it counts."""
    now = time.monotonic
    until = now() + limit_s
    return lambda _at, _has_error: now() > until
