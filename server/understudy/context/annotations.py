"""The types that a text declares: of parameters, results, variables and fields."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from understudy.context.whole_trees import nodes, sound_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source

_TYPED = frozenset(
    {
        *("required_parameter", "optional_parameter", "variable_declarator"),
        *("property_signature", "public_field_definition"),
    }
)
_NAMED = frozenset(
    {
        *(
            "function_declaration",
            "method_definition",
            "class_declaration",
            "interface_declaration",
        ),
        *("type_alias_declaration", "variable_declarator", "abstract_class_declaration"),
    }
)


RESULT = "return"
"""The last part of the path of what a function returns."""
MEMBERS = "[]"
"""The last part of the path of what all other members of a type are."""
_RETURNS = frozenset(
    {
        *("function_declaration", "method_definition", "method_signature", "arrow_function"),
        *("function_expression", "function_signature", "abstract_method_signature"),
    }
)


class Declared(NamedTuple):
    """One name that may have a type.

    Attributes:
        type: as it is written; empty where there is none.
        optional: whether a `?` says that it may lack.
        value: what a variable is given there, as it is written; empty for nothing.
        is_rest: whether a parameter takes all further arguments.
    """

    type: str
    optional: bool = False
    value: str = ""
    is_rest: bool = False


Path = tuple[str, ...]


def python_types(text: str) -> dict[Path, Declared] | None:
    """What may have a type, by the names around it and its own; None where nothing can read it.

    Of what is declared twice the first counts, and what is carried out before its overloads.
    """
    try:
        tree = ast.parse(text.removeprefix("\ufeff"))
        found: dict[Path, Declared] = {}
        for path, declared in _of_python(tree, ()):
            found.setdefault(path, declared)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return found


def _of_python(node: ast.AST, path: Path) -> Iterator[tuple[Path, Declared]]:
    for child in sorted(ast.iter_child_nodes(node), key=_is_overload):
        inner = path
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = (*path, child.name)
            yield from _signature(child, inner)
        elif isinstance(child, ast.ClassDef):
            inner = (*path, child.name)
        elif isinstance(child, ast.AnnAssign):
            yield (
                (*path, _target(child.target)),
                _declared(child.annotation, child.value),
            )
        elif isinstance(child, ast.Assign):
            for target in child.targets:
                yield (*path, _target(target)), _declared(None, child.value)
        yield from _of_python(child, inner)


def _is_overload(node: ast.AST) -> bool:
    """Whether a function only says what another one of its name takes and gives."""
    heads = node.decorator_list if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else ()
    return any(ast.unparse(one).rpartition(".")[2] == "overload" for one in heads)


def _signature(
    node: ast.FunctionDef | ast.AsyncFunctionDef, path: Path
) -> Iterator[tuple[Path, Declared]]:
    given = node.args
    for one in (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg):
        if one is not None:
            is_rest = one in (given.vararg, given.kwarg)
            yield (*path, one.arg), _declared(one.annotation)._replace(is_rest=is_rest)
    yield (*path, RESULT), _declared(node.returns)


def _target(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    own = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    return f"{node.value.id}.{node.attr}" if own else ""  # type: ignore[attr-defined] # see `own`


def _declared(annotation: ast.expr | None, value: ast.expr | None = None) -> Declared:
    told, given = ("" if one is None else ast.unparse(one) for one in (annotation, value))
    return Declared(told, value=given)


def script_types(text: str, grammar: Grammar | None) -> dict[Path, Declared] | None:
    """The same for TypeScript."""
    source = sound_tree(text, grammar)
    if source is None:
        return None
    found: dict[Path, Declared] = {}
    carried_out: set[Path] = set()
    for node in nodes(source.root):
        if node.type in _RETURNS or node.type == "index_signature":
            path, declared = _result(node, source)
            if node.child_by_field_name("body") is None or path in carried_out:
                found.setdefault(path, declared)
            else:
                carried_out.add(path)
                found[path] = declared
        name = node.child_by_field_name("name") or node.child_by_field_name("pattern")
        if node.type not in _TYPED or name is None:
            continue
        path = (*_around(node, source), source.word(name).removeprefix("..."))
        written = node.child_by_field_name("type")
        told = source.word(written).lstrip(": ") if written is not None else ""
        optional = any(one.type == "?" for one in node.children)
        optional = optional or node.type == "optional_parameter"
        given = node.child_by_field_name("value")
        value = source.word(given) if given is not None else ""
        found.setdefault(path, Declared(told, optional, value, name.type == "rest_pattern"))
    return found


def _result(node: Node, source: Source) -> tuple[Path, Declared]:
    """What a function returns, or what the members of a type are that it does not name."""
    if node.type == "index_signature":
        return (*_around(node, source), MEMBERS), Declared(source.word(node))
    own = node.child_by_field_name("name")
    name = () if own is None else (source.word(own),)
    told = node.child_by_field_name("return_type")
    written = "" if told is None else source.word(told).lstrip(": ")
    return (*_around(node, source), *name, RESULT), Declared(written)


def _around(node: Node, source: Source) -> Path:
    names: list[str] = []
    above = node.parent
    while above is not None:
        name = above.child_by_field_name("name") if above.type in _NAMED else None
        if name is not None:
            names.append(source.word(name))
        above = above.parent
    return tuple(reversed(names))
