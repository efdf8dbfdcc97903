"""The names in scope that an undefined name may be a misspelling of."""

from __future__ import annotations

import keyword
import re
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.context.nearness import near
from understudy.context.repetition import repeats
from understudy.context.scopes import scopes_of
from understudy.context.syntax import parents, parse
from understudy.context.typos import is_plural, is_slip, slip_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.scopes import Binding
    from understudy.core.text import Span

_RANKS = {"case": 0.9, "swap": 1.0, "several": 2.0}
_CALLED = re.compile(r"[ \t]*\(")
_SURE_SWAP = 5
"""Two swapped letters in a name of this length are hardly anything but a slip."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A name in scope.

    Attributes:
        rank: lower is likelier. Names that are as near have the same one.
        is_sure: whether it is so clearly a slip that the name can't be meant as it stands.
    """

    name: str
    rank: float
    is_sure: bool


def neighbours(text: str, name: str, span: Span) -> Iterator[Neighbour]:
    """What the undefined name at `span` may have meant, among the names that it can see.

    In `price(p) for p in prices` one and many are two things, so a plural alone is no answer; it
    only makes others doubtful.
    """
    found = list(_alike(text, name, span))
    others = [each.rank for each in found if not is_plural(name, each.name)]
    for each in found if others else ():
        yield replace(each, rank=max(each.rank, min(others)))


def _alike(text: str, name: str, span: Span) -> Iterator[Neighbour]:
    bindings = {
        each.name: each
        for each in scopes_of(text).visible(span.start)
        if not keyword.iskeyword(each.name)
    }
    called = _CALLED.match(text[span.end : span.end + 20]) is not None
    for _, candidate in near(name, bindings):
        binding = bindings[candidate]
        if not is_slip(name, candidate) or _binds(text, binding, span):
            continue
        if repeats(text, span, candidate):
            continue
        if name in sys.stdlib_module_names and (name[0] == "_" or binding.kind == "import"):
            # The name of a standard module was meant as such, not as another import.
            continue
        slip = slip_between(name, candidate)
        rank = _RANKS.get(slip, 1.0)
        if called and binding.kind in ("variable", "parameter"):
            rank += 0.2
        rank -= 0.05 * _is_unused(text, candidate)
        is_sure = slip == "swap" and len(name) >= _SURE_SWAP
        yield Neighbour(candidate, round(rank, 3), is_sure)


def _is_unused(text: str, name: str) -> bool:
    """A name that is bound and never read was probably meant."""
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text)) == 1


def _binds(text: str, binding: Binding, span: Span) -> bool:
    """Whether a name gets its only value from the statement that reads the undefined one."""
    if binding.kind != "variable":
        return False
    same = [each for each in scopes_of(text).bound_in(binding.owner) if each.name == binding.name]
    source = parse(text)
    node = source.root.named_descendant_for_byte_range(binding.start, binding.start)
    if len(same) != 1 or node is None:
        return False
    for around in parents(node):
        if around.type == "assignment":
            return source.span(around).touches(span)
        if around.type in ("block", "module"):
            break
    return False
