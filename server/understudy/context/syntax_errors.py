"""Where a syntax tree has errors, and what is wrong there in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from understudy.core.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source
    from understudy.core.lines import LineIndex

MOST = 6
"""Of so many errors the rest is noise: parsers stumble on after the first one."""

_LOOKED_AT = 500
_SHOWN = 40
_SOMETHING = "Something is missing here."
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_LINE_END = re.compile(r"[\r\n]")
_NO_SPACE = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class Fault:
    """One place that the grammar has no reading for.

    Attributes:
        span: in code points, at least one character where the text has any.
        message: a full sentence.
        missing: whether something is not there, and all that is there can be read.
    """

    span: Span
    message: str
    missing: bool


def faults(source: Source, index: LineIndex) -> tuple[Fault, ...]:
    """The first few errors of a tree in the order of the text, each told once.

    What follows on the same line or the next one is mostly the same mistake, and is left out.
    """
    found: list[Fault] = []
    last = -2
    for node in islice(_broken(source.root), _LOOKED_AT):
        if len(found) == MOST:
            break
        fault = _fault(source, node)
        line = index.line_of(fault.span.start)
        if not last <= line <= last + 1:
            found.append(fault)
        last = line
    return tuple(sorted(found, key=lambda fault: fault.span))


def _broken(root: Node) -> Iterator[Node]:
    """The outermost nodes that are errors, in order. Only branches that hold one are looked at."""
    todo = [root]
    while todo:
        node = todo.pop()
        if node.is_error or node.is_missing:
            yield node
        elif node.has_error:
            todo += reversed(node.children)


def _fault(source: Source, node: Node) -> Fault:
    if node.is_missing:
        return Fault(_visible(source, node.start_byte), _missing(node), missing=True)
    lonely = _lonely(node)
    if lonely is not None:
        mark = lonely.type
        text = f"This `{mark}` closes nothing that is open here."
        if mark in _PAIRS:
            text = f"This `{mark}` has no `{_PAIRS[mark]}` that fits."
        return Fault(source.span(lonely), text, missing=False)
    inner = next(islice(_broken_within(node), 1), node)
    if inner.is_missing:
        return _fault(source, inner)
    span = _first_line(source, inner)
    return Fault(span, _unreadable(span.of(source.text)), missing=False)


def _broken_within(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield from _broken(child)


def _lonely(node: Node) -> Node | None:
    """A bracket of an error that has no partner there.

    The parser leaves both brackets of a pair in an error side by side, or takes them into one node.
    """
    opened: list[Node] = []
    for child in node.children:
        if child.is_missing:
            continue
        if child.type in _PAIRS:
            opened.append(child)
        elif child.type in _PAIRS.values():
            if not opened or _PAIRS[opened[-1].type] != child.type:
                return child
            opened.pop()
    return opened[-1] if opened else None


def _first_line(source: Source, node: Node) -> Span:
    """An error from its first character to the end of that line, or to its own end."""
    whole, text = source.span(node), source.text
    seen = _NO_SPACE.search(text, whole.start, whole.end)
    start = seen.start() if seen else whole.start
    line_end = _LINE_END.search(text, start, whole.end)
    end = line_end.start() if line_end else whole.end
    return Span(start, end) if end > start else _visible(source, node.start_byte)


def _visible(source: Source, byte: int) -> Span:
    """What is missing, shown at the character behind which it belongs."""
    text = source.text
    at = len(text[: source.at(byte)].rstrip())
    return Span(max(at - 1, 0), max(at, min(1, len(text))))


def _missing(node: Node) -> str:
    """What is not there. A kind that is neither a mark nor a word is the grammar's own affair."""
    kind = node.type
    if "identifier" in kind:
        return "A name is missing here."
    if "\n" in kind or kind in {"_newline", "_terminator"}:
        return "The end of the line is missing here."
    if node.is_named or kind.startswith("_") or not kind.isprintable():
        words = kind.strip("_").replace("_", " ")
        return f"Something is missing here: {words}." if words.isprintable() else _SOMETHING
    return f"A `{kind}` is missing here."


def _unreadable(text: str) -> str:
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
    return f"This can't be read: `{shown}`"
