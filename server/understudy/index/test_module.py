"""Rust's module of tests, which stands at the end of the file that it tests, alone in a block.

A model that is asked for tests writes the module, and not the file once more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.context.whole_trees import known_tree
from understudy.failures.elision import is_elision
from understudy.languages import grammar_of
from understudy.reading import Refusal, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from understudy.context.syntax import Source

_TESTS = re.compile(r"#\s*\[\s*cfg\s*\(\s*(?:all\s*\(\s*)?test\b")
_ATTRIBUTE = "attribute_item"
_MODULE = "mod_item"
_IMPORT = "use_declaration"


class _Item(NamedTuple):
    """What stands in a file or a module, with the attributes and comments above it.

    Attributes:
        name: as its own name says, or its first line; empty for imports.
        lines: all of them.
        is_tests: whether it is compiled for tests alone.
    """

    name: str
    node: Node
    lines: range
    is_tests: bool


class _Text(NamedTuple):
    """Some lines of Rust and what their tree is made of."""

    lines: Sequence[str]
    source: Source
    items: list[_Item]


def with_test_module(lines: Sequence[str], before: Sequence[str]) -> list[str] | None:
    """A file with the module of tests that a block consists of; None for any other block.

    The module comes at the end. Where the file has one of this name, what is new goes into it; None
    where a function there is another than the block's.

    Args:
        lines: of the block, without their ends.
        before: those of the file.

    Raises:
        UnreadableError: the file has a module of this name that the tests can't go into.
    """
    block = _text(lines)
    file = _text(before) if any(map(str.strip, before)) else None
    only = _only_module(block) if block is not None else None
    if block is None or file is None or only is None:
        return None
    there = [one for one in file.items if one.node.type == _MODULE]
    same = next((one for one in there if one.name == only.name), None)
    if same is not None:
        return _joined(block, file, only, same)
    if any(one.is_tests for one in there):
        return None
    said = [line for line in lines[: only.lines.start] if line.strip() and not is_elision(line)]
    return [*_without_end(before), "", *said, *_without_end(lines[only.lines.start :])]


def _only_module(block: _Text) -> _Item | None:
    """The module of tests that a block consists of."""
    only = block.items[0] if len(block.items) == 1 else None
    if only is None or not only.is_tests or only.node.type != _MODULE or _body(only) is None:
        return None
    return only


def _joined(block: _Text, file: _Text, new: _Item, old: _Item) -> list[str] | None:
    """The file with what is new in the block's module in its own."""
    mine, theirs = (_body(one) for one in (new, old))
    if mine is None or theirs is None or not old.is_tests:
        where = "stands in another file" if theirs is None else "is not one of tests"
        message = f"The file has a module `{old.name}` already, which {where}."
        raise unreadable(Refusal.OTHER_FILE, message, old.name, message)
    if not (_stands_alone(mine, block.lines) and _stands_alone(theirs, file.lines)):
        return None
    known = list(_items(theirs, file.source))
    same = {_lines(one, file.lines) for one in known}
    come = [one for one in _items(mine, block.source) if _lines(one, block.lines) not in same]
    names = {one.name for one in known if one.name}
    if not come or any(one.name in names for one in come):
        return None
    # Imports stand above all functions.
    head = [line for one in come if not one.name for line in _lines(one, block.lines)]
    tail = [line for one in come if one.name for line in ("", *_lines(one, block.lines))]
    first, end = theirs.start_point.row + 1, theirs.end_point.row
    stop = end
    while stop > first and not file.lines[stop - 1].strip():
        stop -= 1
    lines = file.lines
    return [*lines[:first], *head, *lines[first:stop], *tail, *lines[end:]]


def _text(lines: Sequence[str]) -> _Text | None:
    source = known_tree("\n".join(lines) + "\n", grammar_of("rust"))
    if source is None:
        return None
    items = list(_items(source.root, source))
    if any(one.node.has_error for one in items):
        return None
    return _Text(lines, source, items)


def _items(above: Node, source: Source) -> Iterator[_Item]:
    """What stands in a module, or in a file."""
    start = behind = ended = -1
    attributes: list[Node] = []
    for node in above.named_children:
        first, last = node.start_point.row, node.end_point.row
        last -= last > first and not node.end_point.column
        if node.is_extra and first == ended:
            continue
        if not attributes and first > behind:
            start = first
        behind = last + 1
        if node.type == _ATTRIBUTE:
            attributes.append(node)
        elif not node.is_extra:
            name = node.child_by_field_name("name")
            told = source.word(node).partition("\n")[0] if name is None else source.word(name)
            is_tests = any(_TESTS.match(source.word(one)) for one in attributes)
            lines = range(start, last + 1)
            yield _Item("" if node.type == _IMPORT else told, node, lines, is_tests)
            ended, behind, attributes = last, -1, []


def _body(item: _Item) -> Node | None:
    return item.node.child_by_field_name("body")


def _stands_alone(body: Node, lines: Sequence[str]) -> bool:
    """Whether nothing else stands on the lines with the braces of a module."""
    first, last = lines[body.start_point.row], lines[body.end_point.row]
    return first.rstrip().endswith("{") and last.strip() == "}"


def _lines(item: _Item, lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(lines[item.lines.start : item.lines.stop])


def _without_end(lines: Sequence[str]) -> list[str]:
    stop = max((at + 1 for at, line in enumerate(lines) if line.strip()), default=0)
    return list(lines[:stop])
