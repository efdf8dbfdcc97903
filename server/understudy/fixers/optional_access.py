"""Something that may be None is used as if it never were: guard it where that is obvious."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.python_tokens import line_end
from understudy.context.syntax import parents, parse
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source
    from understudy.fixers import Problem

_PARTS = {"attribute": "object", "subscript": "value", "call": "function"}
_INDENT = re.compile(r"[ \t]*")


def propose(problem: Problem) -> Iterator[Proposal]:
    """A guard around a statement, or a conditional for a value that may be None itself."""
    span = problem.diagnostic.span
    source = parse(problem.view.text)
    value = _optional(source, source.node_at(span.start, max(span.start, span.end)), span)
    if value is None:
        return
    name = source.word(value)
    statement = next((node for node in parents(value) if node.type.endswith("_statement")), None)
    if statement is None or not _unconditional(value, statement):
        return
    if statement.type == "expression_statement":
        yield from _guarded(problem, source, statement, name)
    elif statement.type == "return_statement" and _may_return_none(source, statement):
        result = statement.named_children[0]
        at = source.span(result).end
        why = f"`{name}` may be None; then the function returns None."
        yield Proposal((Edit(Span(at, at), f" if {name} is not None else None"),), why)


FIXER = Fixer(
    id="optional_access",
    matches=about(
        "reportOptionalMemberAccess",
        "reportOptionalSubscript",
        "reportOptionalCall",
        message=r'is not a known attribute of "None"|Item "None" of .* has no attribute',
    ),
    propose=propose,
)


def _optional(source: Source, node: Node, span: Span) -> Node | None:
    """The name or the chain of attributes that may be None; calls would run twice."""
    for around in (node, *parents(node)):
        field = _PARTS.get(around.type)
        value = around.child_by_field_name(field) if field is not None else None
        if value is None:
            continue
        if around.type == "attribute":
            named = around.child_by_field_name("attribute")
            if named is None or source.at(named.start_byte) > span.end or node == value:
                continue
        return value if _is_plain(value) else None
    return None


def _is_plain(node: Node) -> bool:
    """Names and attributes of names: reading them twice gives the same object."""
    current: Node | None = node
    while current is not None and current.type == "attribute":
        current = current.child_by_field_name("object")
    return current is not None and current.type == "identifier"


def _unconditional(value: Node, statement: Node) -> bool:
    """Whether the statement can do nothing but use the value: no branches, no inner scopes."""
    allowed = (*_PARTS, "argument_list", "await")
    for around in parents(value):
        if around == statement:
            return True
        if around.type not in (*allowed, "assignment", "augmented_assignment"):
            return False
    return False


def _guarded(problem: Problem, source: Source, statement: Node, name: str) -> Iterator[Proposal]:
    """`if x is not None:` above a statement that binds no name and has its lines to itself."""
    inner = statement.named_children[0]
    if inner.type in ("assignment", "augmented_assignment"):
        left = inner.child_by_field_name("left")
        if left is None or left.type not in ("attribute", "subscript"):
            return
    elif inner.type not in ("call", "await"):
        return
    span = source.span(statement)
    index = problem.view.index
    lines = index.lines_of(span)
    start, stop = index.start(lines[0]), index.start(lines[-1]) + len(index.content(lines[-1]))
    indent = _INDENT.match(index.content(lines[0]))
    alone = indent is not None and start + len(indent[0]) == span.start
    rest = problem.view.text[span.end : stop].strip()
    if indent is None or not alone or (rest and not rest.startswith("#")) or len(lines) > 1:
        return
    step = "\t" if indent[0].endswith("\t") else "    "
    end = line_end(problem.view.text)
    text = f"if {name} is not None:{end}{indent[0]}{step}"
    why = f"`{name}` may be None; then this statement is left out."
    yield Proposal((Edit(Span(span.start, span.start), text),), why)


def _may_return_none(source: Source, statement: Node) -> bool:
    """Whether the function around says that it returns None at times."""
    for around in parents(statement):
        if around.type == "function_definition":
            annotation = around.child_by_field_name("return_type")
            word = source.word(annotation) if annotation is not None else ""
            return re.search(r"\bOptional\[|\bNone\b", word) is not None
        if around.type in ("lambda", "class_definition"):
            return False
    return False
