"""Names that Python 3 has under another one: `xrange(9)`, `raw_input()`, `unichr(9)`, `d.has_key(k)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.scopes import scopes_of
from understudy.context.subject import find_word, undefined_name
from understudy.context.syntax import parse
from understudy.core.text import Edit
from understudy.fixers import UNDEFINED_NAME, Fixer, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.fixers import Problem
    from understudy.workspace.diagnostics import Diagnostic

_CALLED_NOW = {"raw_input": "input", "unichr": "chr", "xrange": "range"}
_CALL = re.compile(r"[ \t]*\(")
_NO_HAS_KEY = re.compile(r"\bhas_key\b.*\bdict\b|\bdict\b.*\bhas_key\b", re.DOTALL)
_OPERANDS = frozenset({"identifier", "attribute", "subscript", "call", "string", "integer"})
_WHOLE = frozenset(
    {"if_statement", "elif_clause", "while_statement", "boolean_operator", "assert_statement"}
    | {"parenthesized_expression", "return_statement", "argument_list", "if_clause", "assignment"}
)
"""Where `k in d` needs no brackets around it."""


def matches(diagnostic: Diagnostic) -> bool:
    """Undefined names, and what a type checker says about `has_key`."""
    return UNDEFINED_NAME(diagnostic) or _NO_HAS_KEY.search(diagnostic.message[:5_000]) is not None


def propose(problem: Problem) -> Iterator[Proposal]:
    """The name of today, where the old one is called; `k in d` for `d.has_key(k)`."""
    found = undefined_name(problem.view, problem.diagnostic)
    if found is None or found[0] not in _CALLED_NOW:
        yield from _membership(problem)
        return
    name, span = found
    new, text = _CALLED_NOW[name], problem.view.text
    own = any(one.name == new for one in scopes_of(text).visible(span.start))
    if _CALL.match(text, span.end) and not own:
        why = f"`{name}` is called `{new}` in Python 3."
        yield Proposal((Edit(span, new),), why, rank=0.5, safe=True)


def _membership(problem: Problem) -> Iterator[Proposal]:
    span = find_word(problem.view, problem.diagnostic.span, "has_key")
    if span is None:
        return
    source = parse(problem.view.text)
    member = source.node_at(span.start, span.end).parent
    call = member.parent if member is not None else None
    if member is None or call is None or member.type != "attribute" or call.type != "call":
        return
    owner, arguments = member.child_by_field_name("object"), call.child_by_field_name("arguments")
    given = arguments.named_children if arguments is not None else []
    if owner is None or call.parent is None or len(given) != 1 or given[0].type not in _OPERANDS:
        return
    whole, sign = _whole(call, call.parent)
    if whole is not None:
        new = f"{source.word(given[0])} {sign} {source.word(owner)}"
        yield Proposal((Edit(source.span(whole), new),), "A dict is asked by `in` for a key.")


def _whole(call: Node, around: Node) -> tuple[Node | None, str]:
    """What is replaced, and by which operator; no node where brackets would be needed."""
    if around.type == "not_operator":
        return around, "not in"
    return (call if around.type in _WHOLE else None), "in"


FIXER = Fixer(id="python2_names", matches=matches, propose=propose)
