"""Expressions that have the same value whenever they are run, as far as their words tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.whole_trees import nodes

if TYPE_CHECKING:
    from tree_sitter import Node

    from understudy.context.syntax import Source

_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'')
_FILLED_IN = re.compile(r'".*(?:\$|#\{|\\\()')
"""A text in double quotes that may say what a variable holds."""
_WORD = re.compile(r"(?<!\w)(?:[$@]+\w*|[^\W\d]\w*)")
"""A name has its sign with it: `$in` of PHP and `@in` of Ruby and C# are no operators."""
_OPERATORS = frozenset({"not", "and", "or", "is", "in"})
"""Words that are names in other languages: `in` is what C and Java call a stream."""
_FIXED = _OPERATORS | {
    *("True", "False", "true", "false", "None", "nil", "null", "undefined", "NULL", "nullptr"),
}
"""Words that mean the same whenever they are run."""
_STATIC = frozenset(
    {"TYPE_CHECKING", "typing", "sys", "platform", "version_info", "os", "name", "startswith"}
)
"""What stands in conditions that type checkers of Python decide by themselves."""
_KNOWN_STATIC = re.compile(r"\bTYPE_CHECKING\b|\bsys\.(?:platform|version_info)\b|\bos\.name\b")
_PYTHON = "module"
"""The type of the first node of a text in Python."""
_INFIX = "infix_expression"
_WIDEST = 400


def is_constant(condition: Node, source: Source) -> bool:
    """Whether an expression has the same value whenever it is run."""
    return _holds_only(condition, source, _FIXED)


def is_static(condition: Node, source: Source) -> bool:
    """Whether type checkers of Python decide a condition by themselves."""
    if source.root.type != _PYTHON or not _KNOWN_STATIC.search(source.word(condition)[:_WIDEST]):
        return False
    return _holds_only(condition, source, _FIXED | _STATIC)


def _holds_only(condition: Node, source: Source, known: frozenset[str]) -> bool:
    """Whether an expression is not too long to be fixed, and has no words but these and texts."""
    text = source.word(condition)
    if not text.strip("; \t") or len(text) > _WIDEST:
        return False
    words = set(_WORD.findall(_STRING.sub(_unless_filled_in, text)))
    return words <= known and not (words & _OPERATORS and _names_operator(condition, source))


def _unless_filled_in(text: re.Match[str]) -> str:
    return text[0] if _FILLED_IN.match(text[0]) else ""


def _names_operator(condition: Node, source: Source) -> bool:
    """Whether a word that may be an operator is the name of something here."""
    return any(
        one.is_named
        and not one.child_count
        and source.word(one) in _OPERATORS
        and not _is_between(one)
        for one in nodes(condition)
    )


def _is_between(name: Node) -> bool:
    """Whether a name stands between two values, as functions of Kotlin do: `a or b`."""
    above = name.parent
    return above is not None and above.type == _INFIX and name in above.named_children[1:-1]
