"""Which names some lines of a text use, and what the names that are bound around them may be.

Read from the grammar's tree, so that nothing has to be complete or right.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from understudy.context.bounded_tree import read_tree
from understudy.context.grammar import loaded
from understudy.core.failures import UnavailableError
from understudy.core.text import Span
from understudy.gathering.rows import rows_in, words_in
from understudy.gathering.syntaxes import FIRST, syntax_of
from understudy.gathering.tokens import Tokens
from understudy.languages import grammar_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node, Query

    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source
    from understudy.core.lines import LineIndex
    from understudy.gathering.rows import Row
    from understudy.gathering.syntaxes import Binding, Syntax

MOST_NAMES = 4_000
"""So many names of the lines are looked at."""

_DEEPEST = 16
"""How many members in a row are followed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One name in a row such as `a.b().c`; an unknown beginning has no name."""

    name: str
    called: bool = False


Chain = tuple[Step, ...]
"""Names that are taken from each other, the first one first."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What is known of a name that is bound within a function: names of its type, or its value."""

    types: tuple[Row, ...] = ()
    value: Chain = ()


class Use(NamedTuple):
    """A row of names, and the line that has it, counted from 0."""

    chain: Chain
    line: int


class Bind(NamedTuple):
    """A name that a line binds, and what is known of it."""

    name: str
    bound: Bound
    line: int


@dataclass(frozen=True, slots=True)
class Used:
    """What some lines use.

    Attributes:
        uses: in the order of the text; a row of names is in it once for each line.
        binds: names that are bound in the lines and around them, in that order.
    """

    uses: tuple[Use, ...] = ()
    binds: tuple[Bind, ...] = ()


def used_in(index: LineIndex, language: str, lines: range, around: range) -> Used:
    """The names that lines use; empty where the language has no grammar or the text can't be read.

    Args:
        index: the text.
        language: its LSP language id.
        lines: whose names count.
        around: the functions that hold them: bindings in these lines count.
    """
    syntax, grammar = syntax_of(language), grammar_of(language)
    if grammar is None:
        return Used()
    if syntax is None:
        return _by_words(index, lines)
    try:
        source = read_tree(index.text, grammar)
    except UnavailableError:
        return _by_words(index, lines)
    reader = _Reader(source, syntax)
    found: dict[Use, None] = {}
    for node in _captured(source, grammar, "names", _span(index, lines))[:MOST_NAMES]:
        chain = reader.chain_to(node)
        if chain:
            found[Use(chain, node.start_point[0])] = None
    binds = [
        Bind(name, what, node.start_point[0])
        for node in _captured(source, grammar, "bindings", _span(index, around))[:MOST_NAMES]
        for name, what in reader.bound_by(node, syntax.bindings[node.type])
    ]
    return Used(tuple(found), tuple(binds))


def _by_words(index: LineIndex, lines: range) -> Used:
    words = ((word, line) for line in lines for word in words_in(index.content(line)))
    return Used(tuple(Use((Step(word),), line) for word, line in words))


def _span(index: LineIndex, lines: range) -> Span:
    start = index.start(lines.start)
    return Span(start, max(start, index.start(lines.stop)))


def _captured(source: Source, grammar: Grammar, what: str, span: Span) -> list[Node]:
    """The nodes of a table that begin in a span, in the order of the text."""
    from tree_sitter import QueryCursor

    start, stop = source.byte(span.start), source.byte(span.end)
    cursor = QueryCursor(_query(grammar, what))
    cursor.set_byte_range(start, stop)
    found = cursor.captures(source.root).get("it", []) if stop > start else []
    inside = (node for node in found if start <= node.start_byte < stop)
    return sorted(inside, key=lambda node: node.start_byte)


@cache
def _query(grammar: Grammar, what: str) -> Query:
    """A query for all nodes of a syntax's table that this grammar has."""
    from tree_sitter import Query

    language = loaded(grammar)
    syntax = next(one for one in map(syntax_of, _languages_of(grammar)) if one is not None)
    kinds = sorted(syntax.names if what == "names" else syntax.bindings)
    known = [kind for kind in kinds if language.id_for_node_kind(kind, True)]  # noqa: FBT003 - named
    return Query(language, "".join(f"({kind}) @it " for kind in known))


def _languages_of(grammar: Grammar) -> Iterator[str]:
    from understudy.languages import all_languages

    yield from (one.id for one in all_languages().values() if one.grammar == grammar)


