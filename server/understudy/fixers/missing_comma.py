"""Two items of a call or display stand side by side without a comma."""

from __future__ import annotations

import builtins
import itertools
from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.context.python_tokens import CLOSERS, scan
from understudy.core.text import apply
from understudy.fixers import Fixer, Proposal, insertion, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.names import Names
    from understudy.context.python_tokens import Scan, Token
    from understudy.core.text import Edit
    from understudy.fixers import Problem

_HINT = "Perhaps you forgot a comma?"
_MAX_COMMAS = 12
_JOINING_WORDS = frozenset(
    {"and", "as", "async", "await", "else", "for", "from", "if", "in", "is", "lambda", "not", "or"}
)


_SAID = ("lambda", "await", "self", "cls")


def propose(problem: Problem) -> Iterator[Proposal]:
    """Commas between all neighbours that the parser stumbles over inside one pair of brackets."""
    text = problem.view.text
    found = fault(text)
    if found is not None and _HINT in found.message:
        yield from repairs(text, _candidates(text, problem.names))


def _candidates(text: str, names: Names) -> Iterator[Proposal]:
    edits: list[Edit] = []
    current = text
    while len(edits) < _MAX_COMMAS and (found := fault(current)) and _HINT in found.message:
        gap = _gap(scan(current, found.offset), found.offset, found.end)
        if gap is None:
            return
        # Each comma put in before moved the later places by one.
        place = gap[0].end - len(edits)
        if _is_one_name(gap, current, frozenset(names.in_scope(place))):
            return
        if edits and place <= edits[-1].span.start:
            return
        edits.append(insertion(place, ","))
        current = apply(text, edits)
    if edits:
        yield Proposal(tuple(edits), "A comma is missing between two items.", safe=True)


def _gap(source: Scan, start: int, end: int) -> tuple[Token, Token] | None:
    """The last token of the first item that starts in the range, and the first one of the next.

    None when no two items stand apart.
    """
    tokens = source.code[source.at(start) : source.at(end)]
    depth = 0
    for token, after in itertools.pairwise(tokens):
        depth += (token.text in CLOSERS) - (token.text in CLOSERS.values())
        if depth == 0 and _ends_item(token) and _starts_item(after):
            return (token, after) if token.end < after.start else None
    return None


def _is_one_name(gap: tuple[Token, Token], text: str, bound: frozenset[str]) -> bool:
    """Whether two words may be one name with a blank in it: `user name`.

    A text that binds nothing is only a piece, of which nobody knows what its names are.
    """
    left, right = gap
    if left.kind != "name" or right.kind != "name":
        return False
    if {f"{left.text}_{right.text}", left.text + right.text} & bound:
        return True
    known = {*bound, *dir(builtins), *_SAID}
    is_attribute = text[: left.start].rstrip().endswith(".")
    is_keyword = text[right.end :].lstrip().startswith("=")
    told = (is_attribute or left.text in known, is_keyword or right.text in known)
    return bool(bound) and not all(told)


def _ends_item(token: Token) -> bool:
    return (
        token.kind in {"string", "number"}
        or (token.kind == "name" and token.text not in _JOINING_WORDS)
        or token.text in CLOSERS.values()
    )


def _starts_item(token: Token) -> bool:
    return (
        token.kind in {"string", "number"}
        or (token.kind == "name" and token.text not in _JOINING_WORDS - {"lambda", "await"})
        or token.text == "{"
    )


FIXER = Fixer(id="missing_comma", matches=is_syntax_error, propose=propose)
