"""A reply that is code without a fence."""

from __future__ import annotations

import ast
import re
from functools import partial

from understudy.core.lines import real_lines
from understudy.reading.fences import Answer, Fenced
from understudy.reading.prose import without_prose
from understudy.reading.rewriting import parses
from understudy.reading.shape import contents
from understudy.reading.symbols import tree_of

_SHARED = 0.3
"""A reply without a fence is code when so much of it is in the old text."""
_STATEMENTS = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Import,
    ast.ImportFrom,
    ast.Assign,
)


def bare_code(text: str, old: str, language: str) -> Answer | None:
    """A reply as one block, when it clearly is the new text: it parses, and shares the old one's lines.

    Only for Python: of a text in another language nobody could tell here.

    Args:
        text: the reply.
        old: the text that is rewritten.
        language: an LSP language id.
    """
    if language != "python" or re.match(r"\s*[`~]{3}", text):
        return None
    lines = contents(text)
    known = {line.strip() for line in contents(old) if line.strip()}
    if not any(line.strip() in known for line in lines):
        return None
    freed = without_prose(lines, partial(parses, language="python"))
    code = lines if freed is None else list(freed.lines)
    tree = tree_of(code)
    if tree is None or not any(isinstance(node, _STATEMENTS) for node in tree.body):
        return None
    shared = sum(line.strip() in known for line in code if line.strip())
    if shared < _SHARED * max(real_lines(code), 1):
        return None
    around = [] if freed is None else [*freed.above, *freed.below]
    above = () if freed is None else tuple(filter(str.strip, freed.above))
    block = Fenced("python", "python", "\n".join([*code, ""]), 0, len(text), above)
    return Answer((block,), "\n".join(around).strip())
