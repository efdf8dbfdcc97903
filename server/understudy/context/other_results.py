"""What functions return that returned something else before."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from understudy.context.code_units import units
from understudy.context.statements import RETURN
from understudy.context.whole_trees import nodes, sound_tree
from understudy.context.written import written

if TYPE_CHECKING:
    from understudy.context.code_units import Unit
    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source

_QUOTES = str.maketrans("'`", '""')
_NOTHING = frozenset({"None", "undefined", "void 0"})
"""What a function gives by a bare `return`, in one language or another."""


class Results(NamedTuple):
    """What a function returns now, and what it returned before; empty for nothing."""

    now: str
    before: str


def other_result(first: str, before: str, after: str, grammar: Grammar | None) -> Results | None:
    """The first thing that a function returns instead of another; None for none.

    Asked are functions that kept their parameters and the type of their result, as many of whose
    returns are gone as have come: what belongs together is not known of others.

    Args:
        first: the text in which functions have the parameters and types that they must have kept.
        before: the text to compare with; it may be the same.
        after: the new text.
        grammar: of all of them; None for none.
    """
    origin, old, new = (sound_tree(text, grammar) for text in (first, before, after))
    if origin is None or old is None or new is None:
        return None
    kept, was, now = units(origin), units(old), units(new)
    for path in was:
        if path not in kept or path not in now:
            continue
        if _heads(kept[path], origin) != _heads(now[path], new):
            continue
        one, other = _returned(was[path], old), _returned(now[path], new)
        gone, come = one - other, other - one
        if gone and gone.total() == come.total():
            return Results(next(iter(come)), next(iter(gone)))
    return None


def _heads(unit: Unit, source: Source) -> list[str]:
    """The code of functions before their bodies, on one line each."""
    told = []
    for part in unit.parts:
        body = part.child_by_field_name("body")
        stop = part.start_byte if body is None else body.start_byte
        told.append(" ".join(source.data[part.start_byte : stop].decode().split()))
    return told


def _returned(unit: Unit, source: Source) -> Counter[str]:
    """What a function returns with a word for it, and how often."""
    every = (one for part in unit.parts for one in nodes(part))
    returns = (one for one in every if one.is_named and RETURN.fullmatch(one.type))
    told = (written(one, one, source).translate(_QUOTES).rstrip("; ") for one in returns)
    values = (one.removeprefix("return").strip() for one in told)
    return Counter("" if one in _NOTHING else one for one in values)
