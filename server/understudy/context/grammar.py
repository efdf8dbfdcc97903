"""Grammars of tree-sitter: which one reads a language, and how texts are given to it.

Each grammar is a package of its own, which is loaded when the first text of its language is read.
"""

from __future__ import annotations

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


def tree_of(data: bytes, grammar: Grammar, enough: Callable[[], bool] | None = None) -> Tree:
    """The tree of some bytes, which a long text hands over as the parser asks for them.

    The parser holds the interpreter lock between two questions, so that other threads wait no longer
    than one piece takes.

    Args:
        data: UTF-8.
        grammar: what reads it.
        enough: asked every now and then whether to give up.

    Raises:
        ImportError: when the grammar is not installed.
        ValueError: when it was given up.
    """
    from tree_sitter import Parser

    parser = Parser(loaded(grammar))
    if len(data) <= _PIECE and enough is None:
        return parser.parse(data)
    whole = memoryview(data)
    pieces: list[memoryview] = []

    def read(start: int, _: object) -> memoryview:
        pieces.append(whole[start : start + _PIECE])
        return pieces[-1]

    try:
        if enough is None:
            return parser.parse(read)
        return parser.parse(read, progress_callback=lambda *_: enough())
    finally:
        # tree-sitter 0.26 never lets go of what it was handed, so that must not hold the text.
        for piece in pieces:
            piece.release()
