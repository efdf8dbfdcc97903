"""What each name of a text stands for, as far as its tree tells, in languages with blocks.

A name belongs to the innermost block around it that binds it anywhere. Two things of one name in one
block count as one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.context.bindings import FREE, MEMBER, TYPE, Bindings, Key
from understudy.context.whole_trees import sound_tree

if TYPE_CHECKING:
    from tree_sitter import Node, TreeCursor

    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source

_OPENS = (
    *("block", "function", "method", "closure", "lambda", "for_", "catch", "match_arm", "case"),
    *("if_", "while_", "switch", "class_", "interface_", "struct_", "impl_", "trait_", "enum_"),
)
"""In the types of nodes that have names of their own."""
_OPENS_NOTHING = ("param", "pattern", "declarator", "modifier", "keyword")
_BINDS = frozenset({"name", "pattern", "parameter", "parameters", "alias", "declarator"})
"""Fields that hold what a node binds."""
_LEFT = frozenset({"short_var_declaration", "range_clause", "for_in_statement", "enhanced_for"})
"""Nodes that bind what is at their left."""
_NO_BINDING = (
    *("call", "invocation", "access", "argument", "selector", "scoped", "qualified", "generic"),
    *("instance", "creation", "macro", "element", "attribute", "value"),
)
"""In the types of nodes whose names are those of something else."""
_MEMBER_FIELDS = frozenset({"field", "property", "attribute"})
_BODIES = ("class_body", "declaration_list", "interface_body", "enum_body", "object_type")
_SHORTHAND = "shorthand"
_MOST_UP = 6


@dataclass
class _Scope:
    number: int
    above: _Scope | None = None
    bound: set[str] = field(default_factory=set)


@dataclass
class _Names:
    found: list[tuple[_Scope | None, str, str]] = field(default_factory=list)
    members: set[str] = field(default_factory=set)
    count: int = 1

    def inner(self, scope: _Scope) -> _Scope:
        self.count += 1
        return _Scope(self.count, scope)


def tree_bindings(text: str, grammar: Grammar | None) -> Bindings | None:
    """The names of a text; None where there is no grammar, or it can't read the text."""
    source = sound_tree(text, grammar)
    if source is None:
        return None
    names = _Names()
    _walk(source, names)
    keys = tuple(_key(*one) for one in names.found)
    return Bindings(keys, frozenset(names.members))


def _walk(source: Source, names: _Names) -> None:
    cursor = source.root.walk()
    scopes = [_Scope(0)]
    while True:
        node = cursor.node
        if node is not None and not node.child_count and "identifier" in node.type:
            _note(node, source.word(node), scopes, names)
        if node is not None and cursor.goto_first_child():
            scopes.append(names.inner(scopes[-1]) if _opens(node) else scopes[-1])
            continue
        if not _go_on(cursor, scopes):
            return


def _go_on(cursor: TreeCursor, scopes: list[_Scope]) -> bool:
    while not cursor.goto_next_sibling():
        if not cursor.goto_parent():
            return False
        scopes.pop()
    return True


def _opens(node: Node) -> bool:
    return any(one in node.type for one in _OPENS) and not any(
        one in node.type for one in _OPENS_NOTHING
    )


def _note(node: Node, name: str, scopes: list[_Scope], names: _Names) -> None:
    """Record a name, and what binds it."""
    if _SHORTHAND in node.type:
        # It is the name of a field, and of a variable.
        names.found.append((None, MEMBER, name))
        if "pattern" in node.type:
            scopes[-1].bound.add(name)
        names.found.append((scopes[-1], "", name))
        return
    kind = _kind(node)
    if kind:
        if kind == MEMBER and _is_definition(node):
            names.members.add(name)
        names.found.append((None, kind, name))
        return
    own = _is_own_name(node)
    scope = scopes[-2] if own and len(scopes) > 1 else scopes[-1]
    if own or _is_bound(node):
        scope.bound.add(name)
    names.found.append((scope, "", name))


def _kind(node: Node) -> str:
    """What a name is that belongs to no block; empty for one that does."""
    above = node.parent
    if "type_identifier" in node.type:
        return TYPE
    if "field_identifier" in node.type or "property_identifier" in node.type or above is None:
        return MEMBER
    if _is_definition(node):
        return MEMBER
    is_last = above.child_by_field_name("name") == node and above.child_count > 1
    if is_last and any(one in above.type for one in ("scoped", "qualified", "method_invocation")):
        has_object = above.child_by_field_name("object") or above.child_by_field_name("path")
        return MEMBER if has_object is not None else ""
    return MEMBER if any(above.child_by_field_name(one) == node for one in _MEMBER_FIELDS) else ""


def _is_definition(node: Node) -> bool:
    """Whether a name is that of a method or a field in a class."""
    above = node.parent
    if above is None or above.child_by_field_name("name") != node:
        return False
    if "field_identifier" in node.type or "property_identifier" in node.type:
        return True
    body = above.parent
    for _ in range(2):
        if body is not None and any(one in body.type for one in _BODIES):
            return True
        body = body.parent if body is not None and "field" in body.type else None
    return False


def _is_own_name(node: Node) -> bool:
    """Whether a name is that of a function or the like, which is known outside of it."""
    above = node.parent
    if above is None or above.child_by_field_name("name") != node:
        return False
    return _opens(above) and not _is_of_another(above)


def _is_bound(node: Node) -> bool:
    """Whether a name is bound where it stands."""
    child = node
    for _ in range(_MOST_UP):
        above = child.parent
        if above is None or _is_of_another(above):
            break
        binds = _binds(above, child)
        if binds is not None:
            return binds
        child = above
    return False


def _binds(above: Node, child: Node) -> bool | None:
    """Whether a node binds a name in one of its parts; None where the node around it tells."""
    if above.type in _LEFT:
        return above.child_by_field_name("left") == child
    if "param" in above.type and above.child_by_field_name("type") != child:
        return above.child_by_field_name("value") != child
    if any(above.child_by_field_name(one) == child for one in _BINDS):
        return True
    return False if any(one in above.type for one in ("block", "statement", "body")) else None


def _is_of_another(node: Node) -> bool:
    return any(one in node.type for one in _NO_BINDING)


def _key(scope: _Scope | None, kind: str, name: str) -> Key:
    if scope is None:
        return Key(kind, name)
    at: _Scope | None = scope
    while at is not None:
        if name in at.bound:
            return Key(at.number, name)
        at = at.above
    return Key(FREE, name)
