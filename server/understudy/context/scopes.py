"""Which names a Python text binds, where, and which of them a place can see."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from understudy.context.syntax import KEPT_CHARS, captures, parse, query
from understudy.core.bounded_cache import bounded_cache

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source

Kind = Literal["variable", "parameter", "function", "class", "import", "global"]

_COMPREHENSIONS = frozenset(
    {
        "list_comprehension",
        "set_comprehension",
        "dictionary_comprehension",
        "generator_expression",
    }
)

_QUERY = """
(function_definition) @scope
(lambda) @scope
(class_definition) @scope
(list_comprehension) @scope
(set_comprehension) @scope
(dictionary_comprehension) @scope
(generator_expression) @scope
(assignment left: (_) @variable)
(for_statement left: (_) @variable)
(for_in_clause left: (_) @variable)
(as_pattern_target (_) @variable)
(case_pattern (dotted_name . (identifier) @variable .))
(case_pattern (as_pattern (identifier) @variable))
(splat_pattern (identifier) @variable)
(keyword_pattern (dotted_name . (identifier) @variable .))
(named_expression name: (identifier) @walrus)
(function_definition name: (identifier) @function)
(class_definition name: (identifier) @class)
(type_parameter (type (identifier) @parameter))
(type_alias_statement left: (type (identifier) @class))
(parameters (_) @parameter)
(lambda_parameters (_) @parameter)
(import_statement name: (dotted_name . (identifier) @import))
(import_statement name: (aliased_import alias: (identifier) @import))
(import_from_statement name: (dotted_name (identifier) @import))
(import_from_statement name: (aliased_import alias: (identifier) @import))
(future_import_statement name: (dotted_name (identifier) @import))
(global_statement (identifier) @global)
(ERROR) @error
"""

_IN_RUINS = re.compile(
    rb"(?:\b(?P<how>def|class|import|as|for)[ \t]+(?P<word>[^\W\d]\w*))"
    rb"|(?:(?P<name>[^\W\d]\w*)[ \t]*(?::[^=\n\r]{0,200})?(?<![=!<>+*/%&|^-])=(?!=))"
)
"""Bindings inside a part that does not parse, by their looks."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of text with names of its own, in bytes. `parent` is an index; -1 for none."""

    start: int
    end: int
    parent: int
    type: str


@dataclass(frozen=True, slots=True)
class Binding:
    """One place that gives a name a value. `start` is a byte, `owner` the index of its scope."""

    name: str
    start: int
    kind: Kind
    owner: int


