"""What the running interpreter's own compiler says about a text. Nothing is executed.

The checker and the fixers ask about the same texts, so what was said is kept for a while.
"""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache

_FILE_NAME = "<understudy-check>"
_BOM = "\ufeff"


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
    found = _compile(text, flags | ast.PyCF_ONLY_AST)
    return found if isinstance(found, SyntaxError) else None


@lru_cache(maxsize=4)
def tree(text: str) -> ast.Module | None:
    """The syntax tree, shared between callers and so never to be changed; None if it won't parse."""
    try:
        found = _compile(text, ast.PyCF_ONLY_AST)
    except (RecursionError, MemoryError, OverflowError, ValueError):
        return None
    return found if isinstance(found, ast.Module) else None


def _compile(text: str, flags: int) -> object:
    # The filter is tied to our pseudo file name, so it silences nobody else and needs no lock.
    warnings.filterwarnings("ignore", module=re.escape(_FILE_NAME))
    try:
        return compile(readable(text), _FILE_NAME, "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        # The traceback would keep frames and texts alive for as long as the answer is kept.
        return error.with_traceback(None)
