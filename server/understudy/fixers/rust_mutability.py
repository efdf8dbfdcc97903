"""Rust: a `mut` too many, or one too few."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Problem, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOO_MANY = re.compile(r"variable does not need to be mutable")
_TOO_FEW = re.compile(
    r"cannot borrow `(?P<borrowed>\w+)` as mutable, as it is not declared as mutable"
    r"|cannot assign twice to immutable variable `(?P<assigned>\w+)`"
)


def propose(problem: Problem) -> Iterator[Proposal]:
    """Drop the `mut` that is marked, or add it to the variable's only `let` above the mark."""
    if _TOO_MANY.search(problem.diagnostic.message):
        yield from _dropped(problem)
        return
    said = _TOO_FEW.search(problem.diagnostic.message)
    if said is None:
        return
    name = said["borrowed"] or said["assigned"]
    declared = re.compile(rf"\blet\s+(?={re.escape(name)}\b)")
    above = [*declared.finditer(problem.view.text, 0, problem.diagnostic.span.end)]
    if len(above) == 1:
        at = above[0].end()
        why = f"`{name}` is changed later, so it must be declared as `mut`."
        yield Proposal((Edit(Span(at, at), "mut "),), why, safe=True)


def _dropped(problem: Problem) -> Iterator[Proposal]:
    word = re.compile(r"mut\s+").match(problem.view.text, problem.diagnostic.span.start)
    if word is not None:
        why = "The variable is never changed, so it needs no `mut`."
        yield Proposal((Edit(Span(*word.span()), ""),), why, safe=True)


FIXER = Fixer(
    id="rust_mutability",
    matches=about(
        "unused_mut",
        "E0384",
        "E0596",
        message=r"does not need to be mutable|as it is not declared as mutable",
    ),
    propose=propose,
    languages=frozenset({"rust"}),
    tidies=True,
)
