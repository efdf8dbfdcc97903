"""Code that would say the same thing on both sides, and so would do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.syntax import parents, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from understudy.context.syntax import Source
    from understudy.core.text import Span

_LISTS = ("expression_list", "pattern_list", "tuple", "tuple_pattern", "list", "list_pattern")
_BOTH_SIDES = ("comparison_operator", "boolean_operator")


def repeats(text: str, span: Span, new: str) -> bool:
    """Whether `new` in the place of `span` makes `x = x`, `x == x` or `x or x`.

    Somebody who wrote the place meant something else, so a repair that leads there is none.
    """
    source = parse(text)
    node = source.node_at(span.start, span.end)
    return any(_is_repeated(source, around, span, new) for around in (node, *parents(node)))


def _is_repeated(source: Source, around: Node, span: Span, new: str) -> bool:
    targets: Sequence[Node | None] = around.named_children
    values = targets
    if around.type == "assignment":
        targets = (around.child_by_field_name("left"),)
        values = (around.child_by_field_name("right"),)
    elif around.type not in _BOTH_SIDES:
        return False
    marked = [part for value in values for part in _parts(value) if _holds(source.span(part), span)]
    others = {
        _bare(source.word(part))
        for target in targets
        for part in _parts(target)
        if part not in marked
    }
    return any(_bare(_changed(source, part, span, new)) in others for part in marked)


def _parts(node: Node | None) -> Iterator[Node]:
    """The members of a listing, else the node itself; of `a = b = …`, the targets as well."""
    if node is None:
        return
    if node.type in _LISTS:
        yield from node.named_children
    elif node.type == "assignment":
        yield from _parts(node.child_by_field_name("left"))
        yield from _parts(node.child_by_field_name("right"))
    else:
        yield node


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _changed(source: Source, part: Node, span: Span, new: str) -> str:
    whole = source.span(part)
    return source.text[whole.start : span.start] + new + source.text[span.end : whole.end]


def _bare(code: str) -> str:
    """An expression without blanks and without brackets around it."""
    bare = "".join(code.split())
    while bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    return bare