class _Reader:
    """Reads nodes of one tree by a syntax."""

    def __init__(self, source: Source, syntax: Syntax) -> None:
        self._source = source
        self._syntax = syntax
        self._tokens = Tokens(syntax.tokens, source.word, self._is_name)

    def chain_to(self, leaf: Node) -> Chain:
        """The names up to a leaf; empty where it is only a label."""
        parent = leaf.parent
        if parent is None or self._is_label(parent, leaf):
            return ()
        if parent.type == self._syntax.tokens:
            return tuple(Step(*one) for one in self._tokens.row_to(leaf, parent))
        if parent.type in self._syntax.patterns:
            return self._taken_apart(parent, leaf)
        taken = self._syntax.members.get(parent.type)
        if taken is not None and parent.child_by_field_name(taken[1]) == leaf:
            return self.chain_of(parent)
        called = self._syntax.calls.get(parent.type)
        is_called = bool(called) and parent.child_by_field_name(called or "") == leaf
        return (Step(self._source.word(leaf), is_called),)

    def _is_label(self, parent: Node, leaf: Node) -> bool:
        label = self._syntax.labels.get(parent.type)
        return bool(label) and parent.child_by_field_name(label or "") == leaf

    def _taken_apart(self, pattern: Node, leaf: Node) -> Chain:
        """A member that a pattern takes out of a value: as if it were taken with a dot."""
        holder = pattern.parent
        if holder is not None and holder.type in self._syntax.patterns:
            holder = holder.parent
        binding = self._syntax.bindings.get(holder.type) if holder is not None else None
        if holder is None or binding is None:
            return ()
        value = _field(holder, binding.value) if binding.value else None
        before = self.chain_of(value)
        types = _field(holder, binding.type) if binding.type and not before else None
        if types is not None:
            before = tuple(
                Step(name) for row in rows_in(self._source.word(types))[:1] for name in row
            )
        return (*before, self._step(leaf, called=False)) if before else ()

    def chain_of(self, node: Node | None) -> Chain:
        """The names of an expression, as far as it is made of names, members and calls."""
        steps: list[Step] = []
        called = False
        for _ in range(_DEEPEST):
            if node is None:
                break
            kind = node.type
            if kind in self._syntax.members:
                inner, name = self._syntax.members[kind]
                called = called or kind in self._syntax.calls
                steps.append(self._step(node.child_by_field_name(name), called=called))
                before = node.child_by_field_name(inner)
                is_first = kind in self._syntax.calls or node.children[0].type == "::"
                if before is None and is_first:
                    return tuple(reversed(steps))
                node, called = before, False
            elif self._syntax.calls.get(kind):
                node, called = node.child_by_field_name(self._syntax.calls[kind]), True
            elif kind in self._syntax.transparent:
                node = next(iter(node.named_children), None)
            else:
                if self._is_name(node):
                    steps.append(self._step(node, called=called))
                    return tuple(reversed(steps))
                break
        return (Step(""), *reversed(steps)) if steps else ()

    def bound_by(self, node: Node, binding: Binding) -> Iterator[tuple[str, Bound]]:
        """Each name that a node binds, with what is known of it."""
        types = _field(node, binding.type) if binding.type else None
        value = _field(node, binding.value) if binding.value else None
        bound = Bound(rows_in(self._source.word(types)) if types else (), self.chain_of(value))
        names: list[Node | None] = list(node.children_by_field_name(binding.name))
        for name in names or [_field(node, binding.name)]:
            for leaf in self._leaves(name):
                yield self._source.word(leaf), bound

    def _leaves(self, node: Node | None) -> Iterator[Node]:
        """The names in a pattern or a declarator."""
        todo = [] if node is None else [node]
        for _ in range(_DEEPEST):
            if not todo:
                return
            one = todo.pop(0)
            if one.type in self._syntax.names:
                yield one
            elif one.type not in self._syntax.members:
                inner = one.child_by_field_name("declarator") or one.child_by_field_name("name")
                kind = one.child_by_field_name("type")
                within = [child for child in one.named_children[:_DEEPEST] if child != kind]
                todo += [inner] if inner is not None else within

    def _step(self, node: Node | None, *, called: bool) -> Step:
        return Step(self._source.word(node) if node is not None else "", called)

    def _is_name(self, node: Node) -> bool:
        if node.type in self._syntax.names:
            return True
        return self._source.word(node) in self._words if node.child_count == 0 else False

    @property
    def _words(self) -> frozenset[str]:
        return self._syntax.own | self._syntax.above | self._syntax.roots


def _field(node: Node, name: str) -> Node | None:
    if name == FIRST:
        return next(iter(node.named_children), None)
    return node.child_by_field_name(name)
