"""What each name of a Python text stands for, by the rules of the language.

https://docs.python.org/3/reference/executionmodel.html#naming-and-binding
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.context.bindings import FREE, MEMBER, Bindings, Key

if TYPE_CHECKING:
    from collections.abc import Iterable

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
_MODULE, _CLASS, _FUNCTION, _INNER = "module", "class", "function", "comprehension"


@dataclass
class _Scope:
    number: int
    kind: str
    above: _Scope | None = None
    bound: set[str] = field(default_factory=set)
    outside: dict[str, str] = field(default_factory=dict)
    """Names that `global` or `nonlocal` says are bound elsewhere."""


def python_bindings(text: str) -> Bindings | None:
    """The names of a text; None where nothing can read it, or it can see its names itself."""
    try:
        reader = _Reader()
        reader.visit(ast.parse(text.removeprefix("\ufeff")))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return reader.bindings()


class _Reader(ast.NodeVisitor):
    """Collects names with their scopes; what they stand for is known when all was read."""

    def __init__(self) -> None:
        self._scope = _Scope(0, _MODULE)
        self._count = 1
        self._found: list[tuple[_Scope | None, str]] = []
        self._members: set[str] = set()
        self._arguments: list[tuple[str, str]] = []
        self._parameters: list[tuple[str, str]] = []
        self._class = ""

    def bindings(self) -> Bindings:
        keys = tuple(
            Key(MEMBER, name) if scope is None else _resolved(scope, name)
            for scope, name in self._found
        )
        arguments, parameters = tuple(self._arguments), tuple(self._parameters)
        return Bindings(keys, frozenset(self._members), arguments, parameters)

    def visit_FunctionDef(self, node: _Function) -> None:
        self._bind(node.name)
        self._each(node.decorator_list)
        self._signature(node.args)
        self._each([node.returns] if node.returns is not None else [])
        self._parameters += [
            (name, one.arg) for name in self._callable(node.name) for one in _given(node.args)
        ]
        with_self, self._class = self._class, ""
        self._inside(_FUNCTION, [*_all(node.args), *node.body])
        self._class = with_self

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815 - as above

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._signature(node.args)
        self._inside(_FUNCTION, [*_all(node.args), node.body])

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._bind(node.name)
        self._each([*node.decorator_list, *node.bases, *node.keywords])
        outer, self._class = self._class, node.name
        self._inside(_CLASS, node.body)
        self._class = outer

    def visit_ListComp(self, node: _Comprehension) -> None:
        first = node.generators[0]
        self.visit(first.iter)
        what = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        rest: list[ast.AST] = [first.target, *first.ifs]
        self._inside(_INNER, [*rest, *node.generators[1:], *what])

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp  # noqa: N815 - as above

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        inner, scope = self._scope, self._scope
        while scope.kind == _INNER and scope.above is not None:
            scope = scope.above
        self._scope = scope
        self.visit(node.target)
        self._scope = inner

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._found.append((self._scope, node.id))
        else:
            self._bind(node.id)
            if self._scope.kind == _CLASS:
                self._parameters.append((self._class, node.id))

    def visit_arg(self, node: ast.arg) -> None:
        self._bind(node.arg)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self._named(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        self._named(node.name)
        self.generic_visit(node)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        self._named(node.name)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self._named(node.rest)
        self.generic_visit(node)

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        self._found += [(None, name) for name in node.kwd_attrs]
        self.generic_visit(node)

    def visit_alias(self, node: ast.alias) -> None:
        # What is imported is named elsewhere; only `as` gives it a name here.
        self._found += [(None, name) for name in node.name.split(".")]
        self._named(node.asname or node.name.partition(".")[0])

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self._found += [(None, name) for name in (node.module or "").split(".")]
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.visit(node.value)
        self._found.append((None, node.attr))
        is_own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
        if is_own and isinstance(node.ctx, ast.Store):
            self._members.add(node.attr)

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func
        name = getattr(called, "attr", getattr(called, "id", ""))
        self._arguments += [(name, one.arg) for one in node.keywords if one.arg]
        self.generic_visit(node)

    def visit_Global(self, node: ast.Global) -> None:
        for name in node.names:
            self._scope.outside[name] = _MODULE
            self._found.append((self._scope, name))

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        for name in node.names:
            self._scope.outside[name] = _FUNCTION
            self._found.append((self._scope, name))

    def _bind(self, name: str) -> None:
        if self._scope.kind == _CLASS:
            self._members.add(name)
        if self._scope.outside.get(name) == _MODULE:
            _module(self._scope).bound.add(name)
        self._scope.bound.add(name)
        self._found.append((self._scope, name))

    def _named(self, name: str | None) -> None:
        if name:
            self._bind(name)

    def _callable(self, name: str) -> tuple[str, ...]:
        return (name, self._class) if name == "__init__" else (name,)

    def _signature(self, given: ast.arguments) -> None:
        """What stands in a head and is seen from outside: defaults and annotations."""
        self._each([one for one in (*given.defaults, *given.kw_defaults) if one is not None])
        self._each([one.annotation for one in _all(given) if one.annotation is not None])

    def _each(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)

    def _inside(self, kind: str, nodes: Iterable[ast.AST]) -> None:
        outer = self._scope
        self._scope = _Scope(self._count, kind, outer)
        self._count += 1
        self._each(nodes)
        self._scope = outer


def _given(given: ast.arguments) -> list[ast.arg]:
    """The parameters that may be given by name."""
    return [*given.args, *given.kwonlyargs]


def _all(given: ast.arguments) -> list[ast.arg]:
    stars = [one for one in (given.vararg, given.kwarg) if one is not None]
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *stars]


def _module(scope: _Scope) -> _Scope:
    while scope.above is not None:
        scope = scope.above
    return scope


def _resolved(scope: _Scope, name: str) -> Key:
    """What a name stands for in a scope. What a class binds is a member of it."""
    at: _Scope | None = scope
    if scope.outside.get(name) == _MODULE:
        at = _module(scope)
    elif name in scope.outside:
        at = scope.above
    while at is not None:
        if name in at.bound and (at.kind != _CLASS or at is scope):
            return Key(MEMBER if at.kind == _CLASS else at.number, name)
        at = at.above
    return Key(FREE, name)
