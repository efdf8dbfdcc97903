"""What an expression left of a dot obviously is: a module, or an object of a named class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from understudy.context.members import class_name
from understudy.context.scopes import scopes_of
from understudy.context.syntax import parents, parse

if TYPE_CHECKING:
    from tree_sitter import Node

    from understudy.context.syntax import Source

LITERALS = {
    "string": "str",
    "concatenated_string": "str",
    "integer": "int",
    "float": "float",
    "list": "list",
    "list_comprehension": "list",
    "dictionary": "dict",
    "dictionary_comprehension": "dict",
    "set": "set",
    "set_comprehension": "set",
    "tuple": "tuple",
    "true": "bool",
    "false": "bool",
}


@dataclass(frozen=True, slots=True)
class KnownType:
    """A dotted module, or the class of an object, by its name."""

    kind: Literal["module", "class"]
    name: str


def known_type(text: str, offset: int) -> KnownType | None:
    """What stands left of the dot of the attribute at a code point; None when it is not obvious."""
    source = parse(text)
    node = source.node_at(offset)
    for around in (node, *parents(node)):
        if around.type == "attribute":
            target = around.child_by_field_name("object")
            return _of(source, target) if target is not None else None
        if around.type not in ("identifier", "ERROR"):
            return None
    return None


def enclosing_class(source: Source, node: Node) -> str:
    """The name of the class around a node; empty outside any."""
    for around in parents(node):
        if around.type == "class_definition":
            name = around.child_by_field_name("name")
            return source.word(name) if name is not None else ""
    return ""


def _of(source: Source, node: Node) -> KnownType | None:
    if node.type in LITERALS:
        is_bytes = node.type == "string" and source.word(node)[:2].lower().startswith(("b", "rb"))
        return KnownType("class", "bytes" if is_bytes else LITERALS[node.type])
    if node.type == "call":
        return _constructed(source, node)
    if node.type != "identifier":
        return None
    name = source.word(node)
    if name in ("self", "cls"):
        owner = enclosing_class(source, node)
        return KnownType("class", owner) if owner else None
    return _bound(source, name, source.at(node.start_byte))


def _constructed(source: Source, call: Node) -> KnownType | None:
    """A call of something with a class's looks makes an object of it."""
    function = call.child_by_field_name("function")
    if function is None or function.type != "identifier":
        return None
    name = source.word(function)
    looks = name[:1].isupper() or name in ("str", "list", "dict", "set", "tuple", "bytes")
    return KnownType("class", name) if looks else None


def _bound(source: Source, name: str, offset: int) -> KnownType | None:
    """What the binding that a name refers to gives it."""
    for binding in scopes_of(source.text).visible(offset):
        if binding.name == name:
            node = source.root.named_descendant_for_byte_range(binding.start, binding.start)
            return _given(source, node) if node is not None else None
    return None


def _given(source: Source, name: Node) -> KnownType | None:
    for around in parents(name):
        if around.type in ("import_statement", "aliased_import"):
            return _imported(source, name)
        if around.type in ("assignment", "typed_parameter", "typed_default_parameter"):
            annotation = around.child_by_field_name("type")
            if annotation is not None:
                described = class_name(source.word(annotation))
                return KnownType("class", described) if described else None
            value = around.child_by_field_name("right")
            plain = around.child_by_field_name("left") == name
            simple = value is not None and value.type in (*LITERALS, "call")
            return _of(source, value) if plain and simple and value is not None else None
        if around.type in ("block", "module"):
            return None
    return None


def _imported(source: Source, name: Node) -> KnownType | None:
    """The module of `import a`, `import a.b as c`; nothing for what `from` brings."""
    around = name.parent
    if around is None or any(each.type == "import_from_statement" for each in parents(name)):
        return None
    if around.type == "aliased_import":
        dotted = around.child_by_field_name("name")
        return KnownType("module", source.word(dotted)) if dotted is not None else None
    return KnownType("module", source.word(name))
