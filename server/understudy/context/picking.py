"""Code that goes over the elements of something and takes those of which something is so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.context.whole_trees import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from understudy.context.syntax import Source

_CALL = re.compile(r"\w*(?:call|invocation)\w*")
_LAMBDA = re.compile(
    r"arrow_function|function_expression|closure_expression|lambda|lambda_expression|lambda_literal"
    r"|annotated_lambda|func_literal|block|do_block"
)
_TAKES = {
    **dict.fromkeys(("filter", "select", "filter_map", "Where", "find", "find_all"), True),
    **dict.fromkeys(("detect", "retain", "takeWhile", "take_while", "partition", "first"), True),
    **dict.fromkeys(("FirstOrDefault", "First", "findIndex", "position", "find_index"), True),
    **dict.fromkeys(("count", "Count", "IndexFunc", "firstOrNull", "findLast"), True),
    **dict.fromkeys(("filterNot", "reject", "removeIf", "delete_if", "dropWhile"), False),
    **dict.fromkeys(("drop_while", "DeleteFunc", "skip_while"), False),
}
"""Functions that take elements, by whether they take those of which a function says yes."""
_ASKS = {
    **dict.fromkeys(("any", "some", "any?", "anyMatch", "Any", "ContainsFunc"), (True, True)),
    **dict.fromkeys(("all", "every", "all?", "allMatch", "All"), (False, False)),
    **dict.fromkeys(("none", "none?", "noneMatch"), (True, False)),
}
"""Functions that ask whether there is an element: such a one or another, and whether there is to be one."""
_OVER = re.compile(r"(?:list|set|generator|dictionary)_?(?:comprehension|expression)")
_NAME = re.compile(r"\w*identifier")
_HANDED = re.compile(r"slices|lo|underscore|_|R|itertools")
"""Modules whose functions get the elements as their first argument."""
_WRAPPERS = frozenset(
    {
        *("block", "statement_block", "statement_list", "statements", "body_statement"),
        *("return_statement", "expression_statement", "return_expression", "expression_list"),
        *("block_body", "jump_expression"),
    }
)
"""Nodes that say no more than the only one in them."""


class Found(NamedTuple):
    """Which elements are taken.

    Attributes:
        within: of what.
        names: what one of them is called in the conditions.
        by: the conditions, all of which have to hold.
        takes: whether those are taken for which they hold.
    """

    within: Node
    names: tuple[str, ...]
    by: Sequence[Node]
    takes: bool = True


class Asked(NamedTuple):
    """A question about the elements of something.

    Attributes:
        those: the code that says which.
        finds_such: whether it looks for one of which it is so, or not so.
        holds: whether the answer is that there is one.
        but: what is asked of those that were picked already.
        names: what one of them is called in that.
    """

    those: Node
    finds_such: bool
    holds: bool
    but: Node | None = None
    names: tuple[str, ...] = ()


def picked_of(node: Node, source: Source) -> Found | None:
    """Which elements a comprehension or a call takes; None for another node."""
    if _OVER.fullmatch(node.type):
        return _comprehended(node, source)
    told = _called(node, source)
    if told is None or told.name not in {**_TAKES, **_ASKS}:
        return None
    return Found(told.within, told.names, (told.says,), _TAKES.get(told.name, True))


def elements_that(node: Node, source: Source) -> Asked | None:
    """What `any`, `all` and their kin ask; None for another node."""
    if not _CALL.fullmatch(node.type):
        return None
    function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    name = "" if function is None else source.word(function)
    if name in _ASKS and given is not None:
        over = given if _OVER.fullmatch(given.type) else next(iter(given.named_children), None)
        if over is None or not _OVER.fullmatch(over.type):
            return None
        found = _comprehended(over, source)
        body = over.child_by_field_name("body")
        if found is None or body is None:
            return None
        return Asked(over, *_ASKS[name], but=body, names=found.names)
    told = _called(node, source)
    return Asked(node, *_ASKS[told.name]) if told is not None and told.name in _ASKS else None


def loop_of(node: Node, source: Source) -> tuple[tuple[str, ...], Node] | None:
    """What a loop calls the elements and what it goes over; None for another node or loop."""
    if not node.type.startswith(("for", "enhanced_for")):
        return None
    head = next((one for one in node.children if one.type == "range_clause"), node)
    name, over = (
        next(filter(None, map(head.child_by_field_name, fields)), None)
        for fields in (("left", "pattern", "name"), ("right", "value"))
    )
    if name is None or over is None or node.child_by_field_name("body") is None:
        return None
    return tuple(_names(name, source)), over


class _Told(NamedTuple):
    name: str
    within: Node
    names: tuple[str, ...]
    says: Node


def _comprehended(node: Node, source: Source) -> Found | None:
    loops = [one for one in node.named_children if one.type == "for_in_clause"]
    tests = [one for one in node.named_children if one.type == "if_clause"]
    if len(loops) != 1:
        return None
    left, right = (loops[0].child_by_field_name(one) for one in ("left", "right"))
    if left is None or right is None:
        return None
    return Found(right, tuple(_names(left, source)), [one.named_children[0] for one in tests])


def _called(node: Node, source: Source) -> _Told | None:
    """A call that hands a function to something that goes over elements."""
    if not _CALL.fullmatch(node.type):
        return None
    given = next(
        (
            one
            for one in nodes(node, lambda one: one == node or _holds_function(one))
            if _is_function(one, node)
        ),
        None,
    )
    if given is None:
        return None
    name, within = _name_and_owner(node, given, source)
    says = _said(given)
    if within is None or says is None:
        return None
    return _Told(name, within, _parameters(given, source), says)


def _holds_function(node: Node) -> bool:
    return node.type in {"arguments", "argument_list", "value_arguments", "value_argument"} or (
        node.type in {"annotated_lambda", "call_suffix"}
    )


def _is_function(node: Node, call: Node) -> bool:
    return node != call and node.type != "annotated_lambda" and bool(_LAMBDA.fullmatch(node.type))


def _name_and_owner(call: Node, given: Node, source: Source) -> tuple[str, Node | None]:
    """The name of what is called, and the elements that it goes over."""
    owner = next(filter(None, map(call.child_by_field_name, ("object", "receiver"))), None)
    name = next(filter(None, map(call.child_by_field_name, ("name", "method"))), None)
    function = call.child_by_field_name("function")
    if function is None and owner is None:
        function = call.named_children[0] if call.named_children else None
    if function is not None:
        parts = function.named_children
        if _NAME.fullmatch(function.type):
            owner, name = None, function
        elif len(parts) >= 2:
            owner, name = parts[0], parts[-1]
    if name is None:
        return "", None
    if owner is None or _HANDED.fullmatch(source.word(owner)):
        around = given.parent
        others = [] if around is None else [one for one in around.named_children if one != given]
        return source.word(name), others[0] if len(others) == 1 else None
    word = source.word(name).lstrip(".?")
    return word, owner


def _parameters(function: Node, source: Source) -> tuple[str, ...]:
    told = next(filter(None, map(function.child_by_field_name, ("parameters", "parameter"))), None)
    told = told or next(
        (one for one in function.named_children if one.type.endswith("parameters")), None
    )
    return tuple(_names(told, source)) if told is not None else ("it", "$0")


def _names(node: Node, source: Source) -> Iterator[str]:
    return (
        source.word(one)
        for one in nodes(node)
        if _NAME.fullmatch(one.type) and "type" not in one.type and not one.named_child_count
    )


def _said(function: Node) -> Node | None:
    """The only thing that a function says."""
    body = function.child_by_field_name("body")
    if body is None:
        rest = [one for one in function.named_children if not one.type.endswith("parameters")]
        body = rest[-1] if rest else None
    while body is not None and body.type in _WRAPPERS:
        parts = [one for one in body.named_children if not one.is_extra]
        body = parts[0] if len(parts) == 1 else None
    return body
