"""Functions that nothing in their text calls or hands on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.syntax import parents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source

_FUNCTION = re.compile(
    r"(?:local_|generator_)?function_(?:definition|declaration|item|expression|statement)"
    r"|\w*lambda\w*|closure_expression|(?:arrow|anonymous)_function|func_literal|local_function_statement"
)
_IN_ORDER = re.compile(r"\w*block|body_statement|statements?|statement_list|chunk|declaration_list")
_ROOT = re.compile(r"module|program|source_file|translation_unit|compilation_unit|chunk")
_CLASS = re.compile(r"\w*(?:class|interface|impl|trait|struct|enum|object|protocol)\w*")
_WRAPS = re.compile(r"parenthesized\w*|expression_list")
_GIVES = re.compile(
    r"(?:variable|const|init)_declarator|(?:short_)?var_\w+|const_spec|let_declaration|assignment\w*"
    r"|(?:augmented|named)_\w+|property_declaration|expression_statement|local_variable_declaration"
)
"""What gives a name to a function without one, or does nothing with it."""
_TARGET = ("name", "left", "pattern", "declarator")
_BOUND = re.compile(r"variable_declaration|variable_name|pattern")
"""What a name stands in that is given to something."""
_IDLE = re.compile(
    r"(?:boolean|not|unary|binary|comparison|infix|prefix|additive|conjunction|disjunction)\w*"
    r"|expression_statement|void\w*"
)
"""What a function is only looked at in, as a value that is there."""
_MEANT = re.compile(
    r"main|init|setup|teardown|__\w+__|[Tt]est\w*|\w+_test|Benchmark\w*|Example\w*|Fuzz\w*"
)
"""Names by which functions are called from elsewhere."""
_HEADED = re.compile(
    r"decorat\w*|attribute\w*|annotation\w*|modifiers|visibility_modifier|export\w*"
)
_NAME = re.compile(r"\$?[^\W\d][\w$]*")
_MANY = 100
"""A name that stands more often is called somewhere."""


def uncalled_around(source: Source, at: int, before: str) -> Iterator[Node]:
    """The new functions whose body holds a place, and that nobody calls, from the inside out.

    Methods, and functions that tools or frameworks call by their names or by what stands above them,
    are left out.

    Args:
        source: whose tree is looked at.
        at: of the place, in code points.
        before: the text in which a function that is not new has its name.
    """
    child = source.node_at(at)
    for above in parents(child):
        if _FUNCTION.fullmatch(above.type) and _is_in_body(child, above):
            name = _name(above, source)
            if name == "" or (name is not None and _is_idle(name, above, source, before)):
                yield above
        child = above


def _is_in_body(child: Node, function: Node) -> bool:
    body = function.child_by_field_name("body")
    return child.start_byte >= (function if body is None else body).start_byte


def _name(function: Node, source: Source) -> str | None:
    """What a function is called by; empty where nothing can, None where others decide about it."""
    own = function.child_by_field_name("name") or _declared(function)
    if own is not None:
        above = function.parent
        is_method = above is None or not (
            _IN_ORDER.fullmatch(above.type) or _ROOT.fullmatch(above.type)
        )
        is_method = is_method or (above is not None and _is_of_class(above))
        return None if is_method else source.word(own)
    node, above = function, function.parent
    while above is not None and _WRAPS.fullmatch(above.type):
        node, above = above, above.parent
    if above is None or not _GIVES.fullmatch(above.type):
        return "" if above is not None and _IDLE.fullmatch(above.type) else None
    told = next(filter(None, map(above.child_by_field_name, _TARGET)), None)
    if above.type == "property_declaration" and above.named_children[0] != node:
        told = told or above.named_children[0]
    if told is None:
        return "" if above.type == "expression_statement" else None
    name = source.word(told)
    return name if _NAME.fullmatch(name) and told != node else None


def _declared(function: Node) -> Node | None:
    """The name in the declarator of C's functions."""
    told = function.child_by_field_name("declarator")
    while told is not None and (inner := told.child_by_field_name("declarator")) is not None:
        told = inner
    return told


def _is_of_class(block: Node) -> bool:
    return block.parent is not None and _CLASS.fullmatch(block.parent.type) is not None


def _is_idle(name: str, function: Node, source: Source, before: str) -> bool:
    word = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
    if _MEANT.fullmatch(name) or word.search(before) or _is_headed(function):
        return False
    span = source.span(function)
    places = [one.start() for one in word.finditer(source.text)]
    outside = [one for one in places if not span.start <= one < span.end]
    return len(outside) < _MANY and not any(
        _hands_on(source.node_at(one), source) for one in outside
    )


def _is_headed(function: Node) -> bool:
    above = function.prev_named_sibling
    told = [*function.children, *([above] if above is not None else [])]
    return any(_HEADED.fullmatch(one.type) for one in told)


def _hands_on(node: Node, source: Source) -> bool:
    """Whether a name is called, given to somebody or offered where it stands."""
    above = node.parent
    if "comment" in node.type or "string" in node.type or above is None:
        return False
    if _GIVES.fullmatch(above.type) and node in map(above.child_by_field_name, _TARGET):
        return False
    if _BOUND.fullmatch(above.type):
        return False
    while _WRAPS.fullmatch(above.type) and above.parent is not None:
        above = above.parent
    return not _IDLE.fullmatch(above.type) or source.data[node.end_byte : node.end_byte + 1] == b"("
