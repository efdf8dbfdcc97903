"""Rust: ``unused variable: `count` ``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Problem, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterator

_MESSAGE = re.compile(r"unused variable: `(?P<name>\w+)`")
_REACH = 2_000
"""How many characters before a name are looked at for the bracket that it stands in."""


def propose(problem: Problem) -> Iterator[Proposal]:
    """Prefix the name with an underscore; name a field's value `_` in a struct pattern.

    These are rustc's own two ways of saying that a value is left unused on purpose.
    """
    said = _MESSAGE.search(problem.diagnostic.message)
    if said is None:
        return
    name, span = said["name"], problem.diagnostic.span
    if not problem.text.endswith(name):
        return
    start = span.end - len(name)
    is_field = _is_field(problem.view.text, start)
    new = f"{name}: _" if is_field else f"_{name}"
    why = f"`{name}` is never used; `{new}` says that this is meant."
    # A field that is not bound is not moved either.
    yield Proposal((Edit(Span(start, span.end), new),), why, safe=not is_field)


def _is_field(text: str, start: int) -> bool:
    """Whether the name stands alone in the braces of a pattern, as in `Point { x, .. }`."""
    before = text[max(0, start - _REACH) : start].rstrip()
    if not before.endswith(("{", ",")):
        return False
    depth = 0
    for char in reversed(before):
        if char in ")]}":
            depth += 1
        elif char in "([{|":
            if depth == 0:
                return char == "{"
            depth -= 0 if char == "|" else 1
    return False


FIXER = Fixer(
    id="rust_unused_variable",
    matches=about(message=r"\bunused variable: `"),
    propose=propose,
    languages=frozenset({"rust"}),
)
