"""What code does beside its values: calls whose value nobody uses, what it stores, sends and holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.context.alone import DELETES, LATER, WRAPS, is_alone
from understudy.context.called import CALL, called
from understudy.context.held import held
from understudy.context.stores import SETS, SHARED, place, shared_targets
from understudy.context.whole_trees import nodes
from understudy.context.written import sign_of, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source

    Rule = Callable[["_Statement"], Iterator["Effect | _Statement"]]

_AWAIT = re.compile(r"(?:co_)?await\w*")
_IGNORED = re.compile(r"(?:let\s+)?_(?:\s*,\s*_)*\s*(?::?=)(?!=)")
_UNARY = re.compile(r"(?:delete|void) |<-")
_SHORT = frozenset({"&&", "||", "and", "or", "??"})
_CHOSEN = re.compile(r"(?:ternary|conditional)_expression|conditional")
_SHELL_VALUES = frozenset(
    {
        *("local", "declare", "readonly", "export", "set", "shift", "true", "false", ":", "test"),
        *("[", "[[", "let", "cd", "pushd", "popd", "return", "exit", "break", "continue", "read"),
        *("source", ".", "trap", "unset", "wait", "typeset"),
    }
)


class Effect(NamedTuple):
    """Something that code does.

    Attributes:
        text: its code on one line; of what holds something over a block only the head.
        name: the last part of what is called, stored to or held.
        base: what stands before that.
        how: `call`, `await`, `go`, `defer`, `set`, `delete`, `yield`, `send` or `hold`.
    """

    text: str
    name: str
    base: str
    how: str


class _Statement(NamedTuple):
    """A node that stands for itself, or what it is when what stands around it is left out.

    Attributes:
        around: the text of what stands around it; empty for nothing.
    """

    node: Node
    source: Source
    how: str = "call"
    around: str = ""

    @property
    def text(self) -> str:
        return written(self.node, self.node, self.source).rstrip("; ")

    @property
    def told(self) -> str:
        """Its text with all that stands around it."""
        return self.around or self.text

    @property
    def parts(self) -> list[Node]:
        return [one for one in self.node.named_children if not one.is_extra]


def effects(root: Node, source: Source) -> Iterator[Effect]:
    """What a node does, in the order of the text, with what functions in it do."""
    for node in nodes(root):
        if not node.is_named:
            continue
        head, base = held(node, source)
        if head:
            yield Effect(head, "", base, "hold")
        if is_alone(node, source):
            yield from _done(_Statement(node, source))


def _done(statement: _Statement) -> Iterator[Effect]:
    """What one statement does. Without recursion: parts of statements are nested deeply."""
    waiting: list[Effect | _Statement] = [statement]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Effect):
            yield one
            continue
        known = (rule for kinds, rule in _RULES if kinds.fullmatch(one.node.type))
        if (rule := next(known, None)) is not None:
            waiting.extend(reversed([*rule(one)]))


def _later(one: _Statement) -> Iterator[Effect]:
    for call in one.parts[:1]:
        yield Effect(one.text, *called(call, one.source), one.node.type.partition("_")[0])


def _set(one: _Statement) -> Iterator[Effect | _Statement]:
    if one.text.startswith("delete "):
        yield from _deleted(one)
    elif _UNARY.match(one.text):
        yield from _around(one, one.parts[-1:])
    elif _IGNORED.match(one.text):
        values = one.parts[-1:]
        while values and values[0].type == "expression_list":
            values = values[0].named_children[-1:]
        yield from _around(one, values)
    else:
        for target in shared_targets(one.node, one.source):
            yield Effect(one.text, *place(target, one.source), "set")


def _deleted(one: _Statement) -> Iterator[Effect]:
    for target in one.parts[:1]:
        if SHARED.fullmatch(target.type) or one.node.type != "delete_statement":
            yield Effect(one.text, *place(target, one.source), "delete")


def _called(one: _Statement) -> Iterator[Effect]:
    name, base = called(one.node, one.source)
    if one.node.type != "command" or name not in _SHELL_VALUES:
        yield Effect(one.told, name, base, one.how)


def _around(one: _Statement, inner: list[Node]) -> Iterator[_Statement]:
    """The parts of a statement whose calls are told with all that stands around them."""
    how = "await" if _AWAIT.fullmatch(one.node.type) else one.how
    for node in inner:
        yield one._replace(node=node, how=how, around=one.told)


def _wrapped(one: _Statement) -> Iterator[_Statement]:
    parts = [part for part in one.parts if part.type != "try_operator"]
    yield from _around(one, parts[-1:] if one.node.type == "cast_expression" else parts[:1])


def _binary(one: _Statement) -> Iterator[Effect | _Statement]:
    children = one.node.children
    sign = sign_of(children[1], one.source) if len(children) == 3 else ""
    if sign in _SHORT:
        yield one._replace(node=children[2])
    elif sign == "<<":
        first = one.node
        while first.type == one.node.type and first.named_children:
            first = first.named_children[0]
        yield Effect(one.told, "<<", written(first, first, one.source), one.how)


def _chosen(one: _Statement) -> Iterator[_Statement]:
    for part in one.parts[1:]:
        yield one._replace(node=part)


_RULES: tuple[tuple[re.Pattern[str], Rule], ...] = (
    (LATER, _later),
    (DELETES, _deleted),
    (SETS, _set),
    (re.compile("let_declaration"), _set),
    (re.compile(r"\w*yield\w*"), lambda one: iter([Effect(one.text, "yield", "", "yield")])),
    (
        re.compile("send_statement"),
        lambda one: iter([Effect(one.text, "", one.text.partition("<-")[0].strip(), "send")]),
    ),
    (re.compile("echo_statement"), lambda one: iter([Effect(one.told, "echo", "", one.how)])),
    (CALL, _called),
    (WRAPS, _wrapped),
    (_CHOSEN, _chosen),
    (re.compile(r"binary\w*|infix_expression|list"), _binary),
)
"""What statements do, by the types of their nodes."""
