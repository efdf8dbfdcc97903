"""`self` that a method uses and does not take, and members written without `self.`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.members import class_facts
from understudy.context.subject import undefined_name
from understudy.context.syntax import parents, parse
from understudy.core.text import Edit, Span
from understudy.fixers import UNDEFINED_NAME, Fixer, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source
    from understudy.fixers import Problem


def propose(problem: Problem) -> Iterator[Proposal]:
    """A `self` parameter for an undefined `self`; `self.name` for an undefined member."""
    found = undefined_name(problem.view, problem.diagnostic)
    if found is None:
        return
    name, span = found
    source = parse(problem.view.text)
    method = _method(source.node_at(span.start, span.end))
    if method is None:
        return
    if name in ("self", "cls"):
        yield from _parameter(source, method, name)
    else:
        yield from _member(source, method, name, span)


FIXER = Fixer(
    id="missing_self",
    matches=UNDEFINED_NAME,
    propose=propose,
)


def _method(node: Node) -> Node | None:
    """The function around a node that stands directly in a class."""
    for around in (node, *parents(node)):
        if around.type == "function_definition" and _class_of(around) is not None:
            return around
        if around.type == "class_definition":
            return None
    return None


def _class_of(function: Node) -> Node | None:
    outer = function.parent
    if outer is not None and outer.type == "decorated_definition":
        outer = outer.parent
    if outer is None or outer.type != "block" or outer.parent is None:
        return None
    return outer.parent if outer.parent.type == "class_definition" else None


def _decorators(source: Source, method: Node) -> set[str]:
    outer = method.parent
    if outer is None or outer.type != "decorated_definition":
        return set()
    return {source.word(node).lstrip("@ ") for node in outer.children if node.type == "decorator"}


def _first_parameter(source: Source, method: Node) -> str:
    parameters = method.child_by_field_name("parameters")
    if parameters is None or not parameters.named_children:
        return ""
    first = parameters.named_children[0]
    return source.word(first) if first.type == "identifier" else ""


def _parameter(source: Source, method: Node, name: str) -> Iterator[Proposal]:
    parameters = method.child_by_field_name("parameters")
    if parameters is None or not source.word(parameters).startswith("("):
        return
    decorators = _decorators(source, method)
    if "staticmethod" in decorators or (name == "cls") != ("classmethod" in decorators):
        return
    at = source.at(parameters.start_byte) + 1
    text = f"{name}, " if parameters.named_children else name
    why = f"The method uses `{name}` but does not take it."
    yield Proposal((Edit(Span(at, at), text),), why, rank=0.5)


def _member(source: Source, method: Node, name: str, span: Span) -> Iterator[Proposal]:
    owner = _class_of(method)
    holder = _first_parameter(source, method)
    named = owner.child_by_field_name("name") if owner is not None else None
    if named is None or holder not in ("self", "cls"):
        return
    class_name = source.word(named)
    facts = class_facts(source.text, class_name)
    if facts is not None and name in facts.names:
        why = f"`{name}` is not defined, but `{class_name}` has a member of that name."
        yield Proposal((Edit(span, f"{holder}.{name}"),), why, rank=0.8)
