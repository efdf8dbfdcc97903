"""`self` that a method uses and does not take, and members written without `self.`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.members import class_facts
from understudy.context.nearness import near
from understudy.context.neighbours import neighbours
from understudy.context.subject import undefined_name
from understudy.context.syntax import parents, parse
from understudy.core.text import Edit, Span
from understudy.fixers import UNDEFINED_NAME, Fixer, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source
    from understudy.fixers import Problem


_OTHER_NAMES = ("this", "me", "_self", "_cls", "klass", "s")
"""How the object or the class is called by those who don't say `self` and `cls`."""


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
    elif name == "this":
        yield from _called_otherwise(source, method, name, span)
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
    if _is_meant(source, method, name):
        yield from _renamed(source, method, parameters.named_children[0], name)
        return
    at = source.at(parameters.start_byte) + 1
    text = f"{name}, " if parameters.named_children else name
    why = f"The method uses `{name}` but does not take it."
    yield Proposal((Edit(Span(at, at), text),), why, rank=0.5)


def _is_meant(source: Source, method: Node, name: str) -> bool:
    """Whether the first parameter is what should be called `self`: `slef`, `this`."""
    first = _first_parameter(source, method)
    return first in _OTHER_NAMES or bool(near(first, [name, f"_{name}"]))


def _renamed(source: Source, method: Node, parameter: Node, name: str) -> Iterator[Proposal]:
    """The first parameter under the name that the method uses, if nothing uses the one it has."""
    old = source.word(parameter)
    if re.findall(r"\w+", source.word(method)).count(old) == 1:
        why = f"The method uses `{name}`, and its first parameter is called `{old}`."
        yield Proposal((Edit(source.span(parameter), name),), why, rank=0.5)


def _called_otherwise(source: Source, method: Node, name: str, span: Span) -> Iterator[Proposal]:
    """`this.x`, where the object is called `self`."""
    holder = _first_parameter(source, method)
    if holder == "self" and re.match(r"[ \t]*\.", source.text[span.end : span.end + 20]):
        why = f"`{name}` is not defined; this method calls its object `{holder}`."
        yield Proposal((Edit(span, holder),), why, rank=0.5)


def _member(source: Source, method: Node, name: str, span: Span) -> Iterator[Proposal]:
    owner = _class_of(method)
    holder = _first_parameter(source, method)
    named = owner.child_by_field_name("name") if owner is not None else None
    if owner is None or named is None or holder not in ("self", "cls"):
        return
    class_name = source.word(named)
    facts = class_facts(source.text, class_name)
    if facts is None or name not in facts.names or _is_another(source, method, name, span):
        return
    if holder == "cls" and name not in set(_bound_by_class(source, owner)):
        return
    why = f"`{name}` is not defined, but `{class_name}` has a member of that name."
    # A name in scope that may be meant as well leaves it open which of the two is.
    ranks = [0.8, *(each.rank for each in neighbours(source.text, name, span))]
    yield Proposal((Edit(span, f"{holder}.{name}"),), why, rank=max(ranks))


def _is_another(source: Source, method: Node, name: str, span: Span) -> bool:
    """Whether the bare name is rather something else than the member of the same name.

    Where a statement sets the member or says it already, the other word is another thing, mostly a
    parameter of that name. So it is inside of the method of that name, and where a parameter that
    nothing uses is spelt much like it.
    """
    own = method.child_by_field_name("name")
    if own is not None and source.word(own) == name:
        return True
    said = re.compile(rf"(?<!\w)(?:self|cls)\s*\.\s*{re.escape(name)}(?!\w)")
    if said.search(_statement(source, source.node_at(span.start, span.end))):
        return True
    return any(near(name, [parameter]) for parameter in _unused_parameters(source, method))


def _statement(source: Source, node: Node) -> str:
    """The text of the statement around a node; of one with a block, what stands before that."""
    block = None
    for around in (node, *parents(node)):
        body = around.child_by_field_name("body") or around.child_by_field_name("consequence")
        block = body if body is not None and body.type == "block" else block
        if around.parent is None or around.parent.type in ("block", "module"):
            start = source.at(around.start_byte)
            end = source.at(around.end_byte if block is None else block.start_byte)
            return source.text[start:end]
    return ""


def _unused_parameters(source: Source, method: Node) -> Iterator[str]:
    parameters = method.child_by_field_name("parameters")
    words = re.findall(r"\w+", source.word(method))
    for node in parameters.named_children if parameters is not None else ():
        named = node.child_by_field_name("name") or next(iter(node.named_children), node)
        name = source.word(named if node.type != "identifier" else node)
        if words.count(name) == 1:
            yield name


def _bound_by_class(source: Source, owner: Node) -> Iterator[str]:
    """What the class itself has, and not only its objects."""
    body = owner.child_by_field_name("body")
    for node in body.named_children if body is not None else ():
        inner = node.child_by_field_name("definition") or node
        if inner.type == "expression_statement" and inner.named_children:
            inner = inner.named_children[0]
        named = inner.child_by_field_name("name") or inner.child_by_field_name("left")
        if named is not None:
            yield source.word(named)
