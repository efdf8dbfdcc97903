"""The functions of a text by their names, and for each what else it runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.context.whole_trees import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tree_sitter import Node

    from understudy.context.syntax import Source

_FUNCTION = re.compile(
    r"\w*(?:function|method|constructor|lambda|closure)\w*|arrow_function|func_literal|init_declaration"
)
_GIVEN = ("name", "left", "key", "pattern", "property")
_HOLDERS = re.compile(
    r"variable_declarator|assignment\w*|pair|public_field_definition|field_definition|const_spec"
    r"|let_declaration|property_declaration"
)
_MOST_UP = 4

Path = tuple[str, ...]


class Unit(NamedTuple):
    """What one name stands for: a function, or several of that name; the rest of a text has none."""

    path: Path
    parts: tuple[Node, ...]


def units(source: Source) -> Mapping[Path, Unit]:
    """The outermost functions of a text by the names around them and their own."""
    found: dict[Path, list[Node]] = {}
    for node in nodes(source.root, lambda one: not _path(one, source)):
        if path := _path(node, source):
            found.setdefault(path, []).append(node)
    return {path: Unit(path, tuple(parts)) for path, parts in found.items()}


def rest_of(source: Source, known: Mapping[Path, Unit]) -> Unit:
    """What stands in no function: the outermost nodes that hold none."""
    inside = {one.start_byte for unit in known.values() for one in unit.parts}
    holds = {above.id for unit in known.values() for one in unit.parts for above in _above(one)}
    own = [
        node
        for node in nodes(source.root, lambda one: one.id in holds)
        if node.id not in holds and not (node.start_byte in inside and _path(node, source))
    ]
    return Unit((), tuple(own))


def _above(node: Node) -> Iterator[Node]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _path(node: Node, source: Source) -> Path:
    """The names of a function; none for other nodes, and for functions without one."""
    if not node.is_named or not _FUNCTION.fullmatch(node.type):
        return ()
    if node.child_by_field_name("body") is None and not _has_body(node):
        return ()
    name = _name(node, source)
    if not name:
        return ()
    names = [name]
    receiver = node.child_by_field_name("receiver")
    if receiver is not None:
        names.append(source.word(receiver).strip("()").split(" ")[-1].lstrip("*"))
    for above in _above(node):
        told = next(filter(None, map(above.child_by_field_name, ("name", "type"))), None)
        if told is not None and above.child_by_field_name("body") is not None:
            names.append(source.word(told))
    return tuple(reversed(names))


def _has_body(node: Node) -> bool:
    return any("body" in one.type or one.type == "block" for one in node.named_children)


def _name(node: Node, source: Source) -> str:
    told = node.child_by_field_name("name")
    declared: Sequence[Node | None] = [node.child_by_field_name("declarator")]
    for _ in range(_MOST_UP):
        inner = declared[0]
        if told is not None or inner is None:
            break
        told = inner if "identifier" in inner.type else None
        declared = [inner.child_by_field_name("declarator")]
    above = node.parent
    if told is None and above is not None and _HOLDERS.fullmatch(above.type):
        told = next(filter(None, map(above.child_by_field_name, _GIVEN)), None)
    if told is None and ("constructor" in node.type or node.type == "init_declaration"):
        return "constructor"
    return source.word(told) if told is not None else ""