class Scopes:
    """The scopes and bindings of one text. Scope 0 is the module."""

    __slots__ = ("_bindings", "_source", "_starts", "scopes")

    def __init__(self, source: Source) -> None:
        self._source = source
        found = captures(query(_QUERY), source.root)
        self.scopes = _nest(found.get("scope", ()), len(source.data))
        self._starts = [scope.start for scope in self.scopes]
        self._bindings: dict[int, list[Binding]] = {}
        for binding in self._collect(found):
            self._bindings.setdefault(binding.owner, []).append(binding)

    def bound_in(self, scope: int) -> tuple[Binding, ...]:
        """The bindings of one scope in the order of the text."""
        return tuple(sorted(self._bindings.get(scope, ()), key=lambda binding: binding.start))

    def chain(self, offset: int) -> tuple[int, ...]:
        """The scopes that a name at a code point is looked up in, innermost first.

        A class's names are seen in its own body and not from the functions inside it.
        """
        seen: list[int] = []
        current = self._innermost(self._source.byte(offset))
        while current >= 0:
            if not seen or self.scopes[current].type != "class_definition":
                seen.append(current)
            current = self.scopes[current].parent
        return tuple(seen)

    def visible(self, offset: int) -> tuple[Binding, ...]:
        """One binding for each name that is visible, innermost first, then nearest before."""
        here = self._source.byte(offset)
        found: dict[str, Binding] = {}
        for scope in self.chain(offset):
            bindings = self.bound_in(scope)
            before = [binding for binding in bindings if binding.start < here]
            after = [binding for binding in bindings if binding.start >= here]
            for binding in (*reversed(before), *after):
                found.setdefault(binding.name, binding)
        return tuple(found.values())

    def _innermost(self, byte: int) -> int:
        index = bisect_right(self._starts, byte) - 1
        while index > 0 and self.scopes[index].end <= byte:
            # At the text's end and behind a function's last character the cursor still stands in
            # it only when the tree says so; a half-open range is what the tree uses.
            index = self.scopes[index].parent
        return max(index, 0)

    def _collect(self, found: dict[str, list[Node]]) -> Iterator[Binding]:
        yield from self._targets(found.get("variable", ()), "variable")
        yield from self._targets(found.get("parameter", ()), "parameter")
        yield from self._targets(found.get("import", ()), "import")
        for node in found.get("walrus", ()):
            owner = self._innermost(node.start_byte)
            while self.scopes[owner].type in _COMPREHENSIONS:
                owner = self.scopes[owner].parent
            yield self._binding(node, "variable", owner)
        for node in found.get("function", ()):
            yield self._binding(node, "function", self._around(node))
        for node in found.get("class", ()):
            yield self._binding(node, "class", self._around(node))
        for node in found.get("global", ()):
            yield self._binding(node, "global", 0)
        for node in found.get("error", ())[:50]:
            yield from self._ruins(node)

    def _targets(self, nodes: Iterable[Node], kind: Kind) -> Iterator[Binding]:
        for node in nodes:
            for name in _identifiers(node):
                yield self._binding(name, kind, self._innermost(name.start_byte))

    def _binding(self, node: Node, kind: Kind, owner: int) -> Binding:
        return Binding(self._source.word(node), node.start_byte, kind, owner)

    def _around(self, node: Node) -> int:
        """The scope that a function's or class's own name belongs to."""
        own = self._innermost(node.start_byte)
        return max(self.scopes[own].parent, 0)

    def _ruins(self, node: Node) -> Iterator[Binding]:
        owner = self._innermost(node.start_byte)
        data = self._source.data[node.start_byte : node.end_byte][:100_000]
        for match in _IN_RUINS.finditer(data):
            word = match["word"] or match["name"]
            kind: Kind = "import" if match["how"] == b"import" else "variable"
            start = node.start_byte + match.start("word" if match["word"] else "name")
            yield Binding(word.decode("utf-8", "replace"), start, kind, owner)


@bounded_cache(KEPT_CHARS, lambda _scopes, text: len(text))
def scopes_of(text: str) -> Scopes:
    """The scopes of a text; the last few are kept."""
    return Scopes(parse(text))


def _nest(nodes: Iterable[Node], size: int) -> tuple[Scope, ...]:
    scopes = [Scope(0, size + 1, -1, "module")]
    open_scopes = [0]
    for node in sorted(nodes, key=lambda n: (n.start_byte, -n.end_byte)):
        while scopes[open_scopes[-1]].end <= node.start_byte:
            open_scopes.pop()
        scopes.append(Scope(node.start_byte, node.end_byte, open_scopes[-1], node.type))
        open_scopes.append(len(scopes) - 1)
    return tuple(scopes)


_PATTERNS = frozenset(
    {
        "pattern_list",
        "tuple_pattern",
        "list_pattern",
        "list_splat_pattern",
        "dictionary_splat_pattern",
        "parenthesized_expression",
        "tuple",
        "list",
    }
)


def _identifiers(target: Node) -> Iterator[Node]:
    """The names that a target or parameter binds: `a, (b, *c)` gives three."""
    todo = [target]
    while todo:
        node = todo.pop()
        if node.type == "identifier":
            yield node
        elif node.type in ("default_parameter", "typed_default_parameter"):
            name = node.child_by_field_name("name")
            todo += [name] if name is not None else []
        elif node.type == "typed_parameter":
            todo += node.named_children[:1]
        elif node.type in _PATTERNS:
            todo += node.named_children
