"""What code computes and decides by operators, and whether another version of it does otherwise."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.context.leaving import choice_of, condition_of, parts_of_choice, ways_of
from understudy.context.terms import COMPARES, Term, term_of
from understudy.context.values import values, without_sign
from understudy.context.whole_trees import nodes, sound_tree
from understudy.context.written import sign_of, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tree_sitter import Node

    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source

_NOT = re.compile(r"(?:not\b|!(?!=))\s*")
_DOTTED = re.compile(r"(?:[\w$]+(?:\.|::|->|\?\.))+(?=[\w$]+$)")
_CALL = re.compile(r"(?:[\w$]+(?:\.|::|->))*(?P<name>[\w$]+)\(")
_BLOCKS = frozenset(
    {
        *("block", "statement_block", "compound_statement", "statement_list", "statements", "then"),
        *("body_statement", "function_body", "expression_statement", "return_statement"),
        *("return_expression", "expression_list", "control_transfer_statement"),
    }
)
"""Nodes that say no more than the only one in them."""
_DEEPEST = 5


def turned(before: str, after: str, grammar: Grammar | None) -> str:
    """The first operation on the same operands, or condition of the same code, that is another one.

    A condition may be said otherwise, its branches may change places, and it may move into a function
    of its own. Told as it was, or as it is; empty for none, and where nothing can read the texts.
    """
    old, new = (sound_tree(text, grammar) for text in (before, after))
    if old is None or new is None:
        return ""
    return _turned_operation(old, new) or _turned_condition(old, new) or _turned_value(old, new)


def _turned_operation(old: Source, new: Source) -> str:
    was, now = _operations(old), _operations(new)
    for operands, terms in was.items():
        gone, come = terms - now[operands], now[operands] - terms
        if gone and come:
            return next(iter(gone)).text
    return ""


def _turned_condition(old: Source, new: Source) -> str:
    known = _results(old)
    helpers = {name: result for name, result in _results(new).items() if name not in known}
    asked, asks = _conditions(old, {}), _conditions(new, helpers)
    for code, terms in asked.items():
        come = asks[code] - terms
        for one in terms - asks[code]:
            if one.opposite in come:
                return one.text
    return ""


def _turned_value(old: Source, new: Source) -> str:
    """A value that is given to the same name, or returned, the other way round."""
    was, now = _values(old), _values(new)
    for key, terms in was.items():
        come = now[key] - terms
        for one in terms - now[key]:
            if one.opposite in come:
                return one.text
    return without_sign(old, new)


def _values(source: Source) -> Mapping[str, Counter[Term]]:
    """What is returned and what names are given, each as what it claims."""
    found: dict[str, Counter[Term]] = defaultdict(Counter)
    for key, node in values(source):
        found[key][_claim(node, source, {}, 0)] += 1
    return found


def _operations(source: Source) -> Mapping[frozenset[str], Counter[Term]]:
    """All operations with two operands, by these. That a comparison is to hold doesn't count."""
    found: dict[frozenset[str], Counter[Term]] = defaultdict(Counter)
    for node in nodes(source.root):
        for term in _terms(node, source):
            found[frozenset(term.operands)][replace(term, holds=True)] += 1
    return found


def _terms(node: Node, source: Source) -> Iterator[Term]:
    if node.child_count < 3:
        return
    parts = [one for one in node.children if not one.is_extra]
    if len(parts) < 3 or len(parts) % 2 == 0 or _is_compared_with_0(node, parts, source):
        return
    parts = _without_difference(parts, source) or parts
    for left, sign, right in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
        if left.is_named and right.is_named:
            term = term_of(_bare(left, source), sign_of(sign, source), _bare(right, source))
            if term is not None:
                yield replace(term, text=written(left, right, source))


def _is_compared_with_0(node: Node, parts: Sequence[Node], source: Source) -> bool:
    """Whether a difference is only there to be compared with 0."""
    if len(parts) != 3 or sign_of(parts[1], source) != "-":
        return False
    above = node.parent
    while above is not None and above.type.startswith("parenthesized"):
        above = above.parent
    return (
        above is not None
        and above.child_count == 3
        and bool(_without_difference(above.children, source))
        and _inner(above.children[0]) == node
    )


def _without_difference(parts: Sequence[Node], source: Source) -> list[Node] | None:
    """The parts of `a == b` for those of `a - b == 0`; None for others."""
    if len(parts) != 3 or sign_of(parts[1], source) not in COMPARES:
        return None
    inner = _inner(parts[0])
    if inner.child_count != 3 or sign_of(parts[2], source) != "0":
        return None
    sides = inner.children
    return [sides[0], parts[1], sides[2]] if sign_of(sides[1], source) == "-" else None


def _bare(node: Node, source: Source) -> str:
    """An operand without brackets; of a dotted name the last part, which moving it does not change."""
    inner = _inner(node)
    return _DOTTED.sub("", written(inner, inner, source))


def _inner(node: Node) -> Node:
    while node.type.startswith("parenthesized") and node.named_child_count == 1:
        node = node.named_children[0]
    return node


def _results(source: Source) -> dict[str, Node]:
    """What functions that do nothing else return, by their names."""
    found: dict[str, Node] = {}
    for node in nodes(source.root):
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name is None or body is None or not node.is_named:
            continue
        parts = [body]
        while len(parts) == 1 and parts[0].type in _BLOCKS:
            parts = [one for one in parts[0].named_children if not one.is_extra]
        if len(parts) == 1 and any(one in node.type for one in ("function", "method")):
            found[source.word(name)] = parts[0]
    return found


def _conditions(source: Source, helpers: Mapping[str, Node]) -> Mapping[str, Counter[Term]]:
    """On what each branch depends, by its code."""
    found: dict[str, Counter[Term]] = defaultdict(Counter)
    for node in nodes(source.root):
        parts = parts_of_choice(node)
        condition = choice_of(node) if parts else condition_of(node)
        ways = parts or (ways_of(node) if condition is not None else ())
        if condition is None or not ways:
            continue
        term = _claim(condition, source, helpers, 0)
        if node.type.startswith("unless"):
            term = term.opposite
        found[_code(ways[0], source)][term] += 1
        if len(ways) == 2 and condition_of(ways[1]) is None:
            found[_code(ways[1], source)][term.opposite] += 1
    return found


def _code(way: Node, source: Source) -> str:
    while way.type in _BLOCKS or way.type.startswith("else"):
        parts = [one for one in way.named_children if not one.is_extra]
        if len(parts) != 1:
            break
        way = parts[0]
    return written(way, way, source).strip("{}; ")


def _claim(node: Node, source: Source, helpers: Mapping[str, Node], depth: int) -> Term:
    """What a condition asks for, calls of functions that only return something replaced by that."""
    node = _inner(node)
    text = written(node, node, source)
    parts = node.named_children
    is_sign = bool(parts) and not node.children[0].is_named and len(parts) <= 2
    if is_sign and _NOT.match(text) and parts[-1].end_byte == node.end_byte:
        return _claim(parts[-1], source, helpers, depth).opposite
    if depth < _DEEPEST and (called := _CALL.match(text)) and called["name"] in helpers:
        return _claim(helpers[called["name"]], source, helpers, depth + 1)
    terms = list(_terms(node, source))
    return terms[0] if len(terms) == 1 else Term("", (text,), text=text)
