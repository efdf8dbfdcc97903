"""Tests of types that have nothing to do with the code behind them, or that can't turn out so.

Type checkers take code behind a test that no value passes for code that is never run, and say nothing
about it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.context.leaving import condition_of, leaves, runs_in_order, ways_of
from understudy.context.syntax import parents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source

_NAME = r"(?P<name>[^\W\d][\w$]*)[\w.$]*"
_TESTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<no>not\s+)?(?:isinstance|issubclass)\(\s*{_NAME}\s*,\s*\(?(?P<types>[\w., |]+?)\s*\)",
        rf"{_NAME}\s+is\s+(?P<no>not\s+)?(?P<types>None)\b",
        rf"type\(\s*{_NAME}\s*\)\s*(?:(?P<no>is\s+not|!=)|is|==)\s*(?P<types>\w+)",
        rf"typeof\s*\(?\s*{_NAME}\)?\s*(?:(?P<no>!==?)|===?)\s*[\"'](?P<types>\w+)[\"']",
        rf"(?P<no>!\s*\(?\s*)?{_NAME}\s+instanceof\s+(?P<types>[\w.$]+)",
        rf"{_NAME}\s*(?:(?P<no>!==?)|===?)\s*(?P<types>null|undefined)\b",
        rf"(?P<no>!\s*)?Array\.isArray\(\s*{_NAME}\s*\)(?P<types>)",
    )
)
_WORD = re.compile(r"[^\W\d][\w$]*")
_OF_CLASSES = re.compile(r"(?:[\w.]+\(\)|None)(?:\s*\|\s*(?:[\w.]+\(\)|None))*(?:\s+as\s+\w+)?")
"""A pattern of Python that all values of some types fit."""
_AS = re.compile(r"\s+as\s+\w+$")
_VALUES = (
    (re.compile(r"[rRfF]?[\"'].*", re.DOTALL), "str"),
    (re.compile(r"[bB][\"'].*", re.DOTALL), "bytes"),
    (re.compile(r"-?\d[\d_]*"), "int"),
)
"""Patterns of one value, with its type."""
_BUILTIN = frozenset(
    {"list", "dict", "set", "frozenset", "tuple", "str", "bytes", "int", "float", "bool"}
)
_OF_WHAT = re.compile(r"\[.*\]|<.*>", re.DOTALL)
"""The arguments of a type."""
_PARAMETERS = re.compile(r"(?:formal_)?parameters")
_FUNCTION = re.compile(r"\w*(?:function|method|lambda)\w*")
_MAY_BE_NONE = frozenset({"Optional", "Union", "Any", "any", "unknown", "object"})
_WIDEST = 400


class _Test(NamedTuple):
    """That a name is of some types, or that it is none of them; or one value of a type."""

    name: str
    types: frozenset[str]
    holds: bool
    is_value: bool = False


def empty_tests(source: Source, at: int, message: str) -> Iterator[Node]:
    """The tests of types before a place or around it that only keep it from being looked at.

    They are about nothing that its statement or the message names, or no value of the declared type
    passes them.

    Args:
        source: whose tree is looked at.
        at: of the place, in code points.
        message: what a tool says of the place.
    """
    child = source.node_at(at)
    known: frozenset[str] | None = None
    for above in parents(child):
        if known is None and runs_in_order(above):
            words = f"{source.word(child)[:_WIDEST]} {message[:_WIDEST]}"
            known = frozenset(_WORD.findall(words))
        if known is not None:
            tests = _tests(above, child, source)
            yield from (node for node, test in tests if _is_empty(test, node, known, source))
        if _FUNCTION.fullmatch(above.type):
            return
        child = above


def _tests(above: Node, child: Node, source: Source) -> Iterator[tuple[Node, _Test]]:
    """What a part of a node is only reached by, each with the node that says so."""
    if runs_in_order(above):
        for one in above.children:
            if one.start_byte < child.start_byte:
                yield from ((one, test) for test in _behind(one, source))
    pattern = _pattern(above)
    if pattern is not None and pattern.end_byte <= child.start_byte:
        matched = _matched(pattern, source)
        if matched is not None:
            yield pattern, matched
    condition = condition_of(above)
    if condition is not None and condition.end_byte <= child.start_byte:
        test = _test(condition, source)
        if test is not None:
            is_first = ways_of(above)[:1] == [child]
            yield condition, test._replace(holds=test.holds is is_first)


def _behind(node: Node, source: Source) -> Iterator[_Test]:
    """What holds behind a statement: what it asserts, or else it would have left."""
    if node.type == "assert_statement":
        test = _test(node.named_children[0], source) if node.named_children else None
        if test is not None:
            yield test
        return
    if node.type == "match_statement":
        yield from _left_by(node, source)
    condition = condition_of(node)
    ways = ways_of(node) if condition is not None else ()
    if condition is not None and len(ways) == 1 and leaves(ways[0], source):
        test = _test(condition, source)
        if test is not None:
            yield test._replace(holds=not test.holds)


def _pattern(case: Node) -> Node | None:
    """The pattern of a branch of Python's `match`; None for another node."""
    return case.named_children[0] if case.type == "case_clause" and case.named_children else None


