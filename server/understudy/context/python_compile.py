"""What the running interpreter's own compiler says about a text. Nothing is executed.

The checker and the fixers ask about the same texts, so what was said is kept for a while.
"""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache
from sys import getsizeof
from typing import TYPE_CHECKING

from understudy.context.compiler_child import Errors, errors_by_child
from understudy.core.bounded_cache import bounded_cache
from understudy.core.lines import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGE = 100_000
"""Compiling so many characters would stop every other thread for about 50 ms, so a child does it.
Starting one takes 10 ms, which is why shorter texts are compiled here."""
_KEPT_BYTES = 8_000_000
"""How long the texts may be, in memory, of which is remembered whether they parse."""
_FILE_NAME = "<understudy-check>"
_PIECE = 8_000
_MAX_PIECES = 20
_AT_MARGIN = re.compile(r"(?!(?:else|elif|except|finally)\b)[^\W\d]")
_BOM = "\ufeff"
_HALF = re.compile("[\ud800-\udfff]")


def readable(text: str) -> str:
    """The text as the compiler is given it: with a form feed for a byte order mark.

    At the start of a line that counts as nothing, so every place stays what it is.
    """
    return "\f" + text[1:] if text.startswith(_BOM) else text


@lru_cache(maxsize=16)
def compile_error(text: str, flags: int = 0) -> SyntaxError | None:
    """The first error of compiling the whole way, which also finds `return` outside of a function.

    Places in errors that come from behind the parser count the bytes of UTF-8.

    Raises:
        RecursionError, MemoryError, OverflowError, ValueError: where the compiler can't tell.
    """
    elsewhere = _by_child(text, flags)
    if elsewhere is not None:
        return elsewhere.compiling
    found = _compile(text, flags)
    return found if isinstance(found, SyntaxError) else None


@lru_cache(maxsize=16)
def parse_error(text: str, flags: int = 0) -> SyntaxError | None:
    """The first error of the grammar alone. Places count code points.

    Raises:
        RecursionError, MemoryError, OverflowError, ValueError: where the parser can't tell.
    """
    # A text that compiles parses too, and builds no tree that nobody looks at.
    if compile_error(text, flags) is None:
        return None
    elsewhere = _by_child(text, flags)
    if elsewhere is not None:
        return elsewhere.grammar
    found = _compile(text, flags | ast.PyCF_ONLY_AST)
    return found if isinstance(found, SyntaxError) else None


@bounded_cache(_KEPT_BYTES, lambda _parses, text: getsizeof(text))
def parses(text: str) -> bool:
    """Whether a text has no syntax error, as far as the compiler can tell."""
    try:
        return parse_error(text) is None
    except (RecursionError, MemoryError, OverflowError, ValueError):
        return True


@lru_cache(maxsize=4)
def tree(text: str) -> ast.Module | None:
    """The syntax tree, shared between callers and so never to be changed; None if it won't parse."""
    try:
        if len(text) >= _LARGE and (pieced := _tree_of_pieces(text)) is not None:
            return pieced
        found = _compile(text, ast.PyCF_ONLY_AST)
    except (RecursionError, MemoryError, OverflowError, ValueError):
        return None
    return found if isinstance(found, ast.Module) else None


@lru_cache(maxsize=16)
def _by_child(text: str, flags: int) -> Errors | None:
    """What a child interpreter says; None when the text is to be compiled here."""
    # Of what no compiler takes at all, ours says so at once.
    if len(text) < _LARGE or "\0" in text or _HALF.search(text):
        return None
    return errors_by_child(readable(text), _FILE_NAME, flags)


def _tree_of_pieces(text: str) -> ast.Module | None:
    """The tree of a long text, read in pieces so that other threads get their turn in between.

    What parses up to the start of a line, and from there on, parses as a whole to the same
    statements. A piece that does not parse is read together with the next one.

    Returns:
        None when the text does not parse, or holds a statement of very many lines.
    """
    if compile_error(text) is not None:
        return None
    body: list[ast.stmt] = []
    waiting, above = "", 0
    for lines_above, piece in _pieces(text):
        if not waiting:
            above = lines_above
        waiting += piece
        found = _compile("\n" * above + waiting, ast.PyCF_ONLY_AST)
        if isinstance(found, ast.Module):
            body += found.body
            waiting = ""
        elif len(waiting) > _MAX_PIECES * _PIECE:
            break
    return None if waiting else ast.Module(body, type_ignores=[])


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A text, cut where a statement at the margin seems to start, with the lines above each part."""
    piece: list[str] = []
    above = length = 0
    for line in split_lines(text):
        if length >= _PIECE and _AT_MARGIN.match(line):
            yield above, "".join(piece)
            above += len(piece)
            piece, length = [], 0
        piece.append(line)
        length += len(line)
    yield above, "".join(piece)


def _compile(text: str, flags: int) -> object:
    # The filter is tied to our pseudo file name, so it silences nobody else and needs no lock.
    warnings.filterwarnings("ignore", module=re.escape(_FILE_NAME))
    try:
        return compile(readable(text), _FILE_NAME, "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        # The traceback would keep frames and texts alive for as long as the answer is kept.
        return error.with_traceback(None)
