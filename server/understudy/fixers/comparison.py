"""Identity where equality is meant, and the other way round."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from understudy.context.overloaded import may_be_overloaded
from understudy.context.python_nodes import around, last_of, span_of
from understudy.context.python_tokens import scan
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.fixers import Problem

_SINGLETONS = (None, True, False)


def propose(problem: Problem) -> Iterator[Proposal]:
    """`== None` becomes `is None`; `is "x"` becomes `== "x"`."""
    text = problem.view.text
    compare = last_of(around(text, problem.diagnostic.span), ast.Compare)
    if compare is None or may_be_overloaded(text, problem.diagnostic.span):
        return
    edits: list[Edit] = []
    left = compare.left
    for operator, right in zip(compare.ops, compare.comparators, strict=True):
        sign = _better(operator, left, right)
        if sign:
            place = _operator(text, span_of(text, left).end, span_of(text, right).start)
            edits += [Edit(place, sign)] if place is not None else []
        left = right
    if edits:
        yield Proposal(tuple(edits), f"The comparison is meant as `{edits[0].text}`.")


def _better(operator: ast.cmpop, left: ast.expr, right: ast.expr) -> str:
    """The operator that is meant; empty when this one is right."""
    constants = [side.value for side in (left, right) if isinstance(side, ast.Constant)]
    displays = any(
        isinstance(side, ast.List | ast.Dict | ast.Set | ast.Tuple) for side in (left, right)
    )
    single = any(value is one for value in constants for one in _SINGLETONS)
    match operator:
        case ast.Eq() if single:
            return "is"
        case ast.NotEq() if single:
            return "is not"
        case ast.Is() if (constants or displays) and not single:
            return "=="
        case ast.IsNot() if (constants or displays) and not single:
            return "!="
        case _:
            return ""


def _operator(text: str, start: int, end: int) -> Span | None:
    """The operator's place between its sides, past any brackets."""
    source = scan(text, start)
    words = [
        token
        for token in source.code[source.at(start) : source.at(end)]
        if token.start >= start and token.text in {"==", "!=", "is", "not"}
    ]
    return Span(words[0].start, words[-1].end) if words else None


FIXER = Fixer(
    id="comparison",
    matches=about(
        "E711",
        "E712",
        "F632",
        "C0121",
        "R0123",
        message=r"comparison to (None|True|False)|\"is\" with|to compare constant literals",
    ),
    propose=propose,
)