def _left_by(match: Node, source: Source) -> Iterator[_Test]:
    """What holds behind a `match`: its branches that leave were not taken."""
    body = match.child_by_field_name("body")
    for case in body.named_children if body is not None else ():
        pattern, way = _pattern(case), case.child_by_field_name("consequence")
        if pattern is None or way is None or case.child_by_field_name("guard") is not None:
            continue
        test = _matched(pattern, source) if leaves(way, source) else None
        if test is not None and not test.is_value:
            yield test._replace(holds=False)


def _matched(pattern: Node, source: Source) -> _Test | None:
    """What a pattern asks of the type of the name that is matched; None where it asks for more."""
    match = next((one for one in parents(pattern) if one.type == "match_statement"), None)
    subject = match.child_by_field_name("subject") if match is not None else None
    name = re.fullmatch(_NAME, source.word(subject)[:_WIDEST]) if subject is not None else None
    text = source.word(pattern)[:_WIDEST].strip()
    if name is None:
        return None
    if _OF_CLASSES.fullmatch(text):
        types = frozenset(_WORD.findall(_AS.sub("", text)))
        return _Test(name["name"], types, holds=True)
    kind = next((kind for one, kind in _VALUES if one.fullmatch(text)), "")
    return _Test(name["name"], frozenset({kind}), holds=True, is_value=True) if kind else None


def _test(condition: Node, source: Source) -> _Test | None:
    """What a condition asks of the type of one name; None where it asks for something else."""
    text = source.word(condition)[:_WIDEST].strip()
    while text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    for pattern in _TESTS:
        if found := pattern.fullmatch(text):
            types = frozenset(_WORD.findall(found["types"]))
            return _Test(found["name"], types, not found["no"])
    return None


def _is_empty(test: _Test, node: Node, known: frozenset[str], source: Source) -> bool:
    declared = _declared(test.name, node, source)
    if test.is_value:
        return bool(declared) and declared <= _BUILTIN - _fitting(test.types)
    if test.name not in known:
        return True
    if not declared or not test.types:
        return False
    is_none = test.types <= {"None", "null", "undefined"}
    if test.holds:
        return is_none and declared.isdisjoint(test.types | _MAY_BE_NONE)
    return declared <= test.types


def _fitting(types: frozenset[str]) -> frozenset[str]:
    """The built-in types with values that are equal to those of some types."""
    return types | {"float", "bool"} if "int" in types else types


def _declared(name: str, node: Node, source: Source) -> frozenset[str]:
    """The words of the type that the function around a node declares for a parameter."""
    for above in parents(node):
        told = above.child_by_field_name("parameters") if _FUNCTION.fullmatch(above.type) else None
        if told is not None and _PARAMETERS.fullmatch(told.type):
            for one in told.named_children:
                kind = one.child_by_field_name("type")
                if kind is not None and re.match(rf"{re.escape(name)}\b", source.word(one)):
                    return frozenset(_WORD.findall(_OF_WHAT.sub("", source.word(kind))))
            return frozenset()
    return frozenset()
