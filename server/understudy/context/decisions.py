"""The functions of two texts that are not as they were, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.decided import Decided
from understudy.context.formulas import TRUE
from understudy.context.leaving import runs_in_order
from understudy.context.statements import body_of, is_deep, is_function, path_of
from understudy.context.ways_through import Walk
from understudy.context.whole_trees import nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from understudy.context.decided import Decisions, Path
    from understudy.context.syntax import Source

_LAST_COUNTS = frozenset({"function_item", "method", "singleton_method"})
"""Functions whose last statement is what they return."""


def decisions(old: Source, new: Source) -> tuple[Decisions, Decisions]:
    """What functions that are not as they were come to, and rounds of the loops in them.

    By the names around each. Of what has one name with another function nothing is told.
    """
    was, now = _functions(old), _functions(new)
    changed = [
        path for path, one in was.items() if path in now and old.word(one) != new.word(now[path])
    ]
    return _decided(old, was, changed), _decided(new, now, changed)


def _decided(source: Source, functions: dict[Path, Node], changed: Sequence[Path]) -> Decisions:
    found: Decisions = {}
    for path in changed:
        node = functions[path]
        body = body_of(node)
        if body is None or is_deep(body):
            continue
        decided = Decided(span=(node.start_byte, node.end_byte))
        walk = Walk(source, decided, last_counts=node.type in _LAST_COUNTS)
        walk.block([body] if not runs_in_order(body) else body.children, TRUE, is_last=True)
        found[path] = walk.decided
        found.update({(*path, "loop", name): one for name, one in walk.loops.items()})
    return found


def _functions(source: Source) -> dict[Path, Node]:
    found: dict[Path, Node] = {}
    twice: set[Path] = set()
    for node in nodes(source.root):
        if not is_function(node) or body_of(node) is None:
            continue
        path = path_of(node, source)
        if path in found:
            twice.add(path)
        if path:
            found[path] = node
    return {
        path: one
        for path, one in found.items()
        if not any(path[: len(two)] == two for two in twice)
    }
